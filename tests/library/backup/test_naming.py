"""The articles of a copy by their ids and uids."""

from pathlib import Path

import pytest

from reader.errors import LibraryError, NoSuchArticle
from reader.library.backup.copy import Reason
from reader.library.backup.naming import uids_of
from reader.library.library import Library
from reader.model import Clipping


def test_articles_are_named_by_id_uid_or_the_beginning_of_it(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for number in range(40):  # several of 40 begin with the same of 16 digits
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}"))
        copy = library.backups.take(Reason.ASKED)
        uid = library.article(2).uid
        with library.backups.opened(copy) as opened:
            assert uids_of(opened, ["2", uid, uid[:12]]) == [uid] * 3
            for word in ("41", "9" * 40, "x", "%"):
                with pytest.raises(NoSuchArticle, match="The copy has no article"):
                    uids_of(opened, [word])
            letters = [library.article(id).uid[0] for id in range(1, 41)]
            twice = next(x for x in letters if letters.count(x) > 1 and x.isalpha())
            with pytest.raises(LibraryError, match="Several articles"):
                uids_of(opened, [twice])

"""Articles of a copy, named by their ids or by the beginnings of their uids."""

from collections.abc import Iterable

import apsw

from reader.errors import LibraryError, NoSuchArticle
from reader.library.store.collation import decoded
from reader.library.store.database import rows

_LAST_ID = 2**63 - 1
_SQL = "SELECT CAST(uid AS BLOB) FROM article"


def uids_of(copied: apsw.Connection, words: Iterable[str]) -> list[str]:
    """Return the uids of articles in an opened copy.

    A word is an id, a uid or its beginning. Raises NoSuchArticle, or LibraryError if several
    articles are meant.
    """
    return [_uid(copied, word) for word in words]


def _uid(copied: apsw.Connection, word: str) -> str:
    if word.isdecimal() and int(word) <= _LAST_ID:
        found = rows(copied, f"{_SQL} WHERE id = ?", (int(word),))
    else:
        found = rows(copied, f"{_SQL} WHERE substr(uid, 1, ?) = ? LIMIT 2", (len(word), word))
    if not found:
        raise NoSuchArticle(f"The copy has no article “{word}”. “reader restore COPY --list” shows "
                            "the articles that differ from the library.")  # fmt: skip
    if len(found) > 1:
        raise LibraryError(f"Several articles of the copy begin with “{word}”. Say more of it.")
    return decoded(found[0][0])

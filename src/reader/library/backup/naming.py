"""Copies, and the articles of a copy, by the words that name them."""

from collections.abc import Iterable, Sequence

import apsw

from reader.errors import LibraryError, NoSuchArticle
from reader.library.backup.copy import Copy, Reason
from reader.library.store.collation import decoded
from reader.library.store.database import rows

_LAST_ID = 2**63 - 1
_DIGITS = 20  # more than any number of copies has
_SQL = "SELECT CAST(uid AS BLOB) FROM article"


def copy_of(copies: Sequence[Copy], word: str) -> Copy:
    """Return the copy of a word: its number from 1 on, its id, a beginning of it, or ``newest``.

    The newest is one that Reader took, if there is any. Raises LibraryError unless a word names a
    single copy.
    """
    if not copies:
        raise LibraryError("There is no copy of the library yet.")
    if word == "newest":
        return next((each for each in copies if each.reason is not Reason.FOUND), copies[0])
    exact = [
        each for number, each in enumerate(copies, 1)
        if word == each.id or (word.isdecimal() and int(word[:_DIGITS]) == number)
    ]  # fmt: skip
    begun = [each for each in copies if word and each.id.startswith(word) and not word.isdecimal()]
    found = exact[:1] or begun
    if len(found) != 1:
        raise LibraryError(
            f"“{word}” names {'several copies' if found else 'no copy'} of the library. "
            "“reader backup --list” lists them."
        )
    return found[0]


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

"""Checksums over what is known of articles: a flipped bit in a title or an address is found.

Triggers empty the seal of an article that changes; each transaction makes it again before it ends.
"""

import apsw

from reader.library.database import rows

_FIELDS = "uid url title byline site language excerpt published_at added_at".split()
_BYTES = ", ".join(f"CAST(article.{name} AS BLOB)" for name in _FIELDS)

SEALED = f"{_BYTES}, CAST(article.seal AS BLOB)"
"""The columns that ``is_whole`` takes."""

_SINCE = 8  # the schema that has seals

LATER = b"\0"
"""The seal of an article that an older Reader has filed."""


def seal_changed(connection: apsw.Connection) -> None:
    """Seal the articles that this transaction has changed; called before it ends."""
    _seal(connection, b"")


def seal_old(connection: apsw.Connection) -> None:
    """Seal the articles that no Reader has sealed yet."""
    _seal(connection, LATER)


def is_whole(fields: tuple[bytes | None, ...]) -> bool:
    """Return whether the columns ``SEALED`` of an article match; not yet sealed counts as whole."""
    *told, seal = fields
    return seal in (b"", LATER) or seal == _digest(told)


def _seal(connection: apsw.Connection, was: bytes) -> None:
    if int(connection.pragma("user_version")) < _SINCE:
        return
    mark = "x''" if not was else "x'00'"  # literal, so that the partial index is used
    found = rows(connection, f"SELECT id, {_BYTES} FROM article WHERE seal = {mark}")
    sealed = [(_digest(told), id) for id, *told in found]
    connection.executemany("UPDATE article SET seal = ? WHERE id = ?", sealed)


def _digest(told: list[bytes | None]) -> bytes:
    from hashlib import blake2b  # a start without changes does not pay for it

    made = blake2b(digest_size=16)
    for each in told:
        made.update(b"%d:" % len(each or b""))
        made.update(each or b"")
    return made.digest()

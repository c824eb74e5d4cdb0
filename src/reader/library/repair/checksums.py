"""Checksums of article fields, which reveal flipped bits in titles, URLs and the like.

A seal has a checksum for each field. Triggers clear the seal of a changed article, and each
transaction seals it again before it ends. A damaged field that was not edited keeps its old
checksum: an edit of another field must not hide the damage.
"""

from collections.abc import Sequence

import apsw

from reader.library.store.database import rows

_FIELDS = "uid url title byline site language excerpt published_at added_at".split()


def _bytes_of(row: str) -> str:
    return ", ".join(f"CAST({row}.{name} AS BLOB)" for name in _FIELDS)


SEALED = f"{_bytes_of('article')}, CAST(article.seal AS BLOB)"
"""The columns for ``is_whole``."""

_SINCE = 8  # the schema that has seals

LATER = b"\0"
"""The seal of an article that an older Reader has added."""

_SIZE = 4  # bytes of the checksum of a field

# Its triggers keep the fields and the seal of an article before its first change.
_WATCH = f"""
CREATE TEMP TABLE IF NOT EXISTS sealed_before (id INTEGER PRIMARY KEY, {", ".join(_FIELDS)}, seal);
CREATE TEMP TRIGGER IF NOT EXISTS keep_sealed
BEFORE UPDATE OF {", ".join(_FIELDS)} ON main.article WHEN length(old.seal) > 1
BEGIN
    INSERT OR IGNORE INTO sealed_before VALUES (old.id, {_bytes_of("old")}, old.seal);
END
"""


def watch(connection: apsw.Connection) -> None:
    """Record the fields of articles before this connection changes them."""
    if _has_seals(connection):
        connection.execute(_WATCH)


def seal_changed(connection: apsw.Connection) -> None:
    """Seal the articles that this transaction has changed; call it before the transaction ends."""
    if not _has_seals(connection):
        return
    before = {id: told for id, *told in rows(connection, "SELECT * FROM sealed_before")}
    _seal(connection, b"", before)
    if before:
        connection.execute("DELETE FROM sealed_before")


def seal_old(connection: apsw.Connection) -> None:
    """Seal the articles that have no seal yet."""
    _seal(connection, LATER, {})


def is_whole(fields: Sequence[bytes | None]) -> bool:
    """Return whether the columns ``SEALED`` of an article match, or it has no seal yet."""
    *told, seal = fields
    return seal in (b"", LATER) or seal == b"".join(map(_checksum, told))


def _has_seals(connection: apsw.Connection) -> bool:
    return int(connection.pragma("user_version")) >= _SINCE


def _seal(connection: apsw.Connection, was: bytes, before: dict[int, list[bytes | None]]) -> None:
    mark = "x''" if not was else "x'00'"  # literal, so that the partial index is used
    sql = f"SELECT id, {_bytes_of('article')} FROM article WHERE seal = {mark}"
    sealed = [(_made(told, before.get(id)), id) for id, *told in rows(connection, sql)]
    connection.executemany("UPDATE article SET seal = ? WHERE id = ?", sealed)


def _made(told: list[bytes | None], before: list[bytes | None] | None) -> bytes:
    """Return the seal of an article; ``before`` are its former columns ``SEALED``, if any."""
    if before is None or is_whole(before):
        return b"".join(map(_checksum, told))
    *were, seal = before
    parts = [(seal or b"")[at * _SIZE :][:_SIZE] for at in range(len(were))]
    return b"".join(
        part if was == now else _checksum(now)
        for was, now, part in zip(were, told, parts, strict=True)
    )


def _checksum(field: bytes | None) -> bytes:
    from hashlib import blake2b  # imported lazily for a fast start

    return blake2b(field or b"", digest_size=_SIZE).digest()

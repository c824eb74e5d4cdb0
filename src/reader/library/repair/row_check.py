"""The check of rows: each column against its checksum, and for a value that it can have.

The tables and their columns come from the schema.
"""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import apsw

from reader.damage import Damage, Key, Kind
from reader.library.articles import records
from reader.library.history import stamps
from reader.library.shelves import fractional_index
from reader.library.store import seals
from reader.library.store.collation import decoded
from reader.library.store.damaged_pages import BROKEN
from reader.library.store.seals import Table

_SLICE_SECONDS = 0.02
_TEXT = frozenset(("html", "sha256"))
_MADE_AGAIN = {
    "article": frozenset(("title_key", "site_key", "pictures", "missing")),
    "tag": frozenset(("name_key", "shown", "articles")),
}
"""The columns that can be derived from others."""
_TYPES = {"TEXT": "text", "INTEGER": "integer", "REAL": "real", "BLOB": "blob"}


class Slice(NamedTuple):
    """The damage in some rows of a table, and the position after them, None at the end."""

    found: list[Damage]
    after: int | None


def check(connection: apsw.Connection, table: Table, after: int) -> Slice:
    """Check the rows behind a position for some milliseconds.

    The position is a row id, or the number of rows in a table without row ids.
    """
    found, until = list[Damage](), time.monotonic() + _SLICE_SECONDS
    at = after
    for one, other, sums, changed, *row in connection.execute(_rows(table), (after,)):
        found += damage_of(connection, table, (one, other), row, (sums, changed))
        at = one if table.has_row_ids else at + 1
        if time.monotonic() > until:
            return Slice(found, at)
    return Slice(found, None)


def of_all(connection: apsw.Connection) -> Iterator[Damage]:
    """Yield the damage in all rows of all tables of a file with whole pages."""
    for table in seals.tables(connection).values():
        after: int | None = -(2**62) if table.has_row_ids else 0
        while after is not None:
            found, after = check(connection, table, after)
            yield from found


def one_by_one(connection: apsw.Connection, table: Table) -> Iterator[Damage]:
    """Check the rows of a damaged table by their ids, as far as these are known."""
    sql = _rows(table).replace("> ?", "= ?")
    for id in _ids_that_may_be(connection, table):
        try:
            for one, other, sums, changed, *row in connection.execute(sql, (id,)):
                yield from damage_of(connection, table, (one, other), row, (sums, changed))
        except BROKEN:
            article = id if table.name in ("article", "content") else 0
            title = title_of(connection, article)
            yield Damage(Kind.UNREADABLE, article, title, "", table.name, (id,))


def gone(connection: apsw.Connection, table: Table) -> Iterator[Damage]:
    """Yield the rows that have a seal and are not there.

    If a row without a seal has exactly the values of a missing one, only the seal lost its key.
    """
    other = "" if table.keys[1] == "0" else f" AND t.{table.keys[1]} = u.other"
    sql = (
        f"SELECT one, other, sums FROM seal AS u WHERE relation = {table.number} AND NOT EXISTS "
        f"(SELECT 1 FROM {table.name} AS t WHERE t.{table.keys[0]} = u.one{other}) "
        "AND NOT EXISTS (SELECT 1 FROM unsealed AS n WHERE n.relation = u.relation "
        "AND n.one = u.one AND n.other = u.other)"
    )
    missing: list[Any] = connection.execute(sql).fetchall()
    sql = f"SELECT {table.read()} FROM {table.name} AS t WHERE {table.is_unsealed()}"
    loose = {seals.made(table, row) for row in connection.execute(sql)} if missing else set()
    for one, its_other, sums in missing:
        key = _key(table, (one, its_other))
        article = one if table.name in ("article", "content") and isinstance(one, int) else 0
        if sums in loose or not seals.is_intact(sums):
            yield _damaged_seal(table.number, (one, its_other))
        else:
            yield Damage(Kind.GONE, article, title_of(connection, article), table=table.name,
                         key=key)  # fmt: skip


def stray_seals(connection: apsw.Connection) -> Iterator[Damage]:
    """Yield the seals of tables that do not exist."""
    known = json.dumps([table.number for table in seals.tables(connection).values()])
    sql = (
        "SELECT relation, one, other FROM seal "
        "WHERE relation NOT IN (SELECT value FROM json_each(?))"
    )
    for relation, *key in connection.execute(sql, (known,)):
        yield _damaged_seal(relation, key)


def wrong_types(connection: apsw.Connection, table: Table) -> Iterator[Damage]:
    """Yield the values of another type than their columns have, and dates that are none."""
    for name, kind, may_be_null in zip(table.columns, table.kinds, table.may_be_null, strict=True):
        tests = [f"typeof(t.{name}) NOT IN ('{_TYPES.get(kind, 'text')}'"
                 + (", 'null')" if may_be_null else ")")]  # fmt: skip
        if name.endswith("_at") and name != "published_at":
            tests.append(f"t.{name} <> '' AND julianday(t.{name}) IS NULL")
        if (table.name, name) == ("change_group", "told"):
            tests.append(f"NOT json_valid(t.{name})")
        sql = f"SELECT t.{table.keys[0]}, {table.other()} FROM {table.name} AS t WHERE "
        for key in connection.execute(sql + " OR ".join(tests)):
            yield _damage(connection, table, key, None, Kind.VALUE, (name,))


def damage_of(
    connection: apsw.Connection,
    table: Table,
    key: Sequence[Any],
    row: Sequence[Any],
    seal: tuple[bytes | None, int | None],
) -> Iterator[Damage]:
    """Yield the damage of a row: of its columns, its texts and its values."""
    wrong = () if seal[0] == seals.made(table, row) else seals.wrong(table, row, *seal)
    if seal[0] is not None and not seals.is_intact(seal[0]):
        yield _damaged_seal(table.number, key)
    told = dict(zip(table.columns, row, strict=True))
    for kind, names in _by_kind(table, wrong).items():
        yield _damage(connection, table, key, told, kind, names)
    if table.name == "content" and not _TEXT & {*wrong} and not _is_text_whole(told):
        yield _damage(connection, table, key, told, Kind.TEXT, ("html",))
    if seal[0] is None:
        for kind, name in _packed(table, told):
            yield _damage(connection, table, key, told, kind, (name,))
    odd = tuple(name for name in _odd(table, told) if name not in wrong)
    if odd:
        yield _damage(connection, table, key, told, Kind.VALUE, odd)


def title_of(connection: apsw.Connection, article: int) -> str:
    """Return the title of an article, ``""`` if it cannot be read."""
    if not article:
        return ""
    sql = "SELECT CAST(title AS BLOB) FROM article WHERE id = ?"
    try:
        return decoded(connection.execute(sql, (article,)).get)
    except BROKEN:
        return ""


def unpacked(packed: object) -> bytes | None:
    """Return decompressed data, None if it is damaged: zlib has a checksum of its own."""
    import zlib

    try:
        return zlib.decompress(packed) if isinstance(packed, bytes) else None
    except zlib.error:
        return None


def _rows(table: Table) -> str:
    how = "NOT INDEXED" if table.has_row_ids else ""
    where = "WHERE t.rowid > ? ORDER BY t.rowid" if table.has_row_ids else "LIMIT -1 OFFSET ?"
    return (
        f"SELECT t.{table.keys[0]}, {table.other()}, s.sums, u.columns, {table.read()} "
        f"FROM {table.name} AS t {how} LEFT JOIN seal AS s ON {table.joined('s')} "
        f"LEFT JOIN unsealed AS u ON {table.joined('u')} {where}"
    )


def _ids_that_may_be(connection: apsw.Connection, table: Table) -> list[int]:
    if not table.has_row_ids:
        return []
    found: set[int] = set()
    for sql in (f"SELECT rowid FROM {table.name}", "SELECT id FROM article",
                "SELECT article FROM content",
                f"SELECT one FROM seal WHERE relation = {table.number}"):  # fmt: skip
        if "article" not in sql or table.name in ("article", "content") or table.name in sql:
            for way in ("", " ORDER BY 1 DESC"):
                found.update(_as_far_as_readable(connection, sql + way))
    return sorted(found)


def _as_far_as_readable(connection: apsw.Connection, sql: str) -> Iterator[int]:
    try:
        for (id,) in connection.execute(sql):
            yield id
    except BROKEN:
        return


def _by_kind(table: Table, names: Sequence[str]) -> dict[Kind, tuple[str, ...]]:
    """Return the damaged columns of a row by the kind of damage."""
    found: dict[Kind, tuple[str, ...]] = {}
    for name in names:
        kind = _kind(table.name, name)
        found[kind] = (*found.get(kind, ()), name)
    return found


def _kind(table: str, column: str) -> Kind:
    if column in _MADE_AGAIN.get(table, ()):
        return Kind.DERIVED
    if table == "content":
        return Kind.TEXT if column in _TEXT else Kind.SOURCE
    return {"article": Kind.DETAILS, "version": Kind.VERSION}.get(table, Kind.ENTRY)


def _damage(
    connection: apsw.Connection,
    table: Table,
    key: Sequence[Any],
    told: dict[str, Any] | None,
    kind: Kind,
    columns: tuple[str, ...],
) -> Damage:
    owner = key[0] if table.name in ("article", "content") else (told or {}).get("article", 0)
    article = owner if isinstance(owner, int) else 0
    title = title_of(connection, article)
    detail = ", ".join(columns) if table.name == "article" else ""
    if kind is Kind.DERIVED:
        article, title, detail = 0, "", table.name
    return Damage(kind, article, title, detail, table.name, _key(table, key), columns)


def _damaged_seal(table: int, key: Sequence[Any]) -> Damage:
    return Damage(Kind.DERIVED, detail="checksums", table="seal", key=(table, *key))


def _key(table: Table, key: Sequence[Any]) -> Key:
    return tuple(key[:1] if table.keys[1] == "0" else key)


def _is_text_whole(told: dict[str, Any]) -> bool:
    from hashlib import sha256  # imported lazily for a fast start

    return bool(sha256(seals.as_bytes(told["html"])).digest() == told["sha256"])


def _packed(table: Table, told: dict[str, Any]) -> Iterator[tuple[Kind, str]]:
    """Yield the columns that cannot be unpacked, in a row that has no seal yet."""
    from hashlib import sha256

    if table.name == "content" and unpacked(told["source"]) is None:
        yield Kind.SOURCE, "source"
    if table.name == "version":
        html = unpacked(told["html"])
        if html is None or sha256(html).digest() != told["sha256"]:
            yield Kind.VERSION, "html"


def _odd(table: Table, told: dict[str, Any]) -> Iterator[str]:
    """Yield the columns whose values no Reader writes."""
    if table.name == "article":
        for name, value in told.items():
            if name in records.FIELDS and not records.fits(name, value):
                yield name
        if told["state"] == b"queue" and not fractional_index.is_place(_text(told["place"])):
            yield "place"
    elif table.name == "change" and not stamps.is_stamp(_text(told["stamp"])):
        yield "stamp"


def _text(value: Any) -> str:
    return decoded(value) if isinstance(value, bytes) else str(value)

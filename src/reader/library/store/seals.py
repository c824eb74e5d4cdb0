"""Seals: a checksum of each column of each row, which reveals a flipped bit wherever it is.

Triggers, made from the schema, note which columns of which rows are written. Before a transaction
ends, it makes the checksums of these columns again. A damaged column that nobody wrote keeps its
checksum: an edit of another column must not hide the damage. A row without a seal, as after a
migration, is sealed by the next check.

Rows of the log, and those that every change writes, have one checksum each, which goes if they are
written; the next check seals them. So changes stay fast.

The checksums are CRC-32 (ISO 3309), which reveals each single flipped bit.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import apsw

from reader.library.store.damaged_pages import DERIVED

SINCE = 13
"""The schema that has seals."""
_ALL = -1  # every column
_SLICE = 200
_MADE_AGAIN = DERIVED - {"day", "fingerprint", "loose_picture"}
_LOG = frozenset(("change", "change_group", "device"))
_MADE = "seal_of_"  # the names of the triggers begin so


class Table(NamedTuple):
    """A table whose rows are sealed; ``keys`` are two SQL expressions, the second may be 0.

    ``kinds`` are the declared types of the columns, ``may_be_null`` whether each may be NULL.
    """

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    may_be_null: tuple[bool, ...]
    keys: tuple[str, str]
    has_row_ids: bool

    @property
    def is_log(self) -> bool:
        """Whether the rows have one checksum each."""
        return self.name in _LOG

    @property
    def number(self) -> int:
        """The number that stands for the table in ``seal`` and ``unsealed``."""
        return zlib.crc32(self.name.encode()) & 0x7FFF

    def read(self) -> str:
        """Return SQL for all columns, texts as bytes, so that damaged texts can be read."""
        return ", ".join(self.reads())

    def reads(self) -> list[str]:
        """Return SQL for each column."""
        return [
            f"CAST(t.{name} AS BLOB)" if kind == "TEXT"
            else f"iif(typeof(t.{name}) = 'text', CAST(t.{name} AS BLOB), t.{name})"
            for name, kind in zip(self.columns, self.kinds, strict=True)
        ]  # fmt: skip

    def joined(self, alias: str) -> str:
        """Return the SQL condition that ``seal`` or ``unsealed`` is about a row of the table.

        The plus takes the type of the column away, without which no index would be used.
        """
        return (
            f"{alias}.relation = {self.number} AND {alias}.one = +t.{self.keys[0]} "
            f"AND {alias}.other = +{self.other()}"
        )

    def other(self) -> str:
        """Return SQL for the second part of the key."""
        return "0" if self.keys[1] == "0" else f"t.{self.keys[1]}"

    def is_unsealed(self) -> str:
        """Return the SQL condition that a row has no seal."""
        return f"NOT EXISTS (SELECT 1 FROM seal AS s WHERE {self.joined('s')})"

    def found(self) -> str:
        """Return the SQL condition that the row has the key of ``u``."""
        other = "" if self.keys[1] == "0" else f" AND t.{self.keys[1]} = u.other"
        return f"t.{self.keys[0]} = u.one{other}"


_known: WeakKeyDictionary[apsw.Connection, tuple[int, dict[str, Table]]] = WeakKeyDictionary()


def tables(connection: apsw.Connection) -> dict[str, Table]:
    """Return the tables whose rows are sealed, by name: all that are not derived from others."""
    version = int(connection.pragma("schema_version"))
    known = _known.get(connection)
    if known is None or known[0] != version:
        known = _known[connection] = version, {each.name: each for each in _tables(connection)}
    return known[1]


def has_seals(connection: apsw.Connection) -> bool:
    """Return whether the schema of a library has seals."""
    return int(connection.pragma("user_version")) >= SINCE


def follow_schema(connection: apsw.Connection) -> None:
    """Make the triggers of all tables; a table with other columns than before is sealed anew."""
    if not connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'seal'").get:
        return  # an older schema
    sql = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'"
    there = {name: text for name, text in connection.execute(sql) if name.startswith(_MADE)}
    for table in _tables(connection):
        for name, text in _triggers(table).items():
            if there.get(name) == text:
                continue
            connection.execute(f"DROP TRIGGER IF EXISTS main.{name}")
            connection.execute(text)
            connection.execute("DELETE FROM seal WHERE relation = ?", (table.number,))


def seal_changed(connection: apsw.Connection) -> None:
    """Seal the rows that this transaction has changed; call it before the transaction ends."""
    if not has_seals(connection):
        return
    known = {table.number: table for table in tables(connection).values()}
    sql = "SELECT DISTINCT relation, columns FROM unsealed"
    written: list[Any] = connection.execute(sql).fetchall()
    whole_rows = {relation for relation, columns in written if columns == _ALL}
    for relation, columns in written:
        is_part = columns not in (0, _ALL) and relation in known
        if is_part and _seal(connection, known[relation], columns):
            whole_rows.add(relation)
    for relation in whole_rows & {*known}:
        _seal(connection, known[relation], _ALL)
    if written:
        connection.execute("DELETE FROM unsealed")


def seal_new(
    connection: apsw.Connection, name: str, columns: Sequence[str], written: Sequence[Sequence[Any]]
) -> None:
    """Seal new rows that were written without the triggers of their table.

    ``columns`` names all columns of the table, in the order of the values.
    """
    table = tables(connection)[name]
    places = [columns.index(column) for column in table.columns]
    one = columns.index(table.columns[0] if table.has_row_ids else table.keys[0])
    other = None if table.keys[1] == "0" else columns.index(table.keys[1])

    def seal(row: Sequence[Any]) -> tuple[Any, Any, bytes]:
        values = [row[at] for at in places]
        plain = [each.encode() if isinstance(each, str) else each for each in values]
        return row[one], 0 if other is None else row[other], made(table, plain)

    sql = f"INSERT OR REPLACE INTO seal VALUES ({table.number}, ?, ?, ?)"
    connection.executemany(sql, map(seal, written))


def note_unsealed(connection: apsw.Connection, table: Table, after: int, most: int) -> int | None:
    """Note rows that have no seal, to be sealed as this transaction ends.

    Look behind a position; return the position after some rows, None at the end of the table. It
    is a row id, or always 0 for a table without row ids.
    """
    found: list[Any] = connection.execute(f"{_unsealed(table, after)} LIMIT {most}").fetchall()
    connection.executemany(
        f"INSERT OR IGNORE INTO unsealed VALUES ({table.number}, ?, ?, {_ALL})", found
    )
    if len(found) < most:
        return None
    return int(found[-1][0]) if table.has_row_ids else 0


def has_unsealed(table: Table, after: int) -> str:
    """Return SQL for whether a table has rows without a seal behind a position."""
    return f"SELECT EXISTS ({_unsealed(table, after)})"


def _unsealed(table: Table, after: int) -> str:
    behind = f"t.rowid > {after:d} AND" if table.has_row_ids else ""
    order = "ORDER BY t.rowid" if table.has_row_ids else ""
    return (
        f"SELECT t.{table.keys[0]}, {table.other()} FROM {table.name} AS t "
        f"WHERE {behind} {table.is_unsealed()} {order}"
    )


def wrong(table: Table, row: Sequence[Any], sums: bytes | None, changed: int | None) -> list[str]:
    """Return the columns that differ from their checksums.

    ``row`` holds the columns ``read``, ``changed`` a bit for each column that was written since.
    A seal that is missing or damaged itself proves nothing.
    """
    if sums is None or not is_intact(sums):
        return []
    told = struct.unpack(f">{len(sums) // 4}I", sums)
    if table.is_log:
        is_whole = changed or zlib.crc32(joined(row)) == told[0]
        return [] if is_whole else [*table.columns]
    return [
        name
        for at, (name, value, known) in enumerate(zip(table.columns, row, told, strict=False))
        if checksum(value) != known and not (changed or 0) >> at & 1
    ]


def is_intact(sums: bytes) -> bool:
    """Return whether a seal is intact itself: its last word is its own checksum."""
    return len(sums) > 4 and zlib.crc32(sums[:-4]) == int.from_bytes(sums[-4:])


def checksum(value: Any) -> int:
    """Return the checksum of a value as SQLite stores it, a text as its bytes."""
    if isinstance(value, bytes):
        return zlib.crc32(value)
    return zlib.crc32(as_bytes(value))


def as_bytes(value: Any) -> bytes:
    """Return the bytes that stand for a value; an integer and a float have eight."""
    if value is None:
        return b""
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return value.to_bytes(8, "big", signed=True)
    return struct.pack(">d", value)


def made(table: Table, row: Sequence[Any]) -> bytes:
    """Return the seal of a row, of all its columns."""
    crc32 = zlib.crc32
    if table.is_log:
        packed = crc32(joined(row)).to_bytes(4)
    else:
        packed = _packer(len(row)).pack(
            *[crc32(each) if each.__class__ is bytes else checksum(each) for each in row]
        )
    return packed + crc32(packed).to_bytes(4)


def joined(row: Sequence[Any]) -> bytes:
    """Return the bytes that stand for a whole row."""
    return b"\x1f".join([*map(as_bytes, row)])


@cache
def _packer(count: int) -> struct.Struct:
    return struct.Struct(f">{count}I")


def _seal(connection: apsw.Connection, table: Table, columns: int) -> bool:
    """Seal the rows of which exactly some columns were changed; a bit stands for a column.

    Return whether some of them turned out to have no seal: all of their columns are noted.
    """
    places = tuple(at for at in range(len(table.columns)) if columns >> at & 1)
    after: tuple[Any, ...] = (None, None)
    left = False
    while rows := _all(
        connection, _changed(table, places, after != (None, None)), (columns, *after)
    ):
        after = rows[-1][:2]
        gone, there, whole = [], [], []
        for one, other, was, is_gone, *row in rows:
            key = (table.number, one, other)
            if is_gone:
                gone.append(key)
            elif columns == _ALL:
                there.append((*key, made(table, row)))
            elif was is None or not is_intact(was):
                whole.append(key)
            else:
                there.append((*key, _with(was, places, row)))
        _write(connection, gone, there, whole)
        left = left or bool(whole)
    return left


def _all(connection: apsw.Connection, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
    return connection.execute(sql, values).fetchall()


def _write(
    connection: apsw.Connection, gone: list[Any], there: list[Any], whole: list[Any]
) -> None:
    where = "WHERE relation = ? AND one = ? AND other = ?"
    if gone:
        connection.executemany(f"DELETE FROM seal {where}", gone)
    if there:
        connection.executemany("INSERT OR REPLACE INTO seal VALUES (?, ?, ?, ?)", there)
    if whole:
        connection.executemany(f"UPDATE unsealed SET columns = {_ALL} {where}", whole)


@cache
def _changed(table: Table, places: tuple[int, ...], is_behind: bool) -> str:
    """Return SQL for some rows behind a key: key, seal, whether they are gone, and columns."""
    behind = "AND (u.one, u.other) > (?2, ?3)" if is_behind else "AND ?2 IS ?3"
    reads = ", ".join(table.reads()[at] for at in places)
    return (
        f"SELECT u.one, u.other, s.sums, t.{table.keys[0]} IS NULL, {reads} FROM unsealed AS u "
        f"LEFT JOIN seal AS s USING (relation, one, other) LEFT JOIN {table.name} AS t "
        f"ON {table.found()} WHERE u.relation = {table.number} AND u.columns = ?1 {behind} "
        f"ORDER BY u.relation, u.one, u.other LIMIT {_SLICE}"
    )


def _with(was: bytes, places: Sequence[int], values: Sequence[Any]) -> bytes:
    """Return a seal with other checksums at some places."""
    sums = bytearray(was)
    for at, value in zip(places, values, strict=True):
        sums[4 * at : 4 * at + 4] = checksum(value).to_bytes(4)
    sums[-4:] = zlib.crc32(sums[:-4]).to_bytes(4)
    return bytes(sums)


def _tables(connection: apsw.Connection) -> Iterator[Table]:
    sql = "PRAGMA main.table_list"
    for _, name, kind, _, is_without_row_ids, _ in _all(connection, sql):
        if kind == "table" and not name.startswith("sqlite_") and name not in _MADE_AGAIN:
            yield _table(connection, name, not is_without_row_ids)


def _table(connection: apsw.Connection, name: str, has_row_ids: bool) -> Table:
    found: list[Any] = connection.execute(f"PRAGMA main.table_info({name})").fetchall()
    columns = [(each[1], each[2], not each[3] and not each[5]) for each in found]
    keys = [each[1] for each in sorted(found, key=lambda each: int(each[5])) if each[5]]
    one, other = (*keys, "0")[:2] if not has_row_ids else ("rowid", "0")
    names, kinds, may_be_null = zip(*columns, strict=True)
    return Table(name, names, kinds, may_be_null, (one, other), has_row_ids)


def _triggers(table: Table) -> dict[str, str]:
    """Return the SQL of the triggers of a table, by name."""
    changed = " | ".join(
        f"((old.{name} IS NOT new.{name}) << {at})" for at, name in enumerate(table.columns)
    )
    is_same = " AND ".join(f"old.{key} IS new.{key}" for key in table.keys if key != "0")
    new, old = _key(table, "new"), _key(table, "old")
    written = f"iif({is_same}, {changed}, {_ALL})"
    bodies = {
        "added": ("INSERT", _noting(table, new, str(_ALL))),
        "written": ("UPDATE", _noting(table, new, written)),
        "moved": (f"UPDATE OF {_columns_of_key(table)}", _noting(table, old, str(_ALL))),
        "gone": ("DELETE", _noting(table, old, str(_ALL))),
    }
    if table.is_log:
        unsealing = (
            f"DELETE FROM seal WHERE relation = {table.number} AND one = old.{table.keys[0]}"
        )
        bodies = {"written": ("UPDATE", unsealing), "gone": ("DELETE", unsealing)}
    return {
        f"{_MADE}{table.name}_{how}": (
            f"CREATE TRIGGER {_MADE}{table.name}_{how} AFTER {event} ON {table.name} "
            + (f"WHEN NOT ({is_same}) " if how == "moved" else "")
            + f"BEGIN {body}; END"
        )
        for how, (event, body) in bodies.items()
    }


def _columns_of_key(table: Table) -> str:
    if table.has_row_ids:  # the column that is the row id comes first
        return table.columns[0]
    return ", ".join(key for key in table.keys if key != "0")


def _key(table: Table, row: str) -> str:
    return ", ".join("0" if key == "0" else f"{row}.{key}" for key in table.keys)


def _noting(table: Table, key: str, columns: str) -> str:
    return (
        f"INSERT INTO unsealed VALUES ({table.number}, {key}, {columns}) "
        "ON CONFLICT DO UPDATE SET columns = columns | excluded.columns"
    )

"""Values that are certain to be the right ones for a damaged column, as its checksum proves.

Candidates come from the log, from other columns, from copies of the library, and from the damaged
value itself: its CRC-32 locates a single flipped bit (Peterson and Brown, "Cyclic Codes for
Error Detection", 1961).
"""

import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import apsw

from reader.damage import Damage, Key
from reader.library.repair import row_check
from reader.library.store import seals
from reader.library.store.collation import decoded, sort_key
from reader.library.store.seals import Table

_POLYNOMIAL = 0xEDB88320
_SURE_BYTES = 4096
"""Up to this length a CRC-32 alone proves which bit was flipped."""
_LONGEST_BYTES = 1 << 20


class Cell(NamedTuple):
    """A damaged column of a row: its value and the checksum of the right one.

    ``row`` holds all columns by name, texts as bytes.
    """

    table: Table
    key: Key
    column: str
    row: dict[str, Any]
    checksum: int

    @property
    def value(self) -> Any:
        """The damaged value."""
        return self.row[self.column]


def cell(connection: apsw.Connection, table: Table, key: Key, column: str) -> Cell | None:
    """Return a damaged column, None if its row or its checksum is missing."""
    sql = (
        f"SELECT s.sums, {table.read()} FROM {table.name} AS t "
        f"JOIN seal AS s ON {table.joined('s')} WHERE {_where(table)}"
    )
    found = connection.execute(sql, key).fetchone()
    if found is None or not seals.is_intact(found[0]):
        return None
    sums = struct.unpack(f">{len(found[0]) // 4}I", found[0])
    row = dict(zip(table.columns, found[1:], strict=True))
    return Cell(table, key, column, row, sums[table.columns.index(column)])


def right_values(
    connection: apsw.Connection,
    table: Table,
    damage: Damage,
    copies: Sequence[apsw.Connection],
) -> dict[str, Any]:
    """Return the values that damaged columns of a row certainly had, nothing if one is unknown."""
    if table.is_log:
        return _of_log(connection, table, damage.key, copies)
    found = dict[str, Any]()
    for column in damage.columns:
        damaged = cell(connection, table, damage.key, column)
        value = None if damaged is None else _right_value(connection, damaged, copies)
        if value is None:
            return {}
        found[column] = value
    return found


def _of_log(
    connection: apsw.Connection, table: Table, key: Key, copies: Sequence[apsw.Connection]
) -> dict[str, Any]:
    """Return the right values of a row of the log, which has one checksum."""
    sql = (
        f"SELECT s.sums, {table.read()} FROM {table.name} AS t "
        f"JOIN seal AS s ON {table.joined('s')} WHERE {_where(table)}"
    )
    sums, *row = connection.execute(sql, key).fetchone() or (None,)
    if sums is None:
        return {}
    for right in _rows_of_log(table, key, row, int.from_bytes(sums[:4]), copies):
        if seals.made(table, right) == sums:
            return {
                name: _as_stored(kind, value)
                for name, kind, was, value in zip(
                    table.columns, table.kinds, row, right, strict=True
                )
                if was != value
            }
    return {}


def _rows_of_log(
    table: Table, key: Key, row: list[Any], checksum: int, copies: Sequence[apsw.Connection]
) -> Iterator[list[Any]]:
    for data in flipped_back(seals.joined(row), checksum):
        right, at = list[Any](), 0
        for value in row:
            size = len(seals.as_bytes(value))
            part = data[at : at + size]
            is_number = isinstance(value, int)
            right.append(int.from_bytes(part, "big", signed=True) if is_number
                         else None if value is None else part)  # fmt: skip
            at += size + 1
        yield right
    sql = f"SELECT {table.read()} FROM {table.name} AS t WHERE {_where(table)}"
    for copy in copies:
        with suppress(apsw.Error, UnicodeError):
            yield from map(list, copy.execute(sql, key))


def _right_value(
    connection: apsw.Connection, cell: Cell, copies: Sequence[apsw.Connection]
) -> Any | None:
    """Return the value that a column certainly had, None if none is known."""
    for value in _candidates(connection, cell, copies):
        if seals.checksum(value) == cell.checksum and _fits(cell, value):
            return _storable(cell, value)
    return None


def _candidates(
    connection: apsw.Connection, cell: Cell, copies: Sequence[apsw.Connection]
) -> Iterator[Any]:
    with suppress(apsw.Error, UnicodeError):
        yield from _made_again(cell)
        yield from _logged(connection, cell)
        yield from _kept_as_version(connection, cell)
    yield from flipped_back(cell.value, cell.checksum)
    sql = f"SELECT {cell.table.read()} FROM {cell.table.name} AS t WHERE {_where(cell.table)}"
    at = cell.table.columns.index(cell.column)
    for copy in copies:
        with suppress(apsw.Error, UnicodeError):  # of another schema, or damaged itself
            for row in copy.execute(sql, cell.key):
                yield row[at]


def _made_again(cell: Cell) -> Iterator[bytes]:
    def text(name: str) -> str:
        return decoded(cell.row[name])

    if cell.column == "title_key":
        yield sort_key(text("title")).encode()
    if cell.column == "site_key":
        yield sort_key(text("site") or text("byline")).encode()


def _logged(connection: apsw.Connection, cell: Cell) -> Iterator[bytes]:
    """Yield all values that the log has of an article or a highlight."""
    if cell.table.name not in ("article", "highlight"):
        return
    entity = decoded(cell.row["uid"])
    entity = entity if cell.table.name == "article" else f"{cell.table.name}/{entity}"
    sql = "SELECT field, CAST(old AS BLOB), CAST(new AS BLOB) FROM change WHERE entity = ?"
    for field, *values in connection.execute(sql, (entity,)):
        yield from values
        if field in ("created", "mark"):
            with suppress(ValueError, AttributeError):
                told = json.loads(decoded(values[1])).values()
                yield from (each.encode() for each in told if isinstance(each, str))


def _kept_as_version(connection: apsw.Connection, cell: Cell) -> Iterator[bytes]:
    """Yield the text of an article if it is one of its versions too."""
    if (cell.table.name, cell.column) == ("content", "html"):
        sql = "SELECT html FROM version WHERE article = ? AND sha256 = ?"
        packed = connection.execute(sql, (*cell.key, cell.row["sha256"])).get
        html = row_check.unpacked(packed)
        if html is not None:
            yield html


def flipped_back(value: Any, checksum: int) -> Iterator[Any]:
    """Yield a value with one bit flipped back, if that gives its checksum."""
    data = seals.as_bytes(value)
    if len(data) > _LONGEST_BYTES:
        return
    bit = _flipped_bit(data, seals.checksum(value) ^ checksum)
    if bit is None:
        return
    mended = bytearray(data)
    mended[bit // 8] ^= 1 << bit % 8
    if isinstance(value, bytes):
        yield bytes(mended)
    elif isinstance(value, int):
        yield int.from_bytes(mended, "big", signed=True)
    elif isinstance(value, float):
        yield struct.unpack(">d", mended)[0]


def _flipped_bit(data: bytes, difference: int) -> int | None:
    """Return the number of the bit that makes a difference of checksums, None if none does."""
    table = _table()
    effects = [table[1 << bit] for bit in range(8)]  # of the bits of the last byte
    for at in range(len(data) - 1, -1, -1):
        if difference in effects:
            return 8 * at + effects.index(difference)
        effects = [table[each & 255] ^ (each >> 8) for each in effects]
    return None


@cache
def _table() -> tuple[int, ...]:
    """Return the effect of each byte on a CRC-32."""
    made = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (_POLYNOMIAL if byte & 1 else 0)
        made.append(byte)
    return tuple(made)


def _fits(cell: Cell, value: Any) -> bool:
    """Return whether a value is proved: a long one by more than its checksum."""
    from hashlib import sha256  # imported lazily for a fast start

    if (cell.table.name, cell.column) == ("content", "html"):
        return bool(sha256(value).digest() == cell.row["sha256"])
    if not isinstance(value, bytes) or len(value) <= _SURE_BYTES:
        return True
    packed = (cell.table.name, cell.column) in (("content", "source"), ("version", "html"))
    return packed and row_check.unpacked(value) is not None


def _storable(cell: Cell, value: Any) -> Any | None:
    """Return a value as SQLite has to store it, None if it cannot be."""
    kind = cell.table.kinds[cell.table.columns.index(cell.column)]
    try:
        return _as_stored(kind, value)
    except UnicodeDecodeError:
        return None


def _as_stored(kind: str, value: Any) -> Any:
    return value.decode() if kind == "TEXT" and isinstance(value, bytes) else value


def _where(table: Table) -> str:
    return " AND ".join(f"t.{key} = ?" for key in table.keys if key != "0")

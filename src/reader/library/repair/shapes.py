"""The shapes of rows: the possible values of each column, in each version of the schema.

They show which table a page belongs to if nothing else does.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import Any, NamedTuple

import apsw

from reader.library.repair.records import MISSING, Row, Value
from reader.library.store import migrate
from reader.library.store.database import rows
from reader.model import State

_UID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d.*|")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STAMP = re.compile(r"\d{13}-\d{5}-.+|\d.*")
_ADDRESS = re.compile(r"[^\s:/]+:.*", re.DOTALL)
_STATE = re.compile("|".join(State))
_KIND = re.compile("site|language")
_SETTING = re.compile(r"[a-z_]+")
_TOLD = re.compile(r"\{.*\}", re.DOTALL)
_DIGEST = 32  # bytes of SHA-256
_TEXTS = {
    "uid": _UID, "one": _UID, "other": _UID, "url": _ADDRESS, "state": _STATE, "stamp": _STAMP,
    "published_at": _TIME, "added_at": _TIME, "downloaded_at": _TIME, "opened_at": _TIME,
    "read_at": _TIME, "made_at": _TIME, "tried_at": _TIME, "asked_at": _TIME, "until": _TIME,
    "day": _DAY, "date": _DAY, "told": _TOLD, "kind": _KIND,
}  # fmt: skip
_OF_TABLES = {("article_image", "name"): _NAME, ("setting", "name"): _SETTING,
              ("download_failure", "kind"): re.compile(".+")}  # fmt: skip
_IDS = ("id", "article", "tag", "within", "number")
_FLAGS = {"favourite": (0, 1), "undone": (0, 1, 2)}


class Column(NamedTuple):
    """A stored column: its type, whether it may be null, and its value in older rows."""

    name: str
    kind: str
    may_be_null: bool
    default: Value

    @property
    def empty(self) -> Value:
        """The value if it cannot be read."""
        if self.may_be_null:
            return None
        return b"" if self.kind == "BLOB" else "" if self.kind == "TEXT" else 0


class Shape(NamedTuple):
    """The columns of a table or an index in the order of its records.

    ``row_id`` is the place of the column that stands for the row id, -1 if there is none;
    ``least`` is the number of columns of the oldest rows. ``keys`` is the number of columns of
    the key of a table without row ids. A partial index does not have all rows.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    row_id: int
    has_row_ids: bool
    least: int
    keys: int = 0
    is_partial: bool = False

    @property
    def is_index(self) -> bool:
        """Whether it is an index."""
        return self.name != self.table

    @property
    def is_typed(self) -> bool:
        """Whether all columns have a type, so that rows can be compared with it."""
        return all(each.kind for each in self.columns)

    def fits(self, row: Row) -> bool:
        """Return whether a row can be one of this shape."""
        if not self.least <= len(row) <= len(self.columns):
            return False
        return all(
            value is MISSING or (number == self.row_id and value is None)
            or _fits(self.table, column, value)
            for number, (column, value) in enumerate(zip(self.columns, row, strict=False))
        )  # fmt: skip


def _fits(table: str, column: Column, value: Value) -> bool:
    name = column.name
    match value:
        case None:
            return column.may_be_null
        case str():
            return column.kind == "TEXT" and _is_text_of(table, name, value)
        case bytes():
            return column.kind == "BLOB" and (name != "sha256" or len(value) == _DIGEST)
        case int():
            if name in _FLAGS:
                return value in _FLAGS[name]
            return column.kind == "REAL" or (
                column.kind == "INTEGER" and (name not in _IDS or value > 0)
            )
    return column.kind == "REAL"


def _is_text_of(table: str, name: str, value: str) -> bool:
    pattern = _OF_TABLES.get((table, name)) or _TEXTS.get(name)
    is_usual = pattern is None or pattern.fullmatch(value) is not None
    return is_usual or ((table, name) == ("tag", "uid") and not value)


@cache
def of_version(version: int) -> dict[str, Shape]:
    """Return the shapes of all tables and indexes of a schema version by their names."""
    with closing(apsw.Connection(":memory:")) as connection:
        migrate.make(connection, version)
        return {each.name: each for each in _all(connection)}


def likely_version(names: set[str]) -> int:
    """Return the schema version whose tables and indexes have names the most."""
    return max(
        range(1, migrate.newest() + 1),
        key=lambda version: (
            -len(set(of_version(version)) ^ names), version
        ),
    )  # fmt: skip


def _all(connection: apsw.Connection) -> Iterator[Shape]:
    for _, name, kind, _, is_without_row_ids, _ in rows(connection, "PRAGMA main.table_list"):
        if kind in ("table", "shadow") and not name.startswith("sqlite_"):
            table = _table(connection, name, not is_without_row_ids)
            yield table
            for _, index, _, _, partial in rows(connection, f"PRAGMA index_list('{name}')"):
                if table.has_row_ids or not index.startswith("sqlite_autoindex"):
                    yield _index(connection, index, table)._replace(is_partial=bool(partial))


def _table(connection: apsw.Connection, name: str, has_row_ids: bool) -> Shape:
    found = [each for each in rows(connection, f"PRAGMA table_xinfo('{name}')") if each[6] == 0]
    keys = [each for each in found if each[5]]
    row_id = -1
    if has_row_ids and len(keys) == 1 and keys[0][2] == "INTEGER":
        row_id = found.index(keys[0])
    elif not has_row_ids:  # the key comes first
        found = sorted(keys, key=lambda each: int(each[5])) + [
            each for each in found if not each[5]
        ]
    columns = tuple(_column(connection, each) for each in found)
    given = [bool(each[4] is not None) for each in found]
    least = len(given) - next(
        (n for n, has_default in enumerate(reversed(given)) if not has_default), len(given)
    )
    return Shape(name, name, columns, row_id, has_row_ids, least, len(keys))


def _column(connection: apsw.Connection, told: tuple[Any, ...]) -> Column:
    _, name, kind, not_null, default, key, _ = told
    value = None if default is None else connection.execute(f"SELECT {default}").get
    return Column(name, kind, not (not_null or key), value)


def _index(connection: apsw.Connection, name: str, table: Shape) -> Shape:
    known = {each.name: each for each in table.columns}
    row_id = known[table.columns[table.row_id].name] if table.row_id >= 0 else None
    columns = tuple(
        known.get(column) or (row_id if number == -1 and row_id else
                              Column(column or "", "", True, None))
        for _, number, column, *_ in rows(connection, f"PRAGMA index_xinfo('{name}')")
    )  # fmt: skip
    return Shape(name, table.name, columns, -1, False, len(columns))

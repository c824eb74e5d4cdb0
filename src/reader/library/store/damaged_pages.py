"""Damaged pages of a file: the tables they belong to, and whether the rows are still readable.

SQLite's integrity check reports in prose. So only its "ok" is used, table by table, and reading
the tables shows the kind of damage.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import apsw

from reader.damage import Damage, Kind
from reader.progress import Report, silent

BROKEN = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)
DERIVED = frozenset(
    ("tally", "facet", "tag_shelf", "tag_within", "tag_mark", "fingerprint", "day", "term",
     "completion", "unsearched", "loose_picture", "seal", "unsealed", "highlight_place")
)  # fmt: skip
"""Tables that can be rebuilt from the others."""
_WHOLE = [("ok",)]
_STEPS = 200_000  # SQLite VM instructions between two reports
_SAYS = "Checking the file"


def damage(connection: apsw.Connection, report: Report) -> list[Damage]:
    """Return the damage of a file; never raises because of damage."""
    with reported(connection, report, _SAYS):
        if _says_whole(connection, "PRAGMA integrity_check(5)"):
            return []
        known = tables(connection)
        if not known:
            return [Damage(Kind.TABLE, detail="all")]
        found = [each for table in known for each in damage_in(connection, table)]
    return list(dict.fromkeys(found)) or [Damage(Kind.INDEX, detail="free pages")]


@contextmanager
def reported(connection: apsw.Connection, report: Report, text: str) -> Iterator[None]:
    """Report progress while statements of unknown length run; a cancel interrupts them."""
    if report is silent:
        yield
        return

    def tell() -> bool:
        report(0, 0, text)
        return False

    tell()
    connection.set_progress_handler(tell, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


class Table(NamedTuple):
    """A table of a file; ``kind`` is ``table``, ``virtual``, ``shadow`` or ``view``."""

    name: str
    kind: str
    has_row_ids: bool


def tables(connection: apsw.Connection) -> list[Table]:
    """Return all tables, none if the list of them cannot be read."""
    try:
        found: list[Any] = connection.execute("PRAGMA main.table_list").fetchall()
    except BROKEN:
        return []
    return [Table(name, kind, not without) for _, name, kind, _, without, _ in found]


def is_whole(connection: apsw.Connection, table: str) -> bool:
    """Return whether a table and its indexes are whole, and all values keep its constraints."""
    return _says_whole(connection, f'PRAGMA main.integrity_check("{_quoted(table)}")')


def columns(connection: apsw.Connection, table: str) -> list[tuple[Any, ...]]:
    """Return name, type and nullability of each column that is not generated."""
    found = connection.execute(f'PRAGMA main.table_info("{_quoted(table)}")')
    return [(name, kind, not not_null) for _, name, kind, not_null, *_ in found]


def read_alone(table: str, has_row_ids: bool) -> str:
    """Return SQL that forces a read of the table itself, not of an index that may be damaged."""
    # NOT INDEXED does not work WITHOUT ROWID: such a table counts as an index itself.
    return "NOT INDEXED" if has_row_ids else f'INDEXED BY "sqlite_autoindex_{table}_1"'


def damage_in(connection: apsw.Connection, table: Table) -> list[Damage]:
    """Return the damage of a table and its indexes."""
    name, kind, has_row_ids = table
    if is_whole(connection, name):
        return []
    if kind in ("virtual", "shadow"):
        return [Damage(Kind.SEARCH)]
    if name in DERIVED or _is_readable(connection, name, has_row_ids):
        return [Damage(Kind.INDEX, detail=name)]
    return [Damage(Kind.TABLE, detail=name)]


def _says_whole(connection: apsw.Connection, pragma: str) -> bool:
    try:
        return connection.execute(pragma).fetchall() == _WHOLE
    except (*BROKEN, apsw.SQLError, UnicodeDecodeError):
        return False


def _is_readable(connection: apsw.Connection, table: str, has_row_ids: bool) -> bool:
    """Return whether all rows can be read from the table itself, in order."""
    parts = [f'length(CAST("{name}" AS BLOB))' for name, *_ in columns(connection, table)]
    alone = f'FROM "{_quoted(table)}" {read_alone(table, has_row_ids)}'
    try:
        sums = ", ".join(f"sum({each})" for each in parts)
        connection.execute(f"SELECT {sums} {alone}").fetchall()
        return not has_row_ids or _rises(connection.execute(f"SELECT rowid {alone}"))
    except BROKEN:
        return False


def _rises(ids: Iterable[tuple[Any, ...]]) -> bool:
    last = -(2**63) - 1
    for (id,) in ids:
        if id <= last:
            return False
        last = id
    return True


def _quoted(name: str) -> str:
    return name.replace('"', '""')

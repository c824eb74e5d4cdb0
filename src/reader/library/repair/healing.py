"""Healing without being asked, only if the right value is certain.

Each table is put right in one transaction, which counts only if the table is whole afterwards.
Nothing is fetched from the network. Everything else is left to a repair.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import groupby
from pathlib import Path

import apsw

from reader.damage import STOPS_WRITING, Damage, Kind
from reader.errors import LibraryError
from reader.library.articles import images
from reader.library.repair import certain, derived
from reader.library.search import indexing
from reader.library.store import damaged_pages, seals
from reader.library.store.database import Database
from reader.progress import Report

_ROWS = frozenset((Kind.TEXT, Kind.DETAILS, Kind.ENTRY, Kind.VERSION, Kind.SOURCE, Kind.DERIVED,
                   Kind.GONE, Kind.VALUE))  # fmt: skip
_SAYS = "Putting right what is certain"


class _StillDamagedError(Exception):
    """A table is not whole after its healing."""


def heal(
    database: Database,
    pictures: Path,
    damage: Sequence[Damage],
    elsewhere: tuple[Sequence[apsw.Connection], Sequence[Path]],
    report: Report,
) -> list[Damage]:
    """Heal the damage whose remedy is certain, and return it.

    ``elsewhere`` are opened copies of the library, the newest first, and folders with copies of
    its pictures.
    """
    copies, folders = elsewhere
    healed = list[Damage]()
    for number, (table, found) in enumerate(_by_table(damage)):
        report(number, 0, _SAYS)
        healed += _tried(partial(_table, database, table, found, copies))
    if not any(each.kind in STOPS_WRITING for each in {*damage} - {*healed}):
        database.note_damage(False)
    healed += _tried(partial(_counts, database, damage))
    healed += _tried(partial(_search, database, damage, report))
    return [*healed, *_pictures(pictures, damage, folders)]


def put_right(
    connection: apsw.Connection, damage: Iterable[Damage], copies: Sequence[apsw.Connection]
) -> list[Damage]:
    """Put damaged columns right whose values are certain, and return the damage that is healed."""
    tables, healed = seals.tables(connection), list[Damage]()
    with _unheard(connection):
        for each in damage:
            if each.table in tables:
                with suppress(apsw.Error, UnicodeError):
                    healed += _row(connection, tables[each.table], each, copies)
    return healed


def _by_table(damage: Iterable[Damage]) -> list[tuple[str, list[Damage]]]:
    """Return the damage that belongs to single tables, by table."""

    def table(each: Damage) -> str:
        return each.detail if each.kind is Kind.INDEX else each.table

    found = sorted(
        (each for each in damage if table(each) and each.kind in (*_ROWS, Kind.INDEX)), key=table
    )
    return [(name, list(same)) for name, same in groupby(found, table)]


def _tried(work: Callable[[], list[Damage]]) -> list[Damage]:
    """Return the damage that was healed, none if that turned out to be impossible."""
    with suppress(LibraryError, apsw.Error, _StillDamagedError, UnicodeError):
        return work()
    return []


def _table(
    database: Database, name: str, damage: Sequence[Damage], copies: Sequence[apsw.Connection]
) -> list[Damage]:
    """Rebuild the indexes of a table if they are damaged, and heal its rows."""
    healed = list[Damage]()
    is_indexed_anew = any(each.kind is Kind.INDEX for each in damage)
    with database.mending() as connection:
        table = seals.tables(connection).get(name)
        if is_indexed_anew:
            connection.execute(f'REINDEX "{name}"')
        with _unheard(connection):
            for each in damage:
                if each.table == "seal":
                    healed += _seal(connection, each)
                elif table is not None and each.kind is not Kind.INDEX:
                    healed += _row(connection, table, each, copies)
        if is_indexed_anew:
            if not damaged_pages.is_whole(connection, name):
                raise _StillDamagedError
            healed += [each for each in damage if each.kind is Kind.INDEX]
    return healed


@contextmanager
def _unheard(connection: apsw.Connection) -> Iterator[None]:
    """Write without triggers: counts, seals and the search index never heard of the damage."""
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    try:
        yield
    finally:
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1)


def _row(
    connection: apsw.Connection,
    table: seals.Table,
    damage: Damage,
    copies: Sequence[apsw.Connection],
) -> list[Damage]:
    if damage.kind is Kind.GONE:
        return _bring_back(connection, table, damage, copies)
    values = certain.right_values(connection, table, damage, copies)
    for column, value in values.items():
        keys = " AND ".join(f"{key} = ?" for key in table.keys if key != "0")
        sql = f"UPDATE {table.name} SET {column} = ? WHERE {keys}"
        connection.execute(sql, (value, *damage.key))
    return [damage] if values else []


def _bring_back(
    connection: apsw.Connection,
    table: seals.Table,
    damage: Damage,
    copies: Sequence[apsw.Connection],
) -> list[Damage]:
    """Insert a missing row from a copy that has it as it was written last."""
    key = (*damage.key, 0)[:2]
    sql = "SELECT sums FROM seal WHERE relation = ? AND one = ? AND other = ?"
    sums = connection.execute(sql, (table.number, *key)).get
    keys = " AND ".join(f"t.{each} = ?" for each in table.keys if each != "0")
    names = ", ".join(f"t.{each}" for each in table.columns)
    for copy in copies:
        where = f"FROM {table.name} AS t WHERE {keys}"
        row = copy.execute(f"SELECT {table.read()} {where}", damage.key).fetchone()
        if row is not None and seals.made(table, row) == sums:
            marks = ", ".join("?" * len(row))
            plain = copy.execute(f"SELECT {names} {where}", damage.key).fetchone()
            into = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
            connection.execute(into, plain)
            return [damage]
    return []


def _seal(connection: apsw.Connection, damage: Damage) -> list[Damage]:
    """Remove a damaged seal; a check seals the row again."""
    connection.execute("DELETE FROM seal WHERE relation = ? AND one = ? AND other = ?", damage.key)
    return [damage]


def _counts(database: Database, damage: Sequence[Damage]) -> list[Damage]:
    """Count again."""
    found = [each for each in damage if each.kind is Kind.DERIVED and not each.table]
    if not found:
        return []
    with database.mending() as connection:
        for name in derived.TABLES:
            if derived.differs(connection, name):
                derived.make(connection, name)
    return found


def _search(database: Database, damage: Sequence[Damage], report: Report) -> list[Damage]:
    """Rebuild the index, unless only a damaged title was not found in it."""
    found = [each for each in damage if each.kind is Kind.SEARCH]
    if found and not _is_searchable(database.connection):
        indexing.rebuild(database, report)
        return found
    return []


def _is_searchable(connection: apsw.Connection) -> bool:
    with suppress(apsw.Error, UnicodeError):
        return damaged_pages.is_whole(connection, "search") and indexing.is_whole(connection)
    return False


def _pictures(pictures: Path, damage: Sequence[Damage], folders: Sequence[Path]) -> list[Damage]:
    """Take pictures from copies; a name proves the bytes."""
    healed = list[Damage]()
    for each in damage:
        if each.kind not in (Kind.PICTURE_MISSING, Kind.PICTURE_CHANGED):
            continue
        for folder in folders:
            if images.state(folder, each.detail) is images.State.WHOLE:
                with suppress(LibraryError, OSError):
                    data = (folder / each.detail).read_bytes()
                    images.keep(pictures, data, each.detail.rpartition(".")[2])
                    healed.append(each)
                    break
    return healed

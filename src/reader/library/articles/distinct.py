"""Pairs of articles that the user has marked as different."""

from collections.abc import Collection

import apsw

from reader.library.history import changes
from reader.library.history.entities import Field, Kind

NAME = "apart"


def entity_of(one: str, other: str) -> str:
    """Return the history's name of a pair of uids."""
    return f"{NAME}/{min(one, other)}/{max(one, other)}"


def restore(connection: apsw.Connection, uid: str) -> None:
    """Mark an article that is there again as distinct from the same articles as before."""
    sql = "SELECT DISTINCT entity FROM change WHERE entity > 'apart/' AND entity < 'apart0'"
    pairs = [str(entity).partition("/")[2] for (entity,) in connection.execute(sql)]
    _refresh(connection, [each for each in pairs if uid in each.split("/")])


def _find(_: apsw.Connection, uids: str) -> tuple[str, str]:
    one, _slash, other = uids.partition("/")
    return one, other


def _read(connection: apsw.Connection, pair: tuple[str, str], _: str) -> str:
    sql = "SELECT EXISTS (SELECT 1 FROM apart WHERE one = ? AND other = ?)"
    return str(connection.execute(sql, pair).get)


def _write(connection: apsw.Connection, pair: tuple[str, str], _: str, value: str) -> bool:
    add, forget = (
        "INSERT OR IGNORE INTO apart VALUES (?, ?)",
        "DELETE FROM apart WHERE one = ? AND other = ?",
    )
    connection.execute(add if value == "1" else forget, pair)
    return True


def _refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    for each in uids:
        value = changes.last(connection, f"{NAME}/{each}", NAME)
        pair = _find(connection, each)
        is_gone = any(changes.is_gone(connection, [uid]) for uid in pair)
        if value is not None:
            _write(connection, pair, "", "0" if is_gone else value)


PAIR = Kind(NAME, _find, {NAME: Field(int, _read, _write)}, _refresh)

"""Exchange of the change log between devices.

``export`` yields the rows that another device lacks; ``apply`` accepts such rows in any order and
any number of times. Afterwards both devices have the same state. The log of each device is
append-only, so that a folder can hold one file per device. Images are separate files.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import apsw

from reader.errors import LibraryError
from reader.library.history import changes, entities, identity, stamps
from reader.library.history.entities import ARTICLE
from reader.library.store.database import rows

_LOCAL = "typed"
"""The field that is never exchanged: it permits requests, so other devices must not set it."""


_Touched: TypeAlias = defaultdict[str, set[str]]
"""The uids of the entities to rebuild, by kind."""


class Row(NamedTuple):
    """A row of the log for exchange; ``html`` is a compressed text, ``source`` its source."""

    device: str
    seq: int
    stamp: str
    entity: str
    field: str
    old: str
    new: str
    html: bytes = b""
    source: bytes = b""


def known(connection: apsw.Connection) -> dict[str, int]:
    """Return the number of the last known row of each device."""
    return dict(rows(connection, "SELECT id, seq FROM device"))


def export(connection: apsw.Connection, since: Mapping[str, int]) -> Iterator[Row]:
    """Yield the rows after ``since``, in order for each device."""
    sql = (
        "SELECT device.id, change.seq, stamp, entity, field, old, new FROM device "
        "JOIN change ON change.device = number WHERE device.id = ? AND change.seq > ? "
        "AND field <> ? ORDER BY change.seq"
    )
    for device in known(connection):
        for row in rows(connection, sql, (device, since.get(device, 0), _LOCAL)):
            yield _with_data(connection, Row(*row))


def apply(connection: apsw.Connection, told: Iterable[Row]) -> int:
    """Apply rows of other devices, within a transaction; return how many were new.

    Raises LibraryError if a row is invalid.
    """
    touched: _Touched = defaultdict(set)
    gone, new = set[str](), 0
    for row in told:
        _check(row)
        if _take(connection, row, touched):
            new += 1
            if row.field == changes.GONE:
                gone.add(row.entity)
    _refresh(connection, touched)
    for uid in sorted(gone):
        _send_again(connection, uid)
    return new


def of_entities(connection: apsw.Connection, wanted: Iterable[str]) -> list[Row]:
    """Return all rows of some entities, the oldest first for each."""
    sql = (
        "SELECT device.id, change.seq, stamp, entity, field, old, new FROM change "
        "JOIN device ON number = device WHERE entity = ? AND field <> ? ORDER BY stamp"
    )
    found = (row for each in wanted for row in rows(connection, sql, (each, _LOCAL)))
    return [_with_data(connection, Row(*row)) for row in found]


def bring_back(connection: apsw.Connection, uid: str, told: Sequence[Row], state: str) -> None:
    """Bring back an article that is gone here, from its rows in a copy, within a transaction.

    It gets ``state``, by a row that is later than its tombstone. All rows become rows of this
    device, so that every other device gets them again.
    """
    pen, touched = stamps.pen(connection), defaultdict(set, {ARTICLE: {uid}})
    for row in told:
        _check(row)
        pen.heard(pen.device, 0, row.stamp)
    after = max((row.stamp for row in told), default="")
    changes.record(connection, None, uid, "state", "", state, after=after)
    for row in told:
        _write(connection, row, touched, (pen.device, pen.next_number()))
    _refresh(connection, touched)


def _refresh(connection: apsw.Connection, touched: Mapping[str, set[str]]) -> None:
    for kind in entities.kinds():
        if kind.name in touched:
            kind.refresh(connection, touched[kind.name])


def _take(connection: apsw.Connection, row: Row, touched: _Touched) -> bool:
    """Write a row of another device, unless the log has the same or a later row of its field."""
    pen = stamps.pen(connection)
    number = pen.number_of(row.device)
    pen.heard(number, row.seq, row.stamp)
    return _write(connection, row, touched, (number, row.seq))


def _write(
    connection: apsw.Connection, row: Row, touched: _Touched, number: tuple[int, int]
) -> bool:
    """Write a row with a local device and number, unless the log has the same or a later one."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM change WHERE entity = ? AND field = ? "
        "AND (stamp, new) >= (?, ?))"
    )
    if connection.execute(sql, (row.entity, row.field, row.stamp, row.new)).get:
        return False
    kind, uid = entities.kind_of(row.entity)
    if kind is not None:
        touched[kind.name].add(uid)
        if row.field == identity.MERGED:
            touched[kind.name].add(identity.root(connection, uid))
    told = (row.entity, row.field, row.old, row.new, row.stamp, *number)
    changes.enter(connection, (None, *told))
    if row.html or row.source:
        sql = "INSERT OR REPLACE INTO arrived VALUES (?, ?, ?, ?)"
        connection.execute(sql, (row.entity, row.field, row.html, row.source))
    return True


def _check(row: Row) -> None:
    texts = (row.device, row.entity, row.field, row.old, row.new)
    if not (stamps.is_stamp(row.stamp) and row.seq > 0 and row.entity and row.field):
        raise LibraryError(
            f"A row of the log of the device {row.device[:40]} is damaged. Nothing was changed."
        )
    assert all(isinstance(each, str) for each in texts)


def _send_again(connection: apsw.Connection, uid: str) -> None:
    """Renumber the rows of an article that was restored here after another device deleted it.

    The other device has nothing left of it and needs all rows again. The state comes first, or the
    article would be deleted again.
    """
    root = identity.root(connection, uid)
    if changes.is_gone(connection, identity.members(connection, root)):
        return
    pen = stamps.pen(connection)
    sql = (
        "SELECT change.id FROM change JOIN json_each(?1) ON entity = value UNION ALL "
        "SELECT id FROM change WHERE field = 'article' AND new IN (SELECT value FROM json_each(?1))"
    )
    uids = json.dumps(identity.members(connection, root))
    ids = [id for (id,) in rows(connection, sql, (uids,))]
    order = (
        "SELECT change.id FROM change JOIN json_each(?) ON change.id = value "
        "ORDER BY field <> 'state', stamp"
    )
    for (id,) in rows(connection, order, (json.dumps(ids),)):
        sql = "UPDATE change SET device = ?, seq = ? WHERE id = ?"
        connection.execute(sql, (pen.device, pen.next_number(), id))


# ---- texts and sources


def _with_data(connection: apsw.Connection, row: Row) -> Row:
    """Return a row with its text and source."""
    kind, uid = entities.kind_of(row.entity)
    name, _, part = row.field.partition("/")
    if kind is None or kind.name != ARTICLE or name not in ("created", "version", "source"):
        return row
    sql = "SELECT html, source FROM arrived WHERE entity = ? AND field = ?"
    waiting = connection.execute(sql, (row.entity, row.field)).fetchone()
    if waiting is not None:
        return row._replace(html=bytes(waiting[0]), source=bytes(waiting[1]))
    if kind.data is None:
        return row
    html, source = kind.data(connection, uid, name, part or row.new)
    return row._replace(html=html, source=source)

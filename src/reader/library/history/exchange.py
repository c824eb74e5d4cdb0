"""Exchange of the change log between devices.

``export`` yields the rows that another device lacks; ``apply`` accepts such rows in any order and
any number of times. Afterwards both devices have the same state. The log of each device is
append-only, so that a folder can hold one file per device. Images are separate files.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import NamedTuple, TypeAlias

import apsw

from reader.errors import LibraryError
from reader.library.history import changes, entities, identity, stamps
from reader.library.history.entities import ARTICLE
from reader.library.store.database import rows
from reader.progress import Report, silent

_LOCAL = "typed"
"""The field that is never exchanged: it permits requests, so other devices must not set it."""


_CREATED = "created"
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
"""Errors that a damaged row of the log leads to."""
_MANY = 1000
_WINNERS = (
    "SELECT device.id, change.seq, stamp, entity, field, old, new, max(stamp || new) FROM change "
    "JOIN device ON number = device WHERE field <> ? GROUP BY entity, field"
)
"""The last row of each field; of several, SQLite takes the other columns from that with the max."""
_LAST = "SELECT max(stamp) FROM change JOIN json_each(?) ON entity = value WHERE {}"
_CLEARED = "SELECT max(stamp) FROM change WHERE entity = 'diary/all'"
_LEAVE_TEXTS = (
    "INSERT OR IGNORE INTO later_text SELECT article.id, '' FROM json_each(?) "
    "JOIN article ON uid = value WHERE downloaded_at = ''"
)
"""The texts of new articles are left to the device that has them: it fetches them by itself."""
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
    gone, created, new = set[str](), set[str](), 0
    for row in told:
        _check(row)
        if _take(connection, row, touched):
            new += 1
            if row.field == changes.GONE:
                gone.add(row.entity)
            if row.field == _CREATED:
                created.add(row.entity)
    _refresh(connection, touched)
    connection.execute(_LEAVE_TEXTS, (json.dumps([*created]),))
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


def merge(
    connection: apsw.Connection, other: apsw.Connection, report: Report = silent
) -> list[Row]:
    """Take all rows of another log of the same library that win here, within a transaction.

    Rows that are missing in between are taken as well: numbers do not show the rows that a
    damaged library lacks. A number that this log has given to another row is not used again.
    Return the rows taken.
    """
    pen, taken = stamps.pen(connection), list[Row]()
    touched: _Touched = defaultdict(set)
    for row in lacking(connection, other, report):
        number = pen.number_of(row.device)
        pen.heard(number, row.seq, row.stamp)
        place = number, row.seq
        if not row.seq or _is_taken(connection, *place):
            place = pen.device, pen.next_number()
        _insert(connection, _with_data(other, row), touched, place)
        taken.append(row)
    for device, seq, latest in rows(other, "SELECT id, seq, latest FROM device WHERE latest <> ''"):
        if device == pen.id:  # an earlier state of this library
            pen.heard(pen.device, seq, latest)
    _bring_texts(connection, other, touched)
    _refresh_readable(connection, touched)
    for row in taken:
        if row.field == changes.GONE:
            _send_again(connection, row.entity)
    return taken


def lacking(
    connection: apsw.Connection, other: apsw.Connection, report: Report = silent
) -> Iterator[Row]:
    """Yield the rows of another log that win here, without texts; write nothing.

    Rows about an article that was deleted here later are left out.
    """
    cleared = str(connection.execute(_CLEARED).get or "")
    buried = cache(partial(is_buried, connection, other))
    total = int(other.execute("SELECT count(*) FROM change").get)
    for number, found in enumerate(other.execute(_WINNERS, (_LOCAL,))):
        if number % _MANY == 0:
            report(min(number, total), total, "Comparing the logs")
        row = Row(*found[:-1])
        if not _wins(connection, row):
            continue
        is_read = row.field.startswith("read/")
        uid = _article_of(other, row)
        if (is_read and row.stamp < cleared) or (
            not is_read and row.field not in (changes.GONE, identity.MERGED) and buried(uid)
        ):
            continue
        yield _with_both(connection, row) if row.field == _CREATED else row


def _article_of(other: apsw.Connection, row: Row) -> str:
    """Return the uid of the article that a row of another log is about, if it is about one."""
    if row.entity.startswith("alias/"):
        return row.new
    if row.entity.startswith("highlight/"):
        return changes.last(other, row.entity, "article") or ""
    return row.entity


def _wins(connection: apsw.Connection, row: Row) -> bool:
    sql = "SELECT stamp, new FROM change WHERE entity = ? AND field = ? ORDER BY 1 DESC, 2 DESC"
    here = connection.execute(f"{sql} LIMIT 1", (row.entity, row.field)).fetchone()
    if row.field == _CREATED and here is not None:
        return bool(_with_both(connection, row).new != here[1])
    return here is None or (row.stamp, row.new) > here


def _with_both(connection: apsw.Connection, row: Row) -> Row:
    """Return the creation of an article with the fields of both logs; the later one counts.

    Only a repair logs a creation again, with the fields that it could read. If neither log has the
    same row, its number is 0.
    """
    sql = "SELECT stamp, new FROM change WHERE entity = ? AND field = 'created'"
    here = connection.execute(sql, (row.entity,)).fetchone()
    if here is None or here[1] == row.new:
        return row
    (_, older), (stamp, newer) = sorted((here, (row.stamp, row.new)))
    before, after = _fields_in(older), _fields_in(newer)
    united = {**before, **after}
    if united == after:
        return row._replace(new=newer, stamp=stamp)
    return row._replace(new=json.dumps(united, ensure_ascii=False), stamp=stamp, seq=0)


def _fields_in(told: object) -> dict[str, object]:
    """Return the fields of a creation, none if the row is damaged."""
    try:
        found = json.loads(str(told))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_buried(connection: apsw.Connection, other: apsw.Connection, uid: str) -> bool:
    """Return whether an article was deleted here after its last state in the other log."""
    uids = identity.members(connection, identity.root(connection, uid))
    if not changes.is_gone(connection, uids):
        return False
    found = json.dumps(uids)
    gone = connection.execute(_LAST.format("field = 'gone'"), (found,)).get
    there = other.execute(_LAST.format("field IN ('created', 'state')"), (found,)).get
    return str(there or "") <= str(gone)


def _is_taken(connection: apsw.Connection, device: int, seq: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM change WHERE device = ? AND seq = ?)"
    return bool(connection.execute(sql, (device, seq)).get)


def _bring_texts(connection: apsw.Connection, other: apsw.Connection, touched: _Touched) -> None:
    """Bring the texts of articles that the log has, but that are missing, and rebuild them."""
    sql = (
        "SELECT entity FROM change WHERE field = 'created' AND entity NOT IN "
        "(SELECT uid FROM article)"
    )
    for (uid,) in rows(connection, sql):
        root = identity.root(connection, uid)
        if identity.find(connection, uid) is None and not changes.is_gone(
            connection, identity.members(connection, root)
        ):
            touched[ARTICLE].add(uid)
            for row in of_entities(other, [uid]):
                if row.html or row.source:
                    sql = "INSERT OR IGNORE INTO arrived VALUES (?, ?, ?, ?)"
                    connection.execute(sql, (uid, row.field, row.html, row.source))


def _refresh(connection: apsw.Connection, touched: Mapping[str, set[str]]) -> None:
    for kind in entities.kinds():
        if kind.name in touched:
            kind.refresh(connection, touched[kind.name])


def _refresh_readable(connection: apsw.Connection, touched: Mapping[str, set[str]]) -> None:
    """Rebuild entities; those with damaged rows in the log stay as they are."""
    for kind in entities.kinds():
        uids = touched.get(kind.name)
        if not uids:
            continue
        try:
            with connection:
                kind.refresh(connection, uids)
        except _UNREADABLE:
            for uid in sorted(uids, key=lambda uid: (not changes.is_gone(connection, [uid]), uid)):
                with suppress(*_UNREADABLE), connection:
                    kind.refresh(connection, [uid])


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
    _insert(connection, row, touched, number)
    return True


def _insert(
    connection: apsw.Connection, row: Row, touched: _Touched, number: tuple[int, int]
) -> None:
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
        "SELECT change.id FROM change JOIN json_each(?1) ON entity = value UNION "
        "SELECT id FROM change WHERE field = 'article' "
        "AND new IN (SELECT value FROM json_each(?1)) "
        "UNION SELECT change.id FROM change AS known JOIN change USING (entity) WHERE "
        "known.field = 'article' AND known.new IN (SELECT value FROM json_each(?1)) "
        "AND known.entity > 'highlight/' AND known.entity < 'highlight0'"
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

"""The one door for changes: each writes its field and a row that says so, in one transaction.

A step is what a person did at once, to one article or to thousands; undo takes a step back
by the rows it left, after a restart too. A field is only taken back while it still holds
what the step wrote, so that nobody else's later change is lost.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import apsw

from reader.library.articles import versions
from reader.library.history import labels
from reader.library.store.collation import sort_key, storable
from reader.library.store.database import Database, rows
from reader.model import State
from reader.progress import Report, silent

_Thing = TypeVar("_Thing")

_COLUMNS = {
    "state": str,
    "place": str,
    "favourite": int,
    "title": str,
    "byline": str,
    "published_at": str,
    "read_at": str,
    "opened_at": str,
    "views": int,
    "position": str,
    "progress": float,
    "merged_into": str,
}
_SAYS = "Changing articles"
_TAG = "tag:"
_APART = "apart:"
_VERSION = "version"
_MANY = 100
_LATEST_MS = 10**13 - 1  # of 13 digits, as all stamps have: they sort as text until 2286
_MOST_OF_A_MS = 99_999


def begin_step(connection: apsw.Connection, label: str) -> int:
    """Open a step."""
    connection.execute("INSERT INTO change_group (label) VALUES (?)", (label,))
    return connection.last_insert_rowid()


def end_step(connection: apsw.Connection, step: int, changed: int) -> int:
    """Close a step; what could have been redone no longer can. One without changes never was."""
    if changed or connection.execute("SELECT 1 FROM change WHERE step = ? LIMIT 1", (step,)).get:
        connection.execute("UPDATE change_group SET undone = 2 WHERE undone = 1")
    else:
        connection.execute("DELETE FROM change_group WHERE id = ?", (step,))
    return changed


def name_step(connection: apsw.Connection, step: int, label: str) -> None:
    """Give a step its label, where it is only known at the end."""
    connection.execute("UPDATE change_group SET label = ? WHERE id = ?", (label, step))


def one_step(database: Database, label: str, work: Callable[[apsw.Connection, int], int]) -> int:
    """Do ``work(connection, step)`` as one step; it returns how much is another now."""
    with database.writing() as connection:
        step = begin_step(connection, label)
        return end_step(connection, step, work(connection, step))


def is_open(connection: apsw.Connection, step: int) -> bool:
    """Return whether a step is there and was not undone meanwhile."""
    sql = "SELECT EXISTS (SELECT 1 FROM change_group WHERE id = ? AND undone = 0)"
    return bool(connection.execute(sql, (step,)).get)


def write(
    connection: apsw.Connection,
    step: int | None,
    ids: Iterable[int],
    field: str,
    value: object,
    report: Report = silent,
) -> int:
    """Give a field of articles a value; return how many had another one before."""
    changed = 0
    for id in counted(ids, report):
        found = connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get
        if found is None:
            continue
        old, new = _read(connection, id, field), _written(field, value)
        if old != new:
            _apply(connection, id, field, new)
            _record(connection, step, str(found), field, old, new)
            changed += 1
    return changed


def counted(things: Iterable[_Thing], report: Report) -> Iterator[_Thing]:
    """Hand out what is to be changed, and report now and then how far it is.

    A report that raises Cancelled ends the transaction around it: nothing is changed then.
    """
    if report is silent:
        yield from things
        return
    all = list(things)
    for number, thing in enumerate(all):
        if number % _MANY == 0:
            report(number, len(all), _SAYS)
        yield thing


def write_label(connection: apsw.Connection, step: int, entity: str, field: str, value: str) -> int:
    """Give a field of a tag or saved search a value; return 1 where it had another one."""
    value = storable(value)
    old = labels.read(connection, entity, field)
    if old in (None, value) or not labels.apply(connection, entity, field, value):
        return 0
    _record(connection, step, entity, field, str(old), value)
    return 1


def undo(connection: apsw.Connection, report: Report = silent) -> str:
    """Take the newest step back; return its label, ``""`` where there is none."""
    return _turn(connection, "undone = 0 ORDER BY id DESC", back=True, report=report)


def redo(connection: apsw.Connection, report: Report = silent) -> str:
    """Do again what was taken back last; return its label, ``""`` where there is none."""
    return _turn(connection, "undone = 1 ORDER BY id ASC", back=False, report=report)


def moved(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Hand the changes of an article over to the one it turned out to be."""
    uids = [
        connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get
        for id in (stays, goes)
    ]
    connection.execute("UPDATE OR IGNORE change SET entity = ? WHERE entity = ?", uids)
    connection.execute("DELETE FROM change WHERE entity = ?", uids[1:])
    _record(connection, None, str(uids[1]), "merged", "", str(uids[0]))


def label(connection: apsw.Connection, *, undone: bool) -> str:
    """Return the label of the step that undo or redo would turn."""
    which = "undone = 1 ORDER BY id ASC" if undone else "undone = 0 ORDER BY id DESC"
    found = connection.execute(f"SELECT label FROM change_group WHERE {which} LIMIT 1").get
    return str(found or "")


def touched(connection: apsw.Connection, uid: str, field: str) -> bool:
    """Return whether a person has ever changed this field of the article."""
    sql = "SELECT EXISTS (SELECT 1 FROM change WHERE entity = ? AND field = ?)"
    return bool(connection.execute(sql, (uid, field)).get)


def note_typed(connection: apsw.Connection, url: str) -> None:
    """Note that a person typed the address that an article is known by."""
    uid = connection.execute("SELECT uid FROM article WHERE url = ?", (url,)).get
    if uid is not None:
        _record(connection, None, str(uid), "typed", "", url)


def is_typed(connection: apsw.Connection, id: int) -> bool:
    """Return whether a person typed the address that an article is known by."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM article JOIN change ON entity = uid "
        "WHERE article.id = ? AND field = 'typed' AND step IS NULL AND new = url)"
    )
    return bool(connection.execute(sql, (id,)).get)


def named(verb: str, titles: Sequence[str], count: int) -> str:
    """Return the label of a step: ``Archived “Title”`` or ``Archived 3 articles``."""
    return f"{verb} “{titles[0]}”" if count == 1 and titles else f"{verb} {count} articles"


def _turn(connection: apsw.Connection, which: str, *, back: bool, report: Report) -> str:
    found = connection.execute(
        f"SELECT id, label FROM change_group WHERE {which} LIMIT 1"
    ).fetchone()
    if found is None:
        return ""
    step, said = found
    way = "DESC" if back else "ASC"
    sql = (
        "SELECT article.id, entity, field, old, new FROM change LEFT JOIN article ON uid = entity "
        f"WHERE step = ? ORDER BY change.id {way}"
    )
    for id, entity, field, old, new in counted(rows(connection, sql, (step,)), report):
        was, wanted = (new, old) if back else (old, new)
        if id is None:
            done = labels.read(connection, entity, field) == was
            done = done and labels.apply(connection, entity, field, wanted)
        elif done := _read(connection, id, field) == was:
            _apply(connection, id, field, wanted)
        if done:
            _record(connection, None, entity, field, was, wanted)
    connection.execute("UPDATE change_group SET undone = ? WHERE id = ?", (int(back), step))
    return str(said)


def _read(connection: apsw.Connection, id: int, field: str) -> str:
    if field.startswith(_TAG):
        return str(int(labels.has_tag(connection, id, field.removeprefix(_TAG))))
    if field.startswith(_APART):
        return str(int(labels.are_apart(connection, id, field.removeprefix(_APART))))
    if field == _VERSION:
        return str(versions.keep(connection, id))
    assert field in _COLUMNS
    return _written(
        field, connection.execute(f"SELECT {field} FROM article WHERE id = ?", (id,)).get
    )


def _written(field: str, value: object) -> str:
    is_flag = field == _VERSION or field.startswith((_TAG, _APART))
    kind = int if is_flag else _COLUMNS[field]
    return storable(str(kind(value)))


def _apply(connection: apsw.Connection, id: int, field: str, new: str) -> None:
    if field.startswith(_TAG):
        labels.set_tag(connection, id, field.removeprefix(_TAG), new == "1")
        return
    if field.startswith(_APART):
        labels.set_apart(connection, id, field.removeprefix(_APART), new == "1")
        return
    if field == _VERSION:
        versions.use(connection, id, int(new))
        return
    value = _COLUMNS[field](new)
    connection.execute(f"UPDATE article SET {field} = ? WHERE id = ?", (value, id))
    if field == "title":
        connection.execute("UPDATE article SET title_key = ? WHERE id = ?", (sort_key(new), id))
    if field == "byline":
        site = connection.execute("SELECT site FROM article WHERE id = ?", (id,)).get
        key = sort_key(str(site or new))
        connection.execute("UPDATE article SET site_key = ? WHERE id = ?", (key, id))


def _record(
    connection: apsw.Connection, step: int | None, uid: str, field: str, old: str, new: str
) -> None:
    stamp = _stamp(connection)  # before the last change may be deleted
    if step is None:
        connection.execute(
            "DELETE FROM change WHERE entity = ? AND field = ? AND step IS NULL", (uid, field)
        )
    connection.execute(
        "INSERT INTO change (step, entity, field, old, new, stamp) VALUES (?, ?, ?, ?, ?, ?)",
        (step, uid, field, old, new, stamp),
    )


def _stamp(connection: apsw.Connection) -> str:
    """Return a stamp that sorts as text after all in the library: milliseconds, counter, device.

    It follows the clock, or, while that is behind the last stamp, counts on from that one.
    """
    last = str(connection.execute("SELECT max(stamp) FROM change").get or "")
    now = min(max(time.time_ns() // 1_000_000, 0), _LATEST_MS)
    moment, count = max((now, 0), _following(last))
    return f"{moment:013d}-{count:05d}-{_device(connection)}"


def _following(stamp: str) -> tuple[int, int]:
    """Return the millisecond and counter after those of a stamp."""
    moment, count, *_ = (*stamp.split("-"), "", "")
    if not (moment.isdecimal() and count.isdecimal()):
        return 0, 0
    full = int(count) >= _MOST_OF_A_MS and int(moment) < _LATEST_MS
    return (int(moment) + 1, 0) if full else (int(moment), int(count) + 1)


def _device(connection: apsw.Connection) -> str:
    found = connection.execute("SELECT value FROM setting WHERE name = 'device'").get
    if found is None:
        found = os.urandom(4).hex()
        connection.execute("INSERT INTO setting VALUES ('device', ?)", (found,))
    return str(found)


VERBS = {
    State.QUEUE: "Put into the queue:",
    State.ARCHIVE: "Archived",
    State.TRASH: "Moved to the trash:",
}

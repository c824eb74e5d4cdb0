"""The single entry point for changes: each writes a field and a log row in one transaction.

An undo step groups the changes of one user action, to one article or to thousands. Undo reverts
the rows of a step, after a restart too. It reverts a field only if the field still has the value
that the step wrote, so that no later change is lost.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import apsw

from reader.library.history import entities, stamps
from reader.library.store.collation import storable
from reader.library.store.database import Database, rows
from reader.progress import Report, silent
from reader.steps import Label, Step, Verb

_Thing = TypeVar("_Thing")

GONE = "gone"
"""The field that marks an article as permanently deleted, unless a later row restores it."""
_MADE: WeakKeyDictionary[apsw.Connection, int] = WeakKeyDictionary()
_SAYS = "Changing articles"
_MANY = 100
_NEWEST = "undone = 0 ORDER BY id DESC"
_NEXT = "undone = 1 ORDER BY id ASC"


# ---- steps


class Making:
    """An undo step in progress."""

    def __init__(self, connection: apsw.Connection, id: int) -> None:
        self.connection = connection
        self.id = id

    def write(self, ids: Iterable[int], field: str, value: object, report: Report = silent) -> int:
        """Set a field of articles; return how many changed."""
        return write(self.connection, self.id, ids, field, value, report)

    def put(self, entity: str, field: str, value: object) -> int:
        """Set a field of any entity; return 1 if it changed, else 0."""
        return put(self.connection, self.id, entity, field, value)

    def name(self, label: Label) -> None:
        """Replace the label of the step, for details that are known only at its end."""
        sql = "UPDATE change_group SET verb = ?, told = ? WHERE id = ?"
        self.connection.execute(sql, (str(label.verb), _json(label), self.id))


@contextmanager
def step(connection: apsw.Connection, label: Label, goes_on: int = 0) -> Iterator[Making]:
    """Record an undo step within a transaction; a step without changes leaves no row.

    ``goes_on`` is the id of a step to continue, if it exists and was not undone meanwhile.
    """
    made = Making(connection, goes_on if goes_on and _is_open(connection, goes_on) else 0)
    if not made.id:
        sql = "INSERT INTO change_group (verb, told) VALUES (?, ?)"
        connection.execute(sql, (str(label.verb), _json(label)))
        made.id = connection.last_insert_rowid()
    yield made
    if connection.execute("SELECT 1 FROM change WHERE step = ? LIMIT 1", (made.id,)).get:
        connection.execute("UPDATE change_group SET undone = 2 WHERE undone = 1")
        _MADE[connection] = made.id
    else:
        connection.execute("DELETE FROM change_group WHERE id = ?", (made.id,))


@contextmanager
def step_about(
    database: Database, verb: Verb, ids: Sequence[int], **told: object
) -> Iterator[Making]:
    """Record an undo step about articles in a transaction of its own."""
    with (
        database.writing() as connection,
        step(connection, about(connection, verb, ids, **told)) as made,
    ):
        yield made


def about(connection: apsw.Connection, verb: Verb, ids: Sequence[int], **told: object) -> Label:
    """Return the label of a step about articles; a single article is named by its title."""
    if len(ids) == 1:
        told["title"] = title_of(connection, ids[0])
    return Label(verb, {"count": len(ids), **told})


def title_of(connection: apsw.Connection, id: int) -> str:
    """Return the title of an article, ``""`` if there is none."""
    return str(connection.execute("SELECT title FROM article WHERE id = ?", (id,)).get or "")


def _is_open(connection: apsw.Connection, step: int) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM change_group WHERE id = ? AND undone = 0)"
    return bool(connection.execute(sql, (step,)).get)


def _json(label: Label) -> str:
    return json.dumps(_storable(dict(label.told)), ensure_ascii=False)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return [_storable(each) for each in value] if isinstance(value, list | tuple) else value


# ---- changes


def write(
    connection: apsw.Connection,
    step: int | None,
    ids: Iterable[int],
    name: str,
    value: object,
    report: Report = silent,
) -> int:
    """Set a field of articles; return how many changed."""
    kind, _ = entities.kind_of("")
    assert kind is not None
    changed, (start, _, part) = 0, name.partition("/")
    field = kind.fields[start]
    new = storable(str(field.type(value)))
    for id in counted(ids, report):
        uid = connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get
        if uid is None:
            continue
        old = field.read(connection, id, part)
        if old != new and field.write(connection, id, part, new):
            record(connection, step, str(uid), name, old, new)
            changed += 1
    return changed


def put(
    connection: apsw.Connection, step: int | None, entity: str, field: str, value: object
) -> int:
    """Set a field of any entity; return 1 if it changed, else 0."""
    found = entities.find(connection, entity, field)
    if found is None:
        return 0
    old, new = found.read(connection), storable(str(found.field.type(value)))
    if old == new or not found.write(connection, new):
        return 0
    record(connection, step, entity, field, old, new)
    return 1


def record(
    connection: apsw.Connection,
    step: int | None,
    entity: str,
    field: str,
    old: str,
    new: str,
    *,
    after: str = "",
) -> None:
    """Log a change with a stamp after ``after``; outside of steps keep the last of each field."""
    stamp, device, seq = stamps.pen(connection).next(entity, after)
    enter(connection, (step, entity, field, old, new, stamp, device, seq))


def enter(connection: apsw.Connection, row: tuple[Any, ...]) -> None:
    """Add a row to the log: step, entity, field, old, new, stamp, device, seq.

    Outside of steps it takes the place of the row of its field.
    """
    if row[0] is None:  # REPLACE would call no trigger for the row that goes
        sql = "DELETE FROM change WHERE entity = ? AND field = ? AND step IS NULL"
        connection.execute(sql, row[1:3])
    connection.execute(
        "INSERT INTO change (step, entity, field, old, new, stamp, device, seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )


def counted(things: Iterable[_Thing], report: Report) -> Iterator[_Thing]:
    """Yield the items to change, and report progress now and then.

    If the report raises Cancelled, the surrounding transaction is rolled back.
    """
    if report is silent:
        yield from things
        return
    all = list(things)
    for number, thing in enumerate(all):
        if number % _MANY == 0:
            report(number, len(all), _SAYS)
        yield thing


# ---- undo


def undo(connection: apsw.Connection, report: Report = silent, step: int = 0) -> Step | None:
    """Undo a step, by default the newest; return it, None if there is none."""
    return _turn(connection, _chosen(step, 0) or _NEWEST, back=True, report=report)


def redo(connection: apsw.Connection, report: Report = silent, step: int = 0) -> Step | None:
    """Redo a step, by default the one undone last; return it, None if there is none."""
    return _turn(connection, _chosen(step, 1) or _NEXT, back=False, report=report)


def newest(connection: apsw.Connection, *, undone: bool = False) -> Step | None:
    """Return the step that undo would revert; with ``undone``, the one that redo would repeat."""
    return _step(connection, _NEXT if undone else _NEWEST)


def last_made(connection: apsw.Connection) -> Step | None:
    """Return the step that was recorded last through this connection."""
    return _step(connection, f"id = {_MADE.get(connection, 0):d}")


def label(connection: apsw.Connection, *, undone: bool) -> Label | None:
    """Return the label of the next step to undo or redo; faster than ``newest``."""
    which = _NEXT if undone else _NEWEST
    sql = f"SELECT verb, told FROM change_group WHERE {which} LIMIT 1"
    found = connection.execute(sql).fetchone()
    return None if found is None else _label(*found)


def _chosen(step: int, undone: int) -> str:
    return f"undone = {undone} AND id = {step:d}" if step else ""


def _step(connection: apsw.Connection, which: str) -> Step | None:
    sql = f"SELECT id, verb, told FROM change_group WHERE {which} LIMIT 1"
    found = connection.execute(sql).fetchone()
    if found is None:
        return None
    id, verb, told = found
    sql = (
        "SELECT DISTINCT article.id, entity FROM change LEFT JOIN article ON uid = entity "
        "WHERE step = ?"
    )
    things = rows(connection, sql, (id,))
    articles = tuple(article for article, _ in things if article is not None)
    others = tuple(entity for article, entity in things if article is None)
    return Step(int(id), _label(verb, told), articles, others)


def _label(verb: str, told: str) -> Label:
    try:
        arguments = json.loads(told)
    except ValueError:  # a damaged row
        arguments = {}
    known = Verb(verb) if verb in [*Verb] else Verb.TEXT  # a verb of a newer Reader
    return Label(known, arguments if isinstance(arguments, dict) else {})


def _turn(connection: apsw.Connection, which: str, *, back: bool, report: Report) -> Step | None:
    step = _step(connection, which)
    if step is None:
        return None
    way = "DESC" if back else "ASC"
    sql = (
        "SELECT article.id, entity, field, old, new FROM change LEFT JOIN article ON uid = entity "
        f"WHERE step = ? ORDER BY change.id {way}"
    )
    for id, entity, field, old, new in counted(rows(connection, sql, (step.id,)), report):
        was, wanted = (new, old) if back else (old, new)
        found = entities.find(connection, entity, field, id)
        if found and found.read(connection) == was and found.write(connection, wanted):
            record(connection, None, entity, field, was, wanted)
    sql = "UPDATE change_group SET undone = ? WHERE id = ?"
    connection.execute(sql, (int(back), step.id))
    return step


# ---- reading the log


def touched(connection: apsw.Connection, entity: str, field: str) -> bool:
    """Return whether the log has any change of a field."""
    sql = "SELECT EXISTS (SELECT 1 FROM change WHERE entity = ? AND field = ?)"
    return bool(connection.execute(sql, (entity, field)).get)


def last(connection: apsw.Connection, entity: str, field: str) -> str | None:
    """Return the last logged value of a field, None if there is none."""
    sql = "SELECT new FROM change WHERE entity = ? AND field = ? ORDER BY stamp DESC LIMIT 1"
    found = connection.execute(sql, (entity, field)).get
    return None if found is None else str(found)


def is_gone(connection: apsw.Connection, uids: Sequence[str]) -> bool:
    """Return whether an article, by all its uids, was permanently deleted and not restored."""
    sql = (
        "SELECT field FROM change JOIN json_each(?) ON entity = value "
        "WHERE field IN ('created', 'state', 'gone') ORDER BY stamp DESC LIMIT 1"
    )
    return bool(connection.execute(sql, (json.dumps(list(uids)),)).get == GONE)


def forget(connection: apsw.Connection, entity: str, but: Sequence[str] = ()) -> None:
    """Delete the log of an entity, and the steps that have no rows left.

    The fields ``but`` stay, with all their parts. Titles are removed from the labels of the steps.
    """
    kept = " AND ".join(["1", *("substr(field || '/', 1, ?) <> ?" for _ in but)])
    values = [value for name in but for value in (len(name) + 1, f"{name}/")]
    sql = "SELECT DISTINCT step FROM change WHERE entity = ? AND step IS NOT NULL"
    steps = rows(connection, sql, (entity,))
    connection.execute(f"DELETE FROM change WHERE entity = ? AND {kept}", (entity, *values))
    connection.executemany(
        "DELETE FROM change_group WHERE id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM change WHERE step = ?1)",
        steps,
    )
    connection.executemany(
        "UPDATE change_group SET told = json_remove(told, '$.title', '$.other') WHERE id = ?",
        steps,
    )

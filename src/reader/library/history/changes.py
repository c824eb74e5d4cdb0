"""The single entry point for changes: each writes a field and a log row in one transaction.

An undo step groups the changes of one user action, to one article or to thousands; ``undoing``
reverts the rows of a step, after a restart too. Nothing is ever removed from the log but the rows
of articles that are deleted for good, so that it covers every year.
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
from reader.steps import Label, Verb

_Thing = TypeVar("_Thing")

GONE = "gone"
"""The field that marks an article as permanently deleted, unless a later row restores it."""
_MADE: WeakKeyDictionary[apsw.Connection, int] = WeakKeyDictionary()
_SAYS = "Changing articles"
_MANY = 100
_TURN = (
    "1 + (SELECT max(coalesce(each, 0)) FROM (SELECT max(turned) AS each FROM change_group "
    "WHERE undone = 0 UNION ALL SELECT max(turned) FROM change_group WHERE undone = 1 "
    "UNION ALL SELECT max(turned) FROM change_group WHERE undone = 2))"
)


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
        sql = f"INSERT INTO change_group (verb, told, turned) VALUES (?, ?, {_TURN})"
        connection.execute(sql, (str(label.verb), _json(label)))
        made.id = connection.last_insert_rowid()
    yield made
    sql = "SELECT stamp FROM change WHERE step = ? ORDER BY id LIMIT 1"
    stamp = connection.execute(sql, (made.id,)).get
    if stamp is not None:
        sql = "UPDATE change_group SET at = ? WHERE id = ? AND at = ''"
        connection.execute(sql, (stamp, made.id))
        connection.execute("UPDATE change_group SET undone = 2 WHERE undone = 1")
        _MADE[connection] = made.id
    else:
        connection.execute("DELETE FROM change_group WHERE id = ?", (made.id,))


def note(connection: apsw.Connection, label: Label) -> None:
    """Record an event that is no step, such as a repair, within a transaction."""
    last = str(connection.execute("SELECT max(at) FROM change_group").get or "")
    moment, number = max((stamps.now_ms(), 0), stamps.following(last))
    sql = "INSERT INTO change_group (undone, verb, told, at) VALUES (3, ?, ?, ?)"
    at = f"{moment:013d}-{number:05d}-event"
    connection.execute(sql, (str(label.verb), _json(label), at))


def turn(connection: apsw.Connection, step: int, *, undone: bool) -> None:
    """Mark a step as undone or done, as the last one that was."""
    sql = f"UPDATE change_group SET undone = ?, turned = {_TURN} WHERE id = ?"
    connection.execute(sql, (int(undone), step))


@contextmanager
def step_about(
    database: Database, verb: Verb, ids: Sequence[int], **told: object
) -> Iterator[Making]:
    """Record an undo step about articles in a transaction of its own."""
    database.before_many(verb, ids.__len__)
    with (
        database.writing() as connection,
        step(connection, about(connection, verb, ids, **told)) as made,
    ):
        yield made


def set_field(
    database: Database,
    verb: Verb,
    ids: Sequence[int],
    told: tuple[str, object],
    report: Report = silent,
) -> int:
    """Set a field of articles to a value as an undo step; return how many changed."""
    database.before_many(verb, ids.__len__, report)
    with step_about(database, verb, ids) as made:
        return made.write(ids, *told, report)


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


def made_last(connection: apsw.Connection) -> int:
    """Return the id of the step that was recorded last through a connection, 0 if none was."""
    return _MADE.get(connection, 0)


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


def enter_new(connection: apsw.Connection, entered: Sequence[tuple[Any, ...]]) -> None:
    """Add rows as ``enter`` does, many at once, of entities that the log does not know yet."""
    connection.executemany(
        "INSERT INTO change (step, entity, field, old, new, stamp, device, seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entered,
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

"""Undo and redo: of the newest step, or of any other.

Undo takes the step that was made or redone last, Redo the one that was undone last, and a new step
leaves nothing to redo. Both revert a field only if it still has the value that the step wrote;
but a place that was left by starting again is brought back as long as none further is read.

Any other step can be undone too, as a selective undo (T. Berlage, "A selective undo mechanism for
graphical user interfaces based on command objects", 1994). It then is the step that Redo repeats
first; all others keep their order. An entity that a later step has changed again stays as it is:
a step with such entities is undone in part only if that is wanted, and is then split in two, so
that each step is either done or undone.
"""

import json
from typing import Any

import apsw

from reader.errors import LibraryError
from reader.library.history import changes, dependents, entities, listing
from reader.library.store.database import rows
from reader.progress import Report, silent
from reader.steps import Label, Step, Verb

_NEWEST = "undone = 0 ORDER BY turned DESC, id DESC"
_MARKED = (
    "SELECT DISTINCT article.id FROM change JOIN change AS known USING (entity) "
    "JOIN article ON article.uid = known.new WHERE change.step = ? AND known.field = 'article' "
    "AND entity > 'highlight/' AND entity < 'highlight0'"
)
_NEXT = "undone = 1 ORDER BY turned DESC, id ASC"


def undo(
    connection: apsw.Connection, report: Report = silent, step: int = 0, *, part: bool = False
) -> Step | None:
    """Undo a step, by default the newest; return it, None if there is none.

    Raises LibraryError if later changes depend on it; with ``part``, the rest is undone.
    """
    if step and step != _first(connection, _NEWEST):
        return _turn_other(connection, step, part, report, back=True)
    return _turn(connection, _NEWEST, back=True, report=report)


def redo(
    connection: apsw.Connection, report: Report = silent, step: int = 0, *, part: bool = False
) -> Step | None:
    """Redo a step, by default the one undone last; return it, None if there is none.

    Raises LibraryError as ``undo`` does.
    """
    if step and step != _first(connection, _NEXT):
        return _turn_other(connection, step, part, report, back=False)
    return _turn(connection, _NEXT, back=False, report=report)


def newest(connection: apsw.Connection, *, undone: bool = False) -> Step | None:
    """Return the step that undo would revert; with ``undone``, the one that redo would repeat."""
    return _step(connection, _NEXT if undone else _NEWEST)


def last_made(connection: apsw.Connection) -> Step | None:
    """Return the step that was recorded last through this connection."""
    return _step(connection, f"id = {changes.made_last(connection):d}")


def label(connection: apsw.Connection, *, undone: bool) -> Label | None:
    """Return the label of the next step to undo or redo; faster than ``newest``."""
    which = _NEXT if undone else _NEWEST
    sql = f"SELECT verb, told FROM change_group WHERE {which} LIMIT 1"
    found = connection.execute(sql).fetchone()
    return None if found is None else listing.label_of(*found)


def _first(connection: apsw.Connection, which: str) -> int | None:
    found = connection.execute(f"SELECT id FROM change_group WHERE {which} LIMIT 1").get
    return None if found is None else int(found)


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
    others = tuple(
        entity for article, entity in things if article is None and not _is_highlight(entity)
    )
    marked = {article: None for (article,) in rows(connection, _MARKED, (id,))}
    return Step(
        int(id), listing.label_of(verb, told), (*{**dict.fromkeys(articles), **marked},), others
    )


def _is_highlight(entity: str) -> bool:
    return entity.startswith("highlight/")


def _turn(connection: apsw.Connection, which: str, *, back: bool, report: Report) -> Step | None:
    step = _step(connection, which)
    if step is None:
        return None
    way = "DESC" if back else "ASC"
    sql = (
        "SELECT article.id, entity, field, old, new FROM change LEFT JOIN article ON uid = entity "
        f"WHERE step = ? ORDER BY change.id {way}"
    )
    for id, entity, field, old, new in changes.counted(rows(connection, sql, (step.id,)), report):
        was, wanted = (new, old) if back else (old, new)
        found = entities.find(connection, entity, field, id)
        if back and step.verb is Verb.START_AGAIN and field == "position":
            was = _place_now(connection, entity, was)
        if found and found.read(connection) == was and found.write(connection, wanted):
            changes.record(connection, None, entity, field, was, wanted)
    changes.turn(connection, step.id, undone=back)
    return step


def _place_now(connection: apsw.Connection, article: str, began: Any) -> Any:
    """Return the place of an article, or where it ``began`` if reading has come further."""
    furthest = entities.find(connection, article, "furthest")
    place = entities.find(connection, article, "position")
    is_behind = furthest is not None and furthest.read(connection)
    return place.read(connection) if place is not None and is_behind else began


# ---- steps out of their order


def _turn_other(
    connection: apsw.Connection, step: int, part: bool, report: Report, *, back: bool
) -> Step | None:
    entry = listing.entry(connection, step)
    if entry is None or not dependents.can_turn(entry, back=back):
        return None
    bound = dependents.bound(connection, step)
    if bound and not part:
        raise LibraryError(dependents.refusal(connection, entry))
    if bound:
        _split_off(connection, step, bound)
    return _turn(connection, f"id = {step:d}", back=back, report=report)


def _split_off(connection: apsw.Connection, step: int, bound: set[str]) -> None:
    """Move the changes of some entities of a step to a step of their own."""
    names = "undone, verb, told, at, turned"
    sql = f"INSERT INTO change_group ({names}) SELECT {names} FROM change_group WHERE id = ?"
    connection.execute(sql, (step,))
    other = connection.last_insert_rowid()
    sql = "UPDATE change SET step = ? WHERE step = ? AND entity IN (SELECT value FROM json_each(?))"
    connection.execute(sql, (other, step, json.dumps(sorted(bound))))
    for each in (step, other):
        _count_again(connection, each)


def _count_again(connection: apsw.Connection, step: int) -> None:
    """Correct the count in the label of a step, and name its article if it has only one."""
    made = _step(connection, f"id = {step:d}")
    if made is None or "count" not in made.label.told:
        return
    told = {**made.label.told, "count": made.size}
    if made.size == 1 and made.articles:
        told["title"] = changes.title_of(connection, made.articles[0])
    changes.Making(connection, step).name(Label(made.label.verb, told))

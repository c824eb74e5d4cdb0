"""The later changes that stand against undoing a step, or redoing it, out of its order.

An entity is free if each of its fields has the value that the step gave it, and no step that is
done has changed the field since. All that is read from the log, by the index of its fields.
"""

import apsw

from reader import step_phrases
from reader.library.history import listing
from reader.library.store.database import rows
from reader.steps import Dependents, Entry, Standing

_SHOWN = 20
_MINE = """
WITH mine AS MATERIALIZED (
    SELECT entity, field, min(id) AS first, max(id) AS last FROM change WHERE step = ?1
    GROUP BY entity, field
)
"""
_CHANGED = f"""{_MINE}
SELECT entity FROM (
    SELECT entity,
        (SELECT old FROM change WHERE id = first) AS old,
        (SELECT new FROM change WHERE id = last) AS new,
        (SELECT new FROM change WHERE change.entity = mine.entity AND change.field = mine.field
            ORDER BY stamp DESC LIMIT 1) AS now
    FROM mine
) GROUP BY entity HAVING sum(old <> new AND now <> iif(?2, old, new))
"""
_LATER = f"""{_MINE}
SELECT DISTINCT mine.entity, change.step FROM mine
CROSS JOIN change ON change.entity = mine.entity AND change.field = mine.field
CROSS JOIN change_group ON change_group.id = change.step
WHERE undone = 0 AND turned > (SELECT turned FROM change_group WHERE id = ?1) AND step <> ?1
"""


def of(connection: apsw.Connection, step: int) -> Dependents:
    """Return the later changes that depend on a step, if it is to be undone or redone."""
    sql = "SELECT DISTINCT entity FROM change WHERE step = ?"
    mine = {str(entity) for (entity,) in rows(connection, sql, (step,))}
    later, changed = _found(connection, step)
    ids = sorted({id for _, id in later}, reverse=True)
    shown = [listing.entry(connection, id) for id in ids[:_SHOWN]]
    others = changed - {entity for entity, _ in later}
    free = len(mine) - len(changed | {entity for entity, _ in later})
    entries = tuple(each for each in shown if each is not None)
    return Dependents(len(mine), free, entries, len(ids) - len(entries), len(others))


def bound(connection: apsw.Connection, step: int) -> set[str]:
    """Return the entities of a step that have changed since."""
    later, changed = _found(connection, step)
    return changed | {entity for entity, _ in later}


def can_turn(entry: Entry, *, back: bool) -> bool:
    """Return whether an entry is a step that is done, or undone if it is to be redone."""
    return entry.standing is (Standing.DONE if back else Standing.UNDONE)


def refusal(connection: apsw.Connection, entry: Entry) -> str:
    """Return a sentence on why a step cannot be turned wholly."""
    return step_phrases.refusal(entry, of(connection, entry.id))


def _found(connection: apsw.Connection, step: int) -> tuple[set[tuple[str, int]], set[str]]:
    """Return the entities with their later steps, and the entities with other values now."""
    sql = "SELECT undone > 0 FROM change_group WHERE id = ?"
    undone = bool(connection.execute(sql, (step,)).get)
    changed = {str(entity) for (entity,) in rows(connection, _CHANGED, (step, undone))}
    later = {(str(entity), int(id)) for entity, id in rows(connection, _LATER, (step,))}
    return later, changed

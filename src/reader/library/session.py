"""Reading sessions: articles from the queue that fit into a number of minutes."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from reader import phrases
from reader.library.library import Library
from reader.library.store import clock
from reader.model import FINISHED, SHELF_QUERIES, Query, Row, Sort, State

WAITED_DAYS = 30
_LOOKED_AT = 500
_OLDEST = 50
_ALSO = 12
_OLDEST_FIRST = Query(State.QUEUE, sort=Sort.ADDED, descending=False)


class Pick(NamedTuple):
    """The articles that fit, in reading order, and alternatives to them."""

    rows: tuple[Row, ...] = ()
    also: tuple[Row, ...] = ()


def minutes_of(row: Row) -> int:
    """Return the reading time of a row in minutes; for a begun article, of the rest."""
    return phrases.minutes_left(row.words, row.progress)


def pick(library: Library, minutes: int, now: datetime | None = None) -> Pick:
    """Fill the minutes with articles in queue order, skipping those too long for the time left.

    The first article that fits is chosen first. Then one that has waited for a month is chosen,
    so that no article is skipped for ever. Only the beginning of the queue is examined.
    """
    since = (now or datetime.now(UTC)) - timedelta(days=WAITED_DAYS)
    front = _fitting(library.rows(SHELF_QUERIES["queue"], limit=_LOOKED_AT), minutes)
    oldest = _fitting(library.rows(_OLDEST_FIRST, limit=_OLDEST), minutes)
    waited = [row for row in oldest if row.added_at < clock.text(int(since.timestamp()))]
    first = front[:1]
    room = minutes - sum(map(minutes_of, first))
    let_in = [row for row in waited if row not in first and minutes_of(row) <= room][:1]
    chosen = _filled([*dict.fromkeys([*first, *let_in, *front])], minutes)
    in_order = [row for row in front if row in chosen]
    also = [row for row in front if row not in chosen][:_ALSO]
    return Pick((*in_order, *(row for row in chosen if row not in in_order)), tuple(also))


def _fitting(rows: list[Row], minutes: int) -> list[Row]:
    return [row for row in rows if row.progress < FINISHED and 0 < minutes_of(row) <= minutes]


def _filled(rows: list[Row], minutes: int) -> list[Row]:
    """Return the rows that fit, taken greedily in order."""
    taken: list[Row] = []
    for row in rows:
        if minutes_of(row) <= minutes:
            taken.append(row)
            minutes -= minutes_of(row)
    return taken

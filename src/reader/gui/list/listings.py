"""What a list shows: the articles of a query in its order, or those that a question finds."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Protocol

from reader.errors import NoSuchArticle
from reader.library.library import Library
from reader.model import Mark, Query, Row

_STEP = 20_000  # rows from one milestone to the next: walking so far takes no time


class Listing(Protocol):
    """Articles in an order, a few at a time."""

    def count(self) -> int:
        """Return how many there are."""

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of them as rows."""

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of them."""

    def index_of(self, id: int) -> int | None:
        """Return where an article stands, None where it does not."""


class QueryListing:
    """The articles of a query; ``query`` says which.

    To come to the middle of a million rows an index must be walked to there. So it is walked
    from whatever is nearest: the beginning, the end, or rows that were shown before.
    """

    def __init__(self, library: Library, query: Query) -> None:
        self._library = library
        self.query = query
        self._backwards = query._replace(descending=not query.descending)
        self._count = 0
        self._marks: dict[int, int] = {}
        self._milestones: list[Mark] = []

    def count(self) -> int:
        """Return how many there are, from the tallies; what was known of places is forgotten."""
        self._marks.clear()
        self._milestones.clear()
        self._count = self._library.count(self.query)
        return self._count

    @property
    def is_large(self) -> bool:
        """Whether places in it should be known beforehand: see ``walk``."""
        return self._count > 2 * _STEP

    def walk(self) -> bool:
        """Walk on to the next milestone; False at the end. For when there is nothing else to do."""
        after = self._milestones[-1] if self._milestones else None
        found = self._library.ids(self.query, limit=1, offset=_STEP - 1, after=after)
        mark = self._library.mark(self.query, found[0]) if found else None
        if mark is None:
            return False
        self._milestones.append(mark)
        self._marks[len(self._milestones) * _STEP - 1] = mark.id
        return True

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of them as rows."""
        limit = min(limit, self._count - offset)
        end = offset + limit
        steps, mark = min([(offset, -1), *self._ahead(offset)])
        back, other = min([(self._count - end, self._count), *self._behind(end)])
        query, steps, place = (
            (self._backwards, back, other) if back < steps else (self.query, steps, mark)
        )
        after = self._mark(query, place)
        if after is None and place in self._marks:  # gone since
            self._marks.clear()
            return self.rows(offset, limit)
        rows = self._library.rows(query, offset=steps, limit=limit, after=after)
        if query is self._backwards:
            rows.reverse()
        if rows:
            self._marks[offset] = rows[0].id
            self._marks[offset + len(rows) - 1] = rows[-1].id
        return rows

    def _ahead(self, offset: int) -> list[tuple[int, int]]:
        """Return how many steps it is from each known row before, and where that one stands."""
        return [(offset - place - 1, place) for place in self._marks if place < offset]

    def _behind(self, end: int) -> list[tuple[int, int]]:
        """Return how many steps it is back from each known row behind, and where it stands."""
        return [(place - end, place) for place in self._marks if place >= end]

    def _mark(self, query: Query, place: int) -> Mark | None:
        id = self._marks.get(place)
        return None if id is None else self._library.mark(query, id)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of them."""
        return self._library.ids(self.query, offset=offset, limit=limit)

    def index_of(self, id: int) -> int | None:
        """Return where an article stands, None where it does not: from the milestone before it."""
        own = self._library.mark(self.query, id) if self._milestones else None
        if own is None:
            return self._library.index_of(self.query, id)
        falls = self.query.descending

        def is_not_before(each: Mark) -> bool:
            return each <= own if falls else each >= own

        passed = bisect_left(self._milestones, True, key=is_not_before)
        after = self._milestones[passed - 1] if passed else None
        found = self._library.index_of(self.query, id, after=after)
        return None if found is None else found + passed * _STEP


class SearchListing:
    """The articles that a question finds; ``ask`` gives their ids, the best first."""

    def __init__(self, library: Library, ask: Callable[[], Sequence[int]]) -> None:
        self._library = library
        self._ask = ask
        self.found = list(ask())
        self._is_fresh = True

    def count(self) -> int:
        """Return how many there are; asked once more, but the first time."""
        if not self._is_fresh:
            self.found = list(self._ask())
        self._is_fresh = False
        return len(self.found)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of them as rows; one that is gone by now is left out."""
        wanted = self.found[offset : offset + limit]
        try:
            return self._library.rows_of(wanted)
        except NoSuchArticle:
            return [row for id in wanted for row in self._row(id)]

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of them."""
        return self.found[offset : offset + limit]

    def index_of(self, id: int) -> int | None:
        """Return where an article stands, None where it does not."""
        return self.found.index(id) if id in self.found else None

    def _row(self, id: int) -> list[Row]:
        try:
            return self._library.rows_of([id])
        except NoSuchArticle:
            return []

"""The contents of a list: the articles of a query, or the results of a search."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Protocol

from reader.errors import NoSuchArticle
from reader.library.library import Library
from reader.library.store.collation import sort_key
from reader.model import Mark, Query, Row

_STEP = 20_000  # rows from one milestone to the next: skipping so many takes no time


class Listing(Protocol):
    """An ordered list of articles, read in parts."""

    def count(self) -> int:
        """Count the articles."""

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of the rows."""

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of the rows."""

    def index_of(self, id: int) -> int | None:
        """Return the index of an article, None if it is not listed."""

    def beginning(self, title: str, here: int, *, back: bool) -> int | None:
        """Return the next article whose title begins so, from an article on; None if none does.

        It goes on at the other end of the list.
        """


class QueryListing:
    """The articles of a query.

    To reach the middle of a million rows, SQLite must walk an index up to there. Therefore the
    walk starts from the nearest known row: the first, the last, or one read before.
    """

    def __init__(self, library: Library, query: Query) -> None:
        self._library = library
        self.query = query
        self._backwards = query._replace(descending=not query.descending)
        self._count = 0
        self._marks: dict[int, int] = {}
        self._milestones: list[Mark] = []

    def count(self) -> int:
        """Count the articles, and forget the known positions."""
        self._marks.clear()
        self._milestones.clear()
        self._count = self._library.count(self.query)
        return self._count

    @property
    def is_large(self) -> bool:
        """Whether positions should be indexed in advance; see ``walk``."""
        return self._count > 2 * _STEP

    def walk(self) -> bool:
        """Index the next milestone while idle; return False at the end."""
        after = self._milestones[-1] if self._milestones else None
        ids = self._library.ids(self.query, limit=1, offset=_STEP - 1, after=after)
        mark = self._library.mark(self.query, ids[0]) if ids else None
        if mark is None:
            return False
        self._milestones.append(mark)
        self._marks[len(self._milestones) * _STEP - 1] = mark.id
        return True

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of the rows."""
        limit = min(limit, self._count - offset)
        end = offset + limit
        steps, mark = min([(offset, -1), *self._ahead(offset)])
        back, other = min([(self._count - end, self._count), *self._behind(end)])
        query, steps, place = (
            (self._backwards, back, other) if back < steps else (self.query, steps, mark)
        )
        after = self._mark(query, place)
        if after is None and place in self._marks:  # deleted in the meantime
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
        """Return the distance from each known row before an offset, and the index of that row."""
        return [(offset - place - 1, place) for place in self._marks if place < offset]

    def _behind(self, end: int) -> list[tuple[int, int]]:
        """Return the distance back from each known row behind an end, and the index of that row."""
        return [(place - end, place) for place in self._marks if place >= end]

    def _mark(self, query: Query, place: int) -> Mark | None:
        id = self._marks.get(place)
        return None if id is None else self._library.mark(query, id)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of the rows."""
        return self._library.ids(self.query, offset=offset, limit=limit)

    def index_of(self, id: int) -> int | None:
        """Return the index of an article, counting from a milestone; None if it is not listed."""
        own = self._library.mark(self.query, id) if self._milestones else None
        if own is None:
            return self._library.index_of(self.query, id)
        falls = self.query.descending

        def is_not_before(mark: Mark) -> bool:
            return mark <= own if falls else mark >= own

        passed = bisect_left(self._milestones, True, key=is_not_before)
        after = self._milestones[passed - 1] if passed else None
        index = self._library.index_of(self.query, id, after=after)
        return None if index is None else index + passed * _STEP

    def beginning(self, title: str, here: int, *, back: bool) -> int | None:
        """Return the next article whose title begins so, from an article on; None if none does."""
        if not sort_key(title):
            return None
        query = (self._backwards if back else self.query)._replace(beginning=title)
        after = self._library.mark(query, here)
        found = self._library.ids(query, limit=1, after=after) if after else []
        return next(iter(found or self._library.ids(query, limit=1)), None)


class SearchListing:
    """The results of a search; ``search`` returns their ids, the best first."""

    def __init__(self, library: Library, search: Callable[[], Sequence[int]]) -> None:
        self._library = library
        self._search = search
        self.results = list(search())
        self._is_fresh = True

    def count(self) -> int:
        """Count the results; search again, except the first time."""
        if not self._is_fresh:
            self.results = list(self._search())
        self._is_fresh = False
        return len(self.results)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of the rows, without articles deleted in the meantime."""
        wanted = self.results[offset : offset + limit]
        try:
            return self._library.rows_of(wanted)
        except NoSuchArticle:
            return [row for id in wanted for row in self._row(id)]

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of the rows."""
        return self.results[offset : offset + limit]

    def index_of(self, id: int) -> int | None:
        """Return the index of an article, None if it is not listed."""
        return self.results.index(id) if id in self.results else None

    def beginning(self, title: str, here: int, *, back: bool) -> int | None:
        """Return the next article whose title begins so, from an article on; None if none does."""
        key = sort_key(title)
        rows = self.rows(0, len(self.results)) if key else []
        found = [row.id for row in rows if sort_key(row.title).startswith(key)]
        place = self.index_of(here)
        if back:
            found.reverse()
        way = -1 if back else 1
        beyond = [id for id in found if place is not None and way * (self._at(id) - place) > 0]
        return next(iter(beyond or found), None)

    def _at(self, id: int) -> int:
        return self.results.index(id)

    def _row(self, id: int) -> list[Row]:
        try:
            return self._library.rows_of([id])
        except NoSuchArticle:
            return []

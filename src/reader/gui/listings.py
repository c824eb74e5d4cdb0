"""What a list shows: the articles of a query in its order, or those that a question finds."""

from collections.abc import Callable, Sequence
from typing import Protocol

from reader.errors import NoSuchArticle
from reader.library.library import Library
from reader.model import Query, Row


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


class OfQuery:
    """The articles of a query; ``query`` says which."""

    def __init__(self, library: Library, query: Query) -> None:
        self._library = library
        self.query = query

    def count(self) -> int:
        """Return how many there are, from the tallies."""
        return self._library.count(self.query)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return some of them as rows."""
        return self._library.rows(self.query, offset=offset, limit=limit)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids of some of them."""
        return self._library.ids(self.query, offset=offset, limit=limit)

    def index_of(self, id: int) -> int | None:
        """Return where an article stands, None where it does not."""
        return self._library.index_of(self.query, id)


class OfQuestion:
    """The articles that a question finds; ``ask`` gives their ids, the best first."""

    def __init__(self, library: Library, ask: Callable[[], Sequence[int]]) -> None:
        self._library = library
        self._ask = ask
        self.found = list(ask())

    def count(self) -> int:
        """Ask once more, and return how many there are."""
        self.found = list(self._ask())
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

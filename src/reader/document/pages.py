"""The pages of a document on the screen, cut at good places, found one after the other."""

import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reader.document.build import Document
from reader.document.cuts import parts_of
from reader.document.table_cuts import Cut, Rows

_FILLED = 0.5  # of a page, that a good place has to fill, or any place is taken
_NEAR = 0.01


class Page(NamedTuple):
    """A part of the document between two heights in pixels."""

    top: float
    bottom: float


class _Place(NamedTuple):
    """A cut, and the position of the block or table that it is above or in."""

    cut: Cut
    position: int


class Pages:
    """Cuts a document into pages of a height, as far as it is asked for.

    A document that still grows has no last page: one is only known once its text goes on below it.
    A change of the layout needs new pages.
    """

    def __init__(self, document: Document, high: float) -> None:
        self.high = max(1.0, high)
        self.complete = False
        self._document = document
        self._found: list[Page] = []
        self._pending: list[_Place] = []
        self._top = 0.0
        self._start = 0
        self._written = (-1, False)
        self._cuts: Iterator[_Place] = iter(())

    def __len__(self) -> int:
        """Return the number of pages that are known."""
        return len(self._found)

    def page(self, number: int) -> Page:
        """Return a page; behind the last one, that one."""
        while len(self._found) <= number and self._find_next():
            pass
        if not self._found:
            return Page(self._top, self._top + self.high)
        return self._found[max(0, min(number, len(self._found) - 1))]

    def number_at(self, y: float) -> int:
        """Return the number of the page with a line at a height, counted from 0."""
        while (not self._found or self._found[-1].bottom <= y) and self._find_next():
            pass
        return max(0, bisect_right(self._found, y + _NEAR, key=lambda page: page.top) - 1)

    def find_for(self, seconds: float) -> bool:
        """Find pages for some seconds; return whether all are known or the text has to grow."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            if not self._find_next():
                return True
        return self.complete

    # ---- finding

    def _find_next(self) -> bool:
        """Find another page, as far as the document is written."""
        if self.complete:
            return False
        written = self._document.characterCount(), self._document.complete
        if written != self._written:  # a cut below the last block was not one
            self._written, self._pending = written, []
            self._cuts = self._cuts_below()
        for place in self._cuts:
            if place.cut.y > self._top + self.high + _NEAR:
                self._end_pages(place)
                return True
            self._pending.append(place)
        if not self._document.complete:
            return False
        bottom = self._pending[-1].cut.y if self._pending else self._top + 1
        if self._pending or not self._found:
            self._found.append(Page(self._top, bottom))
        self.complete = True
        return True

    def _cuts_below(self) -> Iterator[_Place]:
        """Yield the cuts below the top of the next page, in order."""
        lowest, document = self._top + _NEAR, self._document
        last = document.lastBlock().position() if not document.complete else -1
        bottom, position = 0.0, self._start
        for part in parts_of(document, Rows(document), self._start):
            position = part.position
            if position == last:  # it may change with the next one
                return
            for cut in part.cuts:
                if cut.y > lowest:
                    lowest = cut.y
                    yield _Place(cut, position)
            bottom = part.bottom
        if bottom > lowest and document.complete:
            yield _Place(Cut(bottom, bottom), position)

    def _end_pages(self, beyond: _Place) -> None:
        """End a page, or several, above a cut that is beyond it."""
        while beyond.cut.y > self._top + self.high + _NEAR:
            end = self._best()
            if end is None:  # a single box is higher than a page
                bottom = self._top + self.high
                end = _Place(Cut(bottom, bottom), self._start)
            self._found.append(Page(self._top, end.cut.y))
            self._top, self._start = end.cut.start, end.position
            self._pending = [each for each in self._pending if each.cut.y > end.cut.y + _NEAR]
        self._pending.append(beyond)

    def _best(self) -> _Place | None:
        good = next((each for each in reversed(self._pending) if each.cut.good), None)
        if good is not None and good.cut.y - self._top >= _FILLED * self.high:
            return good
        return self._pending[-1] if self._pending else None

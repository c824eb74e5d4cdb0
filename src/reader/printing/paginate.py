"""Page breaks: never through a line, a picture or a row, and rarely at a bad place.

A document laid out as one endless column is cut at the last good place that fits. Good places do
not separate a heading from its text, a caption from its picture or the head of a table from its
rows, and leave no single line of a paragraph alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextTable

from reader.document.build import Document
from reader.document.cuts import parts_of, text_of
from reader.document.table_cuts import Cut, Rows, Span
from reader.document.tables import FittedTable

_STEP = 200  # blocks between two yields


class Heading(NamedTuple):
    """A heading of the text: its level, its text, and its position."""

    level: int
    text: str
    y: float


class Slice(NamedTuple):
    """A part of a document in a column of a page; ``head`` rows are repeated above it.

    ``scale`` is less than 1 for a picture that is shrunk to fit.
    """

    top: float
    bottom: float
    head: Span | None = None
    scale: float = 1.0

    @property
    def height(self) -> float:
        """Return the height of the slice on the page."""
        return (self.bottom - self.top) * self.scale + self.shift

    @property
    def shift(self) -> float:
        """Return the height of the repeated rows."""
        return self.head[1] - self.head[0] if self.head else 0.0


class _Part(NamedTuple):
    """A block or a table of a galley: its top, and the position of its first character."""

    top: float
    position: int
    is_table: bool = False


class Galley:
    """A document laid out without page breaks, and the places at which it can be cut.

    Between two of the ``cuts`` is a box: a line, a picture, or a row of a table. Box ``n``
    goes from ``cuts[n].start`` to ``cuts[n + 1].y``.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.begin = 0.0
        self.end = 0.0
        self.headings: list[Heading] = []
        self.cuts: list[Cut] = []
        self.rows = Rows(document)
        self._parts: list[_Part] = []

    def measure(self) -> Iterator[None]:
        """Find the places, yielding regularly so that other work can go on."""
        cuts: list[Cut] = []
        for number, cut in enumerate(self._measured()):
            cuts.append(cut)
            if number % _STEP == 0:
                yield
        self.cuts = sorted(cuts, key=lambda cut: cut.y)
        self.begin, self.end = cuts[0].start, self.cuts[-1].y

    @property
    def opening(self) -> float:
        """The height of the least that can stand in the first column."""
        return next((cut.y for cut in self.cuts[1:] if cut.good), self.end) - self.begin

    def box_at(self, y: float) -> int:
        """Return the number of the box at a height."""
        number = bisect_right(self.cuts, y, key=lambda cut: cut.start) - 1
        return max(0, min(number, len(self.cuts) - 2))

    def headings_between(self, top: float, bottom: float) -> list[Heading]:
        """Return the headings between two heights."""
        ends = [bisect_left(self.headings, y, key=lambda each: each.y) for y in (top, bottom)]
        return self.headings[ends[0] : ends[1]]

    def parts_between(self, top: float, bottom: float) -> Iterator[QTextBlock | QTextTable]:
        """Yield the blocks and tables between two heights, and perhaps the one before."""
        first = bisect_right(self._parts, top, key=lambda each: each.top) - 2
        for number in range(max(0, first), len(self._parts)):
            part = self._parts[number]
            if part.top >= bottom:
                return
            if part.is_table:
                table = self.document.frameAt(part.position)
                assert isinstance(table, QTextTable)
                yield table
            else:
                yield self.document.findBlock(part.position)

    def _part_of(self, table: QTextTable) -> _Part:
        return _Part(self.rows.edges(table)[0], table.firstPosition(), is_table=True)

    def _measured(self) -> Iterator[Cut]:
        bottom = 0.0
        for part in parts_of(self.document, self.rows):
            bottom = part.bottom
            if isinstance(part.item, FittedTable):
                self._parts += map(self._part_of, part.item.portions)
            else:
                self._parts.append(_Part(part.top, part.item.position()))
                if level := part.item.blockFormat().headingLevel():
                    self.headings.append(Heading(level, text_of(part.item), part.top))
            yield from part.cuts
        yield Cut(bottom, bottom)

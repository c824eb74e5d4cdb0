"""Page breaks in tables: between rows, or between the lines of rows that are very high.

Rows that a cell spans are kept together, as are the head and the first row. Only where that is
higher than a good part of a page, it may be cut: between its rows if no line of the cells that span
them is there, else between lines.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextTable, QTextTableCell

from reader.document.build import Document
from reader.document.column_widths import Way
from reader.document.tables import FittedTable

_TALL_EM = 24.0  # rows that belong together and are higher may be cut
_HIGHEST_HEAD = 0.5  # of the page, above which the head is not repeated

_LEADING = 0.15  # of a line, above and below its letters

Span = tuple[float, float]


class Cut(NamedTuple):
    """A possible end of a column: at ``y``, and the next one begins at ``start``.

    ``head`` are the rows that are repeated at the beginning of the next one. The space between
    ``y`` and ``start`` may grow a little if it ``stretches``. ``figure`` is the number of boxes of
    a picture with its caption that begins there and may float, or of a table that is turned, 0 if
    none does. ``way`` is the way in which the part that begins there stands on its page.
    """

    y: float
    start: float
    good: bool = True
    head: Span | None = None
    stretches: bool = False
    figure: int = 0
    way: Way = Way.COLUMN

    @property
    def gap(self) -> float:
        """Return the space between the parts that end and begin there."""
        return self.start - self.y


class Rows:
    """The edges of the rows of tables in a document, each measured once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._edges: dict[int, list[float]] = {}

    def edges(self, table: QTextTable) -> list[float]:
        """Return the top of each row, with its padding, and the bottom of the last one."""
        key = table.firstPosition()
        if key not in self._edges:
            self._edges[key] = row_tops(self._document, table)
        return self._edges[key]


def row_tops(document: Document, table: QTextTable) -> list[float]:
    """Return the top of each row, with its padding, and the bottom of the last one."""
    layout = document.documentLayout()
    padding = table.format().cellPadding() * document.scale
    edges: list[float] = []
    for row in range(table.rows()):
        cells = (table.cellAt(row, column) for column in range(table.columns()))
        first = next((cell for cell in cells if cell.row() == row), None)
        if first is None:
            edges.append(edges[-1])  # all of the row belongs to cells from above
        else:
            block = first.firstCursorPosition().block()
            edges.append(layout.blockBoundingRect(block).top() - padding)
    return [*edges, table_bottom(document, table)]


def table_bottom(document: Document, table: QTextTable) -> float:
    """Return the bottom of the last row; Qt's own value is unreliable about margins."""
    layout, last = document.documentLayout(), table.rows() - 1
    cells = [table.cellAt(last, column) for column in range(table.columns())]
    bottoms = [
        layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom() for cell in cells
    ]
    return max(bottoms) + table.format().cellPadding() * document.scale


def tables_of(document: Document) -> dict[int, FittedTable]:
    """Return the tables of a document by their first positions."""
    return {table.portions[0].firstPosition(): table for table in document.tables}


def table_cuts(
    document: Document, table: FittedTable, rows: Rows, *, good: bool, bottom: float
) -> Iterator[Cut]:
    """Yield the places above a table and in it; ``good`` is for the one above it.

    ``bottom`` is the bottom of the block before the table.
    """
    cuts = _TableCuts(document, table, rows)
    top, way = cuts.tops[0], table.fit.way
    yield Cut(min(bottom, top), top, good, stretches=True, way=way)
    yield from cuts.inside()


class _TableCuts:
    """The cuts in one table, over all portions of it."""

    def __init__(self, document: Document, table: FittedTable, rows: Rows) -> None:
        self._document = document
        self._table = table
        self.tops: list[float] = []
        for portion in table.portions:
            self.tops += rows.edges(portion)[:-1]
        self._bottom = rows.edges(table.portions[-1])[-1]
        self._count = table.head if table.head < len(self.tops) else 0
        page = _page(document, table.fit.way)
        self._tall = min(_TALL_EM * document.formats.em * document.scale, page / 2)
        self._head = self._repeated(page)

    def _repeated(self, page: float) -> Span | None:
        """Return the rows of the head if they are repeated on each page."""
        if not self._count:
            return None
        top, below = self.tops[0], self.tops[self._count]
        return (top, below) if below - top <= _HIGHEST_HEAD * page else None

    def inside(self) -> Iterator[Cut]:
        """Yield the cuts below the top of the table."""
        ends = [*self.tops, self._bottom]
        for first, after in pairwise([*self._table.grid.groups(), len(self.tops)]):
            if first:  # the head is kept with the first rows below it
                yield self._cut(ends[first], good=first > self._table.head)
            if ends[after] - ends[first] > self._tall:
                yield from self._in_group(first, after)

    def _in_group(self, first: int, after: int) -> Iterator[Cut]:
        """Yield the cuts in rows that belong together, but are too high."""
        clear = _clear(self._lines(first, after))
        top, *edges, bottom = [*self.tops, self._bottom][first : after + 1]
        whole = [edge for edge in edges if any(_is_in(edge, space) for space in clear)]
        for start, end in pairwise([top, *whole, bottom]):
            if start > top:
                yield self._cut(start)
            if end - start > self._tall:
                yield from self._between_lines(start, end, clear)

    def _between_lines(self, start: float, end: float, clear: Sequence[Span]) -> Iterator[Cut]:
        places = [(low + high) / 2 for low, high in clear]
        inside = [y for y in places if start + 1 < y < end - 1]
        yield from map(self._cut, inside)

    def _lines(self, first: int, after: int) -> list[Span]:
        """Return the top and bottom of the lines of all cells that begin in some rows."""
        layout, spans = self._document.documentLayout(), list[Span]()
        for table, row in map(self._table.place_of, range(first, after)):
            for block in blocks_of_rows(table, row, row + 1):
                spans += line_spans(block, layout.blockBoundingRect(block).top())
        return sorted(spans)

    def _cut(self, y: float, *, good: bool = True) -> Cut:
        inside_head = self._head is not None and y < self._head[1] + 0.5
        head = None if inside_head else self._head
        return Cut(y, y, good, head, way=self._table.fit.way)


def _page(document: Document, way: Way) -> float:
    """Return the height of the page on which a table stands, infinite if it is not on paper."""
    room = document.room
    if not room.turned:
        return float("inf")
    return (room.page if way is Way.TURNED else room.turned) * room.scale


def _clear(lines: Sequence[Span]) -> list[Span]:
    """Return the spaces between lines: from the bottom of the letters to the top of the next."""
    spaces, bottom = list[Span](), float("inf")
    for top, end in (_without_leading(line) for line in lines):
        if top >= bottom - 0.01:
            spaces.append((bottom, top))
        bottom = end if bottom == float("inf") else max(bottom, end)
    return spaces


def _without_leading(line: Span) -> Span:
    leading = _LEADING * (line[1] - line[0])
    return line[0] + leading, line[1] - leading


def _is_in(y: float, space: Span) -> bool:
    return space[0] - 0.01 <= y <= space[1] + 0.01


def blocks_of_rows(table: QTextTable, first: int, after: int) -> Iterator[QTextBlock]:
    """Yield the blocks of the cells that begin in some rows."""
    for row in range(first, after):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) == (row, column):
                yield from blocks_of(cell)


def blocks_of(cell: QTextTableCell) -> Iterator[QTextBlock]:
    """Yield the blocks in a cell."""
    block, end = cell.firstCursorPosition().block(), cell.lastPosition()
    while block.isValid() and block.position() <= end:
        yield block
        block = block.next()


def line_spans(block: QTextBlock, top: float) -> list[Span]:
    """Return the top and bottom of each line of a block, without overlaps."""
    lines = [block.layout().lineAt(index) for index in range(block.layout().lineCount())]
    ends = [line.y() for line in lines[1:]] + [line.y() + line.height() for line in lines[-1:]]
    return [(top + line.y(), top + end) for line, end in zip(lines, ends, strict=True)]

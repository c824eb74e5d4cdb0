"""Page breaks in tables: between rows, or between lines in a row that is higher than a page."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextTable

from reader.document.build import Document

Span = tuple[float, float]


class Cut(NamedTuple):
    """A place where a column can end: at ``y``, and the next one begins at ``start``.

    ``head`` are the rows that are repeated at the beginning of the next one.
    """

    y: float
    start: float
    good: bool = True
    head: Span | None = None


def table_cuts(
    document: Document, table: QTextTable, *, good: bool, bottom: float
) -> Iterator[Cut]:
    """Yield the places above a table and between its rows; ``good`` is for the one above it.

    ``bottom`` is the bottom of what is before the table.
    """
    tops = row_tops(document, table)[:-1]
    count = table.format().headerRowCount()
    head = (tops[0], tops[count]) if 0 < count < len(tops) else None
    yield Cut(min(bottom, tops[0]), tops[0], good)
    for row in range(1, len(tops)):
        if not _is_spanned(table, row):
            yield Cut(tops[row], tops[row], row > count, head if row > count else None)


def row_tops(document: Document, table: QTextTable) -> list[float]:
    """Return the top of each row, with its padding, and the bottom of the last one."""
    layout = document.documentLayout()
    padding = table.format().cellPadding() * document.scale
    edges: list[float] = []
    for row in range(table.rows()):
        cells = [table.cellAt(row, column) for column in range(table.columns())]
        tops = [
            layout.blockBoundingRect(cell.firstCursorPosition().block()).top()
            for cell in cells
            if cell.row() == row
        ]
        edges.append(min(tops) - padding if tops else edges[-1])
    return [*edges, table_bottom(document, table)]


def table_bottom(document: Document, table: QTextTable) -> float:
    """Return the bottom of the last row; Qt's own value is unreliable about margins."""
    layout, last = document.documentLayout(), table.rows() - 1
    cells = [table.cellAt(last, column) for column in range(table.columns())]
    bottoms = [
        layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom() for cell in cells
    ]
    return max(bottoms) + table.format().cellPadding() * document.scale


def _is_spanned(table: QTextTable, row: int) -> bool:
    return any(table.cellAt(row, column).row() < row for column in range(table.columns()))


def lines_in_tables(document: Document) -> list[Span]:
    """Return the top and bottom of each line in the tables of a document, in order."""
    spans: list[Span] = []
    layout = document.documentLayout()
    for table in tables_of(document).values():
        block = document.findBlock(table.firstPosition())
        while block.isValid() and block.position() <= table.lastPosition():
            spans += line_spans(block, layout.blockBoundingRect(block).top())
            block = block.next()
    return sorted(spans)


def line_spans(block: QTextBlock, top: float) -> list[Span]:
    """Return the top and bottom of each line of a block, without overlaps."""
    lines = [block.layout().lineAt(index) for index in range(block.layout().lineCount())]
    ends = [line.y() for line in lines[1:]] + [line.y() + line.height() for line in lines[-1:]]
    return [(top + line.y(), top + end) for line, end in zip(lines, ends, strict=True)]


def tables_of(document: Document) -> dict[int, QTextTable]:
    """Return the tables of a document by their first positions."""
    frames = document.rootFrame().childFrames()
    return {frame.firstPosition(): frame for frame in frames if isinstance(frame, QTextTable)}

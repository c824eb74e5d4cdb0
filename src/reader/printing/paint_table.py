"""Paint the grounds and lines of tables."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QTextBlock, QTextTable, QTextTableCell

from reader.document.build import Document
from reader.document.table_cuts import Rows, blocks_of


def blocks_between(
    rows: Rows, table: QTextTable, top: float, bottom: float
) -> Iterator[QTextBlock]:
    """Yield the blocks in the cells of a table that may have lines between two heights."""
    for cell in cells_between(rows, table, top, bottom):
        yield from blocks_of(cell)


def cells_between(
    rows: Rows, table: QTextTable, top: float, bottom: float
) -> Iterator[QTextTableCell]:
    """Yield the cells of a table between two heights, also those that go on from above."""
    first = True
    for row, (above, below) in enumerate(pairwise(rows.edges(table))):
        if below <= top + 0.5 or above >= bottom - 0.5:
            continue
        column = 0
        while column < table.columns():
            cell = table.cellAt(row, column)
            column = cell.column() + cell.columnSpan()
            if first or cell.row() == row:
                yield cell
        first = False


def paint_cells(
    painter: QPainter, document: Document, rows: Rows, table: QTextTable, clip: QRectF
) -> None:
    """Paint the grounds and lines of the cells between the top and the bottom of ``clip``."""
    for area, look in _strips(document, rows, table, clip):
        if look.ground:
            painter.fillRect(area, look.ground)
        line = look.line * document.scale
        painter.fillRect(QRectF(area.left(), area.bottom() - line, area.width(), line), look.colour)


class _Look(NamedTuple):
    """The ground of a cell, if it has one, and the width and colour of the line below it."""

    ground: QBrush | None
    line: float
    colour: QBrush


def _strips(
    document: Document, rows: Rows, table: QTextTable, clip: QRectF
) -> Iterator[tuple[QRectF, _Look]]:
    """Yield the areas of cells; neighbours in a row that look alike are one."""
    edges, sides, looks = rows.edges(table), _Sides(document, table), dict[int, _Look]()
    area, before = QRectF(), None
    for cell in cells_between(rows, table, clip.top(), clip.bottom()):
        number = cell.tableCellFormatIndex()
        look = looks.get(number) or looks.setdefault(number, _look(cell))
        top, low = edges[cell.row()], edges[min(cell.row() + cell.rowSpan(), len(edges) - 1)]
        left, right = sides.of(cell)
        if (
            look is before
            and (top, low) == (area.top(), area.bottom())
            and abs(left - area.right()) < 1
        ):
            area.setRight(right)
            continue
        if before is not None:
            yield area, before
        area, before = QRectF(left, top, right - left, low - top), look
    if before is not None:
        yield area, before


def _look(cell: QTextTableCell) -> _Look:
    form = cell.format().toTableCellFormat()
    ground = form.background()
    has_ground = ground.style() is not Qt.BrushStyle.NoBrush
    return _Look(ground if has_ground else None, form.bottomBorder(), form.bottomBorderBrush())


class _Sides:
    """The left and right edges of the columns of a table, each measured once."""

    def __init__(self, document: Document, table: QTextTable) -> None:
        self._layout = document.documentLayout()
        self._padding = table.format().cellPadding() * document.scale
        self._known: dict[tuple[int, int], tuple[float, float]] = {}

    def of(self, cell: QTextTableCell) -> tuple[float, float]:
        """Return the left and the right edge of a cell."""
        key = cell.column(), cell.columnSpan()
        if key not in self._known:
            inner = self._layout.blockBoundingRect(cell.firstCursorPosition().block())
            self._known[key] = inner.left() - self._padding, inner.right() + self._padding
        return self._known[key]

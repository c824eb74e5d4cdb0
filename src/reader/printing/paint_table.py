"""Paint the grounds and lines of tables."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextTable, QTextTableCell

from reader.document.build import Document
from reader.printing.table_cuts import Rows, blocks_of


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
    edges = rows.edges(table)
    for cell in cells_between(rows, table, clip.top(), clip.bottom()):
        low = edges[min(cell.row() + cell.rowSpan(), len(edges) - 1)]
        _paint_cell(painter, document, table, cell, (edges[cell.row()], low))


def _paint_cell(
    painter: QPainter,
    document: Document,
    table: QTextTable,
    cell: QTextTableCell,
    edges: tuple[float, float],
) -> None:
    """Paint the background of a cell and the line below it."""
    form, scale = cell.format().toTableCellFormat(), document.scale
    padding = table.format().cellPadding() * scale
    inner = document.documentLayout().blockBoundingRect(cell.firstCursorPosition().block())
    outer = QRectF(
        inner.left() - padding, edges[0], inner.width() + 2 * padding, edges[1] - edges[0]
    )
    if form.background().style() is not Qt.BrushStyle.NoBrush:
        painter.fillRect(outer, form.background())
    line = form.bottomBorder() * scale
    painter.fillRect(
        QRectF(outer.left(), outer.bottom() - line, outer.width(), line), form.bottomBorderBrush()
    )

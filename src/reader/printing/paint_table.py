"""Paint the grounds and lines of tables."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextTable, QTextTableCell

from reader.document.build import Document
from reader.printing.table_cuts import row_tops


def blocks_of(document: Document, table: QTextTable) -> Iterator[QTextBlock]:
    """Yield the blocks in the cells of a table."""
    block, end = document.findBlock(table.firstPosition()), table.lastPosition()
    while block.isValid() and block.position() <= end:
        yield block
        block = block.next()


def paint_cells(
    painter: QPainter, document: Document, table: QTextTable, top: float, bottom: float
) -> None:
    """Paint the backgrounds and lines of the cells between two heights."""
    edges = row_tops(document, table)
    if edges[0] >= bottom or edges[-1] <= top:
        return
    for row, (above, below) in enumerate(pairwise(edges)):
        if below <= top + 0.5 or above >= bottom - 0.5:
            continue
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if cell.row() == row and cell.column() == column:
                low = edges[min(row + cell.rowSpan(), len(edges) - 1)]
                _paint_cell(painter, document, table, cell, (above, low))


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

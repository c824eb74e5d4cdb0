"""Tables of a document, inserted a portion of rows at a time."""

from collections.abc import Callable, Generator

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextLength, QTextTable, QTextTableCell

from reader.body.blocks import Cell, Table, Text
from reader.document.formats import Formats

_SAMPLE = 200
_LONGEST_WORD, _LONGEST_TEXT = 24, 60
_NARROW = 0.75  # a window may give less than the measure
TABLE_PORTION = 150
"""The number of rows in one Qt table: Qt lays out tables in more than linear time."""

WriteCell = Callable[[QTextCursor, Cell, int, float, bool], None]

_SIDES = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}


def insert_rows(
    cursor: QTextCursor,
    block: Table,
    start: int,
    formats: Formats,
    indent: int,
    write: WriteCell,
) -> Generator[None, None, QTextTable]:
    """Insert a portion of the rows from ``start`` on and return the table.

    ``cursor`` is after the table afterwards.
    """
    columns = max(1, *(sum(cell.columns for cell in row) for row in block.rows))
    rows = block.rows[start : start + TABLE_PORTION]
    form = formats.table(max(0, min(block.head - start, len(rows))), indent)
    widths = _widths(block, columns, formats.look.measure)
    percent = QTextLength.Type.PercentageLength
    form.setColumnWidthConstraints([QTextLength(percent, 100 * width) for width in widths])
    form.setTopMargin(0.5 * formats.em if start == 0 else 0)
    form.setBottomMargin(formats.em if start + TABLE_PORTION >= len(block.rows) else 0)
    table = cursor.insertTable(len(rows), columns, form)
    filling = _Filling(table, widths, formats, write)
    for number, row in enumerate(rows):
        filling.row(number, row, striped=(start + number) % 2 == 1)
        if number % 10 == 0:
            yield
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return table


def _widths(block: Table, columns: int, measure: int) -> list[float]:
    """Return the share of the width for each column: its longest word first, then its text.

    By itself Qt would break words to make all columns equal. The width of a letter allows for bold
    type and the margins of the cell.
    """
    words, texts = [4.0] * columns, [4.0] * columns
    for row in block.rows[:_SAMPLE]:
        if len(row) == columns:
            for column, cell in enumerate(row):
                letters = "".join(run.text for run in cell.runs if isinstance(run, Text))
                longest = max(map(len, letters.split()), default=0)
                words[column] = max(words[column], min(1.3 * longest + 3, _LONGEST_WORD))
                texts[column] = max(texts[column], min(len(letters) + 2, _LONGEST_TEXT))
    room = max(0, _NARROW * measure - sum(words))
    # The text of a column with one word is shorter than the estimate: it needs nothing more.
    wishes = [max(0.0, text - word) for text, word in zip(texts, words, strict=True)]
    more = min(1.0, room / (sum(wishes) or 1))
    wide = [word + more * wish for word, wish in zip(words, wishes, strict=True)]
    return [width / sum(wide) for width in wide]


class _Filling:
    def __init__(
        self, table: QTextTable, widths: list[float], formats: Formats, write: WriteCell
    ) -> None:
        self._table = table
        self._widths = widths
        self._formats = formats
        self._write = write
        self._head = table.format().headerRowCount()
        self._taken: set[tuple[int, int]] = set()
        self._last: QTextTableCell | None = None

    def row(self, number: int, row: tuple[Cell, ...], *, striped: bool) -> None:
        column, columns = 0, self._table.columns()
        in_head = number < self._head
        for cell in row:
            while (number, column) in self._taken:
                column += 1
            if column >= columns:
                self._join(cell, columns, in_head)
                continue
            wide = self._merged(number, column, cell)
            self._last = place = self._table.cellAt(number, column)
            place.setFormat(self._formats.cell(head=in_head, striped=striped and not in_head))
            cursor = place.firstCursorPosition()
            form = self._formats.block(below=0)
            self._formats.set_leading(form, self._formats.look.font, 1.35)
            form.setAlignment(_SIDES.get(cell.align, Qt.AlignmentFlag.AlignLeft))
            cursor.setBlockFormat(form)
            share = sum(self._widths[column : column + wide])
            self._write(cursor, cell, columns, share, in_head)
            column += wide

    def _join(self, cell: Cell, columns: int, in_head: bool) -> None:
        """Append a cell without a free column to the previous one, so that no word is lost."""
        if self._last is not None:
            joined = cell._replace(runs=(Text(" ", added=True), *cell.runs))
            self._write(self._last.lastCursorPosition(), joined, columns, 1.0, in_head)

    def _merged(self, number: int, column: int, cell: Cell) -> int:
        table = self._table
        wide = self._free(number, column, min(cell.columns, table.columns() - column))
        high = min(cell.rows, table.rows() - number)
        if wide > 1 or high > 1:
            table.mergeCells(number, column, high, wide)
            self._taken |= {(number + y, column + x) for y in range(high) for x in range(wide)}
        return wide

    def _free(self, row: int, column: int, wanted: int) -> int:
        for wide in range(1, wanted):
            if (row, column + wide) in self._taken:
                return wide
        return wanted

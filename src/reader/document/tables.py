"""Tables of a document: inserted a portion of rows at a time, fitted into the window together."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from reader.body.blocks import Cell, Style, Table, Text
from reader.document.column_widths import PADDING, TABLE_FACTOR, Fit, Needs, fit, measured
from reader.document.formats import GROUNDED, Formats, Mark
from reader.document.grid import Grid, Place, grid_of
from reader.document.portions import JOINER
from reader.document.runs import RunWriter, Where

TABLE_PORTION = 150
"""The number of rows in one Qt table: Qt lays out tables in more than linear time."""

_INSIDE = 0.999  # of the column: a share below 1 means that there is padding around a picture
_ROUNDING = 1.0  # pixels of the device, by which Qt makes tables wider
_FIXED = QTextLength.Type.FixedLength
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft | _ABSOLUTE,
    "right": Qt.AlignmentFlag.AlignRight | _ABSOLUTE,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class Room(NamedTuple):
    """The width of the column of text, and the width to which a table may grow out of it.

    ``overhang`` is the width of the document on each side of the column. Lengths are pixels at
    96 dpi, of which the layout makes ``scale`` times as many.
    """

    column: float
    page: float
    overhang: float = 0.0
    scale: float = 1.0


class FittedTable:
    """A table: its portions have the same columns, in the room there is."""

    def __init__(self, block: Table, formats: Formats, lead: float, *, rtl: bool) -> None:
        self.fit = Fit((), 1.0)
        self.portions: list[QTextTable] = []
        self._block = block
        self._formats = formats
        self._lead = lead
        self._rtl = rtl
        self._blocks: dict[tuple[str, bool], QTextBlockFormat] = {}
        self._grid = Grid(1, ())
        self._needs = Needs((0.0,), (0.0,), 1.0)
        self._room = Room(0.0, 0.0)

    def measure(self) -> Iterator[None]:
        """Measure the words of all cells, some at a time."""
        self._grid = grid_of(self._block.rows)
        self._needs = yield from measured(self._grid, self._formats, self._block.head)

    @property
    def grid(self) -> Grid:
        """The rows and columns that each cell of the whole table takes."""
        return self._grid

    @property
    def head(self) -> int:
        """The number of rows in the head of the whole table."""
        return self._block.head

    @property
    def lead(self) -> float:
        """The space before the lines of the text around the table, in pixels."""
        return self._lead

    @property
    def is_captioned(self) -> bool:
        """Return whether the paragraph before the table is its caption."""
        return bool(self._block.caption)

    @property
    def stands_out(self) -> bool:
        """Return whether the table is wider than the column of text."""
        return self.fit.width > self._room.column + 0.5

    def fitted(self, room: Room) -> Fit:
        """Return the widths of the columns in a room."""
        column = max(1.0, room.column - self._lead)
        return fit(self._needs, column, max(1.0, room.page), room.scale)

    # ---- writing

    def insert(self, cursor: QTextCursor, start: int, writer: RunWriter) -> Iterator[None]:
        """Insert the portion of rows from ``start`` on; ``cursor`` is after it afterwards."""
        count = len(self._block.rows)
        end = min(start + TABLE_PORTION, count)
        form = self._formats.table(max(0, min(self._block.head - start, end - start)))
        form.setTopMargin(0.5 * self._formats.em if start == 0 else 0)
        form.setBottomMargin(self._formats.em if end >= count else 0)
        self._place(form)
        table = cursor.insertTable(end - start, self._grid.columns, form)
        self.portions.append(table)
        rows = groupby(self._grid.portion(start, end), lambda place: place.row)
        for number, places in rows:
            self._row(table, [*places], writer, striped=(start + number) % 2 == 1)
            if number % 10 == 0:
                yield
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _row(
        self, table: QTextTable, places: list[Place], writer: RunWriter, *, striped: bool
    ) -> None:
        if not self._rtl:
            for place in places:
                self._cell(table, place, writer, striped=striped)
            return
        # Qt counts columns from the left: the last cell of a row is the first in the document.
        with writer.text.reversing() as next_one:
            for place in reversed(places):
                next_one()
                self._cell(table, place, writer, striped=striped)

    def _cell(self, table: QTextTable, place: Place, writer: RunWriter, *, striped: bool) -> None:
        column, cell = self._from_left(place), place.cell or Cell(())
        if place.wide > 1 or place.high > 1:
            table.mergeCells(place.row, column, place.high, place.wide)
        in_head = place.row < table.format().headerRowCount()
        own = table.cellAt(place.row, column)
        own.setFormat(self._formats.cell(head=in_head, striped=striped and not in_head))
        cursor = own.firstCursorPosition()
        styles = [run.style for run in cell.runs if isinstance(run, Text) and run.style]
        grounded = any(style & GROUNDED for style in styles)
        cursor.setBlockFormat(self._cell_block(cell, grounded=grounded))
        factor = TABLE_FACTOR * self.fit.factor
        outer, writer.cursor = writer.cursor, cursor
        if any(Style.CODE in style for style in styles):
            # Smaller type alone would sit higher than the text of the other cells.
            cursor.insertText(JOINER, self._formats.run(factor=factor))
        where = Where(share=self._share(column, place.wide))
        style = Style.STRONG if in_head or cell.header else Style.PLAIN
        writer.write(cell.runs, where, factor=factor, style=style)
        writer.cursor = outer

    def _cell_block(self, cell: Cell, *, grounded: bool) -> QTextBlockFormat:
        key = (cell.align, grounded)
        if key not in self._blocks:
            form = self._blocks[key] = self._formats.cell_block()
            form.setAlignment(_SIDES.get(cell.align, Qt.AlignmentFlag.AlignLeft))
            way = Qt.LayoutDirection
            form.setLayoutDirection(way.RightToLeft if self._rtl else way.LeftToRight)
            form.setProperty(Mark.GROUNDED, grounded)
        return self._blocks[key]

    def _from_left(self, place: Place) -> int:
        return self._grid.columns - place.column - place.wide if self._rtl else place.column

    def _widths(self) -> tuple[float, ...]:
        """Return the widths of the columns from left to right."""
        return self.fit.widths[::-1] if self._rtl else self.fit.widths

    def _share(self, column: int, wide: int) -> float:
        """Return the width of a cell as a share of the column of text."""
        width = sum(self._widths()[column : column + wide])
        return min(_INSIDE, width / max(1.0, self._room.column))

    def _place(self, form: QTextTableFormat) -> None:
        """Set the widths, and the margins that put a table which stands out in the middle."""
        spare = self._room.column - self.fit.width
        before = min(self._lead, spare) if spare >= 0 else spare / 2
        left, right = (spare - before, before) if self._rtl else (before, spare - before)
        form.setLeftMargin(self._room.overhang + left)
        form.setRightMargin(self._room.overhang + right - _ROUNDING / self._room.scale)
        form.setCellPadding(PADDING * self._formats.em * self.fit.factor)
        form.setWidth(QTextLength(_FIXED, self.fit.width))
        form.setColumnWidthConstraints([QTextLength(_FIXED, width) for width in self._widths()])

    # ---- fitting again

    def fit_into(self, room: Room, fit: Fit) -> None:
        """Give the columns other widths in another room."""
        before, self.fit, self._room = self.fit, fit, room
        for table in self.portions:
            form = table.format()
            self._place(form)
            if form != table.format():
                table.setFormat(form)
            if before.factor != fit.factor:
                self._retype(table, fit.factor / before.factor)

    def _retype(self, table: QTextTable, ratio: float) -> None:
        """Change the size of the type of all cells."""
        cursor = table.firstCursorPosition()
        for fragment in [*_fragments(table)]:
            chars = QTextCharFormat(fragment.charFormat())
            if chars.hasProperty(Mark.SHARE):
                cell = table.cellAt(fragment.position())
                share = self._share(cell.column(), cell.columnSpan())
                chars.setProperty(Mark.SHARE, share)
            chars.setFontPointSize(chars.fontPointSize() * ratio)
            cursor.setPosition(fragment.position())
            end = fragment.position() + fragment.length()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(chars)


def is_rtl(table: QTextTable) -> bool:
    """Return whether the first column of a table is on the right; Qt counts from the left."""
    direction = table.firstCursorPosition().blockFormat().layoutDirection()
    return direction is Qt.LayoutDirection.RightToLeft


def _fragments(table: QTextTable) -> Iterator[QTextFragment]:
    block, end = table.firstCursorPosition().block(), table.lastPosition()
    while block.isValid() and block.position() <= end:
        pieces = block.begin()
        while not pieces.atEnd():
            yield pieces.fragment()
            pieces += 1
        block = block.next()

"""Tables of a document: inserted a portion of rows at a time, fitted into the window together."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby

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

from reader.body.blocks import Cell, Runs, Style, Table, Text
from reader.document.column_widths import PADDING, TABLE_FACTOR, Fit, Needs, Way, fit, measured
from reader.document.formats import GROUNDED, Formats, Mark
from reader.document.grid import Grid, Place, grid_of
from reader.document.portions import JOINER, loosened
from reader.document.runs import RunWriter, Where
from reader.document.table_room import Room, fit_on_paper

TABLE_PORTION = 150
"""The greatest number of rows in one Qt table: Qt lays out tables in more than linear time."""

OPENER = 32.0
"""The height of the room below a table on screen, in pixels at 96 dpi."""

_CELLS, _LEAST_ROWS = 600, 10  # in a portion

_INSIDE = 0.999  # of the column: a share below 1 means that there is padding around a picture
_ROUNDING = 1.0  # pixels of the device, by which Qt makes tables wider
_FIXED = QTextLength.Type.FixedLength
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft | _ABSOLUTE,
    "right": Qt.AlignmentFlag.AlignRight | _ABSOLUTE,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class FittedTable:
    """A table: its portions have the same columns, in the room there is.

    ``grid`` has the places of all cells of the whole table, ``head`` is the number of its head
    rows, ``portions`` are the Qt tables, and ``starts`` the rows with which they begin.
    """

    def __init__(self, block: Table, formats: Formats, lead: float, *, rtl: bool) -> None:
        self.fit = Fit((), 1.0)
        self.portions: list[QTextTable] = []
        self.grid = Grid(1, ())
        self.starts = [0]
        self.head = block.head
        self._block = block
        self._formats = formats
        self._lead = lead
        self._rtl = rtl
        self._blocks: dict[tuple[str, bool], QTextBlockFormat] = {}
        self._needs = Needs((0.0,), (0.0,), 1.0)
        self._room = Room(0.0, 0.0)

    def measure(self) -> Iterator[None]:
        """Measure the words of all cells, some at a time."""
        self.grid = grid_of(self._block.rows)
        most = min(TABLE_PORTION, max(_LEAST_ROWS, _CELLS // self.grid.columns))
        self.starts = self.grid.portions(len(self._block.rows), most)
        self._needs = yield from measured(self.grid, self._formats, self.head)

    @property
    def block(self) -> Table:
        """The table of the body."""
        return self._block

    @property
    def lead(self) -> float:
        """The space before the lines of the text around the table, in pixels."""
        return self._lead

    @property
    def is_captioned(self) -> bool:
        """Return whether the paragraph before the table is its caption."""
        return bool(self._block.caption)

    @property
    def is_listed(self) -> bool:
        """Return whether the sheet is too narrow, so that each row becomes a little list."""
        return self.fit.way is Way.LISTED

    @property
    def wants_room(self) -> bool:
        """Return whether the table is wider than the document."""
        return self.fit.width > self._room.column + 2 * self._room.overhang + 1.5

    def fitted(self, room: Room) -> Fit:
        """Return the widths of the columns in a room."""
        if room.turned:
            return fit_on_paper(self._needs, room, self._lead)
        column = max(1.0, room.column - self._lead)
        return fit(self._needs, column, max(1.0, room.page), room.scale)

    def place_of(self, row: int) -> tuple[QTextTable, int]:
        """Return the Qt table that has a row, and the number of the row in it."""
        number = bisect_right(self.starts, row) - 1
        return self.portions[number], row - self.starts[number]

    @property
    def _below(self) -> float:
        """The space below the table, on screen with room for what opens it."""
        em = self._formats.em
        return em if self._formats.on_paper else max(em, OPENER)

    # ---- writing

    def insert(self, cursor: QTextCursor, number: int, writer: RunWriter) -> Iterator[None]:
        """Insert the portion with a number; ``cursor`` is after it afterwards."""
        count = len(self._block.rows)
        start, end = [*self.starts, count][number : number + 2]
        form = self._formats.table(max(0, min(self.head - start, end - start)))
        form.setProperty(Mark.WAY, int(self.fit.way))
        form.setTopMargin(0.5 * self._formats.em if start == 0 else 0)
        form.setBottomMargin(self._below if end >= count else 0)
        self._place(form)
        table = cursor.insertTable(end - start, self.grid.columns, form)
        self.portions.append(table)
        rows = groupby(self.grid.portion(start, end), lambda place: place.row)
        for row, places in rows:
            self._row(table, [*places], writer, striped=(start + row) % 2 == 1)
            if row % 10 == 0:
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
        runs = _divided(cell.runs, whole=self.fit.whole)
        writer.write(runs, where, factor=factor, style=style)
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
        return self.grid.columns - place.column - place.wide if self._rtl else place.column

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


def _divided(runs: Runs, *, whole: bool) -> Runs:
    """Return runs with the places at which they may break; a ``whole`` table needs no hyphens."""
    hyphen = "\N{SOFT HYPHEN}"
    return tuple(
        run._replace(text=loosened(run.text.replace(hyphen, "") if whole else run.text))
        if isinstance(run, Text)
        else run
        for run in runs
    )


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

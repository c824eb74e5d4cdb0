"""The rows of an import in a list: their places, reasons and names, however many there are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame

from reader import phrases
from reader.gui.importing.figures import COLOURS
from reader.gui.importing.sums import as_line, place
from reader.gui.list.placed import Placed
from reader.gui.list.row import is_rtl, plain
from reader.gui.list.row_view import RowView
from reader.gui.widgets.plain_text import tip
from reader.model import Theme
from reader.outcomes import ImportRow

Index = QModelIndex | QPersistentModelIndex

_ROW = Qt.ItemDataRole.UserRole
_SIDE, _GAP, _DOT = 24, 12, 4  # pixels
_PLACE, _WHY = 0.16, 0.3  # parts of the width
_NARROW = 620
_LONGEST = 400  # letters
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowModel(QAbstractListModel):
    """Some rows of an import."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[ImportRow] = ()

    def show(self, rows: Sequence[ImportRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row for painting, its name, or all of it in words."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(row.name[:_LONGEST])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return as_line(row)[: 2 * _LONGEST]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(as_line(row)[: 2 * _LONGEST])
        return None


class RowList(RowView):
    """The list: one line for a row, two if it is narrow; ``opened`` carries an article's id."""

    opened = Signal(int)

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("importRows")
        self.setAccessibleName("Rows of the import")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._colours = colours
        self.rows = RowModel()
        self.setModel(self.rows)
        self.doubleClicked.connect(self._open)
        self._measure()

    def show_rows(self, rows: Sequence[ImportRow]) -> None:
        """Show other rows from the first one."""
        self.rows.show(rows)
        self.scrollToTop()
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    @property
    def is_narrow(self) -> bool:
        """Whether a row takes two lines."""
        return self.viewport().width() < _NARROW

    def paint_row(self, painter: QPainter, area: QRect, row: int) -> None:
        """Paint the row: its outcome as a dot, its place, the reason, and the name."""
        each, theme = self.rows.rows[row], self._colours()
        placed = Placed(painter, area, self.layoutDirection())
        whole = placed.whole
        is_here = row == self.currentIndex().row() and self.has_keyboard()
        if row == self.hovered or row == self.currentIndex().row():
            placed.fill(whole, theme.hover)
        placed.fill(QRect(_SIDE, whole.height() - 1, whole.width() - 2 * _SIDE, 1), theme.rule)
        first = QRect(whole)
        first.setHeight(whole.height() // 2 if self.is_narrow else whole.height())
        middle = QRectF(first).center()
        middle.setX(_SIDE + _DOT)
        placed.dot(middle, _DOT, getattr(theme, COLOURS[each.outcome]))
        where, why = place(each), phrases.remarks(each.remarks) or str(each.outcome)
        if self.is_narrow:
            self._paint_two_lines(placed, each, " · ".join(filter(None, (where, why))))
        else:
            self._paint_line(placed, each, where, why)
        if is_here:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(3, 1, -3, -2), 4, 4)

    def _paint_line(self, placed: Placed, row: ImportRow, where: str, why: str) -> None:
        theme, wide = self._colours(), placed.whole.width() - 2 * _SIDE
        start = _SIDE + 2 * _DOT + _GAP
        for share, text, colour in ((_PLACE, where, theme.muted), (_WHY, why, theme.text)):
            part = int(wide * share)
            self._write(placed, QRect(start, 0, part - _GAP, placed.whole.height()), text, colour)
            start += part
        rest = QRect(start, 0, placed.whole.width() - _SIDE - start, placed.whole.height())
        self._write(placed, rest, plain(row.name[:_LONGEST]), theme.muted)

    def _paint_two_lines(self, placed: Placed, row: ImportRow, details: str) -> None:
        theme, half = self._colours(), placed.whole.height() // 2
        left = _SIDE + 2 * _DOT + _GAP
        wide = placed.whole.width() - left - _SIDE
        name = plain(row.name[:_LONGEST])
        self._write(placed, QRect(left, 2, wide, half - 2), name or details, theme.text)
        if name:
            self._write(placed, QRect(left, half, wide, half - 2), details, theme.muted)

    def _write(self, placed: Placed, area: QRect, text: str, colour: str) -> None:
        """Write a line by its own direction at the leading edge of the window."""
        flag = Qt.AlignmentFlag
        side = (flag.AlignRight if self.isRightToLeft() else flag.AlignLeft) | flag.AlignAbsolute
        font = QFont(self.font())
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        direction = Qt.LayoutDirection
        placed.painter.setLayoutDirection(
            direction.RightToLeft if is_rtl(text) else direction.LeftToRight
        )
        placed.text(area, font, colour, shown, side)

    def _measure(self) -> None:
        line = self.fontMetrics().height()
        self.set_row_height(2 * line + 16 if self.is_narrow else line + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take one line or two for a row."""
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row, or open its article."""
        if event.matches(QKeySequence.StandardKey.Copy):
            index = self.currentIndex()
            if index.isValid():
                QGuiApplication.clipboard().setText(as_line(self.rows.rows[index.row()]))
        elif event.key() in _ENTER:  # and does not press the main button
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _article(self, index: Index) -> int:
        return self.rows.rows[index.row()].article if index.isValid() else 0

    def _open(self, index: QModelIndex) -> None:
        if article := self._article(index):
            self.opened.emit(article)

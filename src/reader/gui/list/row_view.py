"""A list of rows of one height: Qt's own list asks for every row before it shows the first."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


class RowView(QListView):
    """A list that places its rows by their number.

    ``hovered`` is the row under the pointer, ``gutter`` the width of the space before the text.

    It is a QListView for the sake of screen readers. ``by_keys`` is whether the last action in it
    was one of the keyboard, which has to be seen. ``middle_clicked`` carries the row that was
    clicked with the middle button.
    """

    middle_clicked = Signal(int)

    hovered = -1
    row_height = 84
    gutter = 32
    by_keys = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def set_row_height(self, height: int) -> None:
        """Set the height of all rows; the row at the top stays there."""
        if height == self.row_height:
            return
        bar = self.verticalScrollBar()
        top = bar.value() / self.row_height
        self.row_height = height
        self.updateGeometries()
        bar.setValue(round(top * height))
        self.viewport().update()

    def count(self) -> int:
        """Return the number of rows; Qt asks for some before there is a model."""
        model = self.model()
        return model.rowCount() if model is not None else 0

    def is_selected(self, row: int) -> bool:
        """Return whether a row is selected."""
        return self.selectionModel().isRowSelected(row, QModelIndex())

    @property
    def several(self) -> bool:
        """Whether more than one row is selected."""
        return self.selected_count() > 1

    def selected_count(self) -> int:
        """Return the number of selected rows."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def selected_ranges(self) -> list[tuple[int, int]]:
        """Return the first and the last row of each range of selected rows, in order."""
        parts = self.selectionModel().selection().toList()
        return sorted((part.top(), part.bottom()) for part in parts)

    def selected_alone(self) -> int:
        """Return the row that is selected if it is the only one, else -1."""
        return self.selected_ranges()[0][0] if self.selected_count() == 1 else -1

    def row_at(self, y: int) -> int:
        """Return the row at a height in the viewport, -1 if there is none."""
        row = (y + self.verticalScrollBar().value()) // self.row_height
        return row if 0 <= row < self.count() else -1

    def area_of(self, row: int) -> QRect:
        """Return the area of a row in the viewport, wherever that is scrolled to."""
        top = row * self.row_height - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self.row_height)

    def has_keyboard(self) -> bool:
        """Return whether the keyboard is in the list, or in a field over it."""
        return self.hasFocus() or self.isAncestorOf(QApplication.focusWidget() or self)

    def point_at(self, row: int) -> None:
        """Make a row the current one without selecting or opening it."""
        flag = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flag)
        self.scrollTo(self.currentIndex())

    def paint_row(self, painter: QPainter, area: QRect, row: int) -> None:
        """Paint a row; does nothing by itself."""

    # ---- what Qt asks a view for

    def reset(self) -> None:
        """Set the range of the scroll bar for other rows."""
        super().reset()
        self.updateGeometries()

    def doItemsLayout(self) -> None:
        """Leave out the layout of QListView."""
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Set the range of the scroll bar."""
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.count() * self.row_height - page))
        bar.setPageStep(page)

    def visualRect(self, index: Index) -> QRect:
        """Return the area of a row."""
        return self.area_of(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point."""
        row = self.row_at(point.y())
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible
    ) -> None:
        """Scroll until a row is visible."""
        area, high, bar = self.visualRect(index), self.viewport().height(), self.verticalScrollBar()
        down = area.bottom() + 1 - high
        if area.isEmpty():
            return
        if hint is _Hint.PositionAtCenter:
            bar.setValue(bar.value() + area.center().y() - high // 2)
        elif hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and area.top() < 0):
            bar.setValue(bar.value() + area.top())
        elif hint is _Hint.PositionAtBottom or down > 0:
            bar.setValue(bar.value() + down)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the rows in a rectangle."""
        rect, model = rect.normalized(), self.model()
        offset, last = self.verticalScrollBar().value(), self.count() - 1
        first = max(0, (rect.top() + offset) // self.row_height)
        end = min(last, (rect.bottom() + offset) // self.row_height)
        chosen = QItemSelection()
        if first <= end:
            chosen.select(model.index(first, 0), model.index(end, 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Return all that is visible: it is repainted at once."""
        return QRegion(self.viewport().rect())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _held: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the row that a key leads to."""
        last, here = self.count() - 1, self.currentIndex().row()
        page = max(1, self.viewport().height() // self.row_height - 1)
        by = {
            _Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1,
            _Move.MovePageUp: -page, _Move.MovePageDown: page, _Move.MoveHome: -last - 1,
            _Move.MoveEnd: last + 1,
        }.get(action, 0)  # fmt: skip
        wanted = here + by if here >= 0 or action is _Move.MoveEnd else 0
        row = min(max(0, wanted), last)
        return self.model().index(row, 0) if last >= 0 else QModelIndex()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible rows."""
        offset, area = self.verticalScrollBar().value(), event.rect()
        first = (area.top() + offset) // self.row_height
        end = min((area.bottom() + offset) // self.row_height + 1, self.count())
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row in range(first, end):
                self.paint_row(painter, self.area_of(row), row)

    # ---- what a screen reader is told

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell screen readers which row has the focus; QListView knows none without a layout."""
        QAbstractItemView.currentChanged(self, current, previous)
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint; screen readers ask for the state of the row that has the focus."""
        QAbstractItemView.selectionChanged(self, selected, deselected)

    # ---- pointer and keyboard

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Toggle a row by its check box; several are selected as everywhere."""
        if isinstance(event, QMouseEvent) and self.several and self._is_in_gutter(event):
            pressed = event.type() is QEvent.Type.MouseButtonPress
            flag = QItemSelectionModel.SelectionFlag
            return flag.Toggle if pressed else flag.NoUpdate
        return super().selectionCommand(index, event)

    def _is_in_gutter(self, event: QMouseEvent) -> bool:
        x = round(event.position().x())
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return (self.viewport().width() - x if rtl else x) < self.gutter

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlight the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.row_at(round(event.position().y())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the keyboard for the pointer; the middle button selects nothing."""
        self.by_keys = False
        if event.button() is not Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Notice a click with the middle button."""
        if event.button() is not Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)
        elif (row := self.row_at(round(event.position().y()))) >= 0:
            self.middle_clicked.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current row if a key led here."""
        reason = Qt.FocusReason
        if event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason):
            self.by_keys = True
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the pointer for the keyboard; open the menu of the current row."""
        self.by_keys = True
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift):
            self.scrollTo(self.currentIndex())
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

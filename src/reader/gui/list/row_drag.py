"""Dragging of rows: a line shows the target, and the list scrolls at its edges."""

import json

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.gui.list.row import RowView

ARTICLES = "application/x-reader-articles"
"""The type of dragged articles: their ids as a list in JSON."""

_EDGE = 48
_SCROLL_MS = 16


def dragged_ids(data: QMimeData) -> list[int]:
    """Return the ids of dragged articles, none if the data are something else."""
    try:
        ids = json.loads(data.data(ARTICLES).data() or b"[]")
    except ValueError:
        return []
    return [id for id in ids if type(id) is int] if isinstance(ids, list) else []


class MovableRows(RowView):
    """A view whose selected rows can be dragged if ``movable``.

    ``dropped`` carries the number of the row to put them before: 0 is the top, the number of rows
    is the end.
    """

    dropped = Signal(int)
    movable = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = -1
        self._y = self._pull = 0
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_along)

    def set_movable(self, movable: bool) -> None:
        """Allow or forbid dragging."""
        self.movable = movable
        self.setDragEnabled(movable)
        self.viewport().setAcceptDrops(movable)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected rows."""
        drag, data = QDrag(self), QMimeData()
        data.setData(ARTICLES, b"[]")
        drag.setMimeData(data)
        drag.setPixmap(self._label(self._dragged_text()))
        drag.setHotSpot(QPoint(-12, -6))
        drag.exec(Qt.DropAction.MoveAction)
        self._forget_line()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept the rows of this list; leave other data to the window."""
        if self.movable and event.source() is self and event.mimeData().hasFormat(ARTICLES):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the target, and scroll near an edge."""
        self._y, high = round(event.position().y()), self.viewport().height()
        self._pull = min(0, self._y - _EDGE) + max(0, self._y - high + _EDGE)
        if self._pull and not self._scrolling.isActive():
            self._scrolling.start()
        self._point(self._y)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Remove the target line."""
        self._forget_line()

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit the target row."""
        self._point(round(event.position().y()))
        line = self._line
        self._forget_line()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self.dropped.emit(line)

    def _point(self, y: int) -> None:
        row = self.rowAt(y)
        if row < 0:
            row = self.model().rowCount() if y > 0 else 0
        elif y - self.rowViewportPosition(row) > self.rowHeight(row) / 2:
            row += 1
        if row != self._line:
            self._line = row
            self.viewport().update()

    def _scroll_along(self) -> None:
        if not self._pull:
            self._scrolling.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._pull // 3)
        self._point(self._y)

    def _forget_line(self) -> None:
        self._scrolling.stop()
        self._line, self._pull = -1, 0
        self.viewport().update()

    def _dragged_text(self) -> str:
        count = sum(part.height() for part in self.selectionModel().selection().toList())
        if count > 1:
            return phrases.plural(count, "article")
        return str(self.currentIndex().data() or "")

    def _label(self, text: str) -> QPixmap:
        """Paint the label that follows the pointer."""
        metrics, palette = self.fontMetrics(), self.palette()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, 220)
        area = QRect(0, 0, metrics.horizontalAdvance(shown) + 24, metrics.height() + 12)
        ratio = self.devicePixelRatioF()
        slip = QPixmap(area.size() * ratio)
        slip.setDevicePixelRatio(ratio)
        slip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(slip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.color(palette.ColorRole.Accent), 1))
        painter.setBrush(palette.color(palette.ColorRole.Window))
        painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), 7, 7)
        painter.setPen(palette.color(palette.ColorRole.WindowText))
        painter.setFont(self.font())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()
        return slip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the target line above them."""
        super().paintEvent(event)
        if self._line >= 0:
            self._paint_line()

    def _paint_line(self) -> None:
        last = self._line >= self.model().rowCount()
        y = self.rowViewportPosition(self._line - last) + last * self.rowHeight(0) - 0.5
        y = min(max(y, 5.0), self.viewport().height() - 5.0)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Accent), 2.4))
        painter.drawEllipse(QPointF(8, y), 3.4, 3.4)
        painter.drawLine(QPointF(11.6, y), QPointF(self.viewport().width() - 6, y))

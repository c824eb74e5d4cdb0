"""Dragging of rows: a line shows the target, and the list scrolls at its edges."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMetaType, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl, Signal
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
from reader.gui.list.row import title_of
from reader.gui.list.row_view import RowView

ARTICLES = "application/x-reader-articles"
"""The type of dragged articles: their ids as a list in JSON."""

Files = Callable[[Sequence[int]], Sequence[Path]]
"""Writes articles to files for other programs, and returns their paths."""

_GREATEST = 2**63  # SQLite's integers are smaller
_WEB = ("http://", "https://")
_REAL = (*_WEB, "file:")  # all but pasted texts have an address
_FILES = "text/uri-list"
_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded
_MOST_FILES = 50  # they are written while the pointer waits
_EDGE = 48
_SCROLL_MS = 16


def dragged_ids(data: QMimeData) -> list[int]:
    """Return the ids of dragged articles, none if the data are something else."""
    try:
        ids = json.loads(bytes(data.data(ARTICLES).data()) or b"[]")
    except (ValueError, RecursionError):
        return []
    if not isinstance(ids, list):
        return []
    return [id for id in ids if type(id) is int and 0 < id < _GREATEST]


class Dragged(QMimeData):
    """Data with files that are written when another program first asks for them.

    Within the window nothing asks for them.
    """

    def __init__(self, write: Callable[[], Sequence[Path]]) -> None:
        super().__init__()
        self._write = write
        self._urls: list[QUrl] | None = None

    def formats(self) -> list[str]:
        """Return the types of the data, the files among them."""
        return [*super().formats(), _FILES]

    def hasFormat(self, kind: str) -> bool:
        """Return whether there are data of a type."""
        return kind == _FILES or super().hasFormat(kind)

    def retrieveData(self, kind: str, form: QMetaType | QMetaType.Type) -> Any:
        """Return the data of a type; write the files if it is theirs."""
        if kind != _FILES:
            return super().retrieveData(kind, form)
        if self._urls is None:
            self._urls = [QUrl.fromLocalFile(str(file)) for file in self._write()]
        return self._urls


def data_of(
    ids: Sequence[int], articles: Sequence[tuple[str, str]], files: Files | None = None
) -> QMimeData:
    """Return the data of dragged articles: ids for this window, files and links for others.

    ``articles`` are their titles and addresses. Too many have no files but their addresses.
    """
    from html import escape

    real = [(title_of(title), _public(url)) for title, url in articles if url.startswith(_REAL)]
    if files is not None and len(ids) <= _MOST_FILES:
        data: QMimeData = Dragged(lambda: files(ids))
    else:
        data = QMimeData()
        data.setUrls([url for _, url in real])
    data.setData(ARTICLES, json.dumps([*ids]).encode())
    data.setText("\n".join(_in_words(title, url) for title, url in articles))
    links = [
        f'<a href="{escape(url.toString(_ENCODED))}">{escape(title)}</a>' for title, url in real
    ]
    if links:
        data.setHtml("<br>\n".join(links))
    return data


def _in_words(title: str, url: str) -> str:
    lines = [title_of(title), *([_public(url).toString(_ENCODED)] if url.startswith(_WEB) else [])]
    return "\n".join(lines)


def _public(url: str) -> QUrl:
    """Return an address without user name and password."""
    public = QUrl(url)
    if public.userInfo():
        public.setAuthority(public.authority(_ENCODED).rpartition("@")[2])
    return public


def _actions_of(data: QMimeData) -> Qt.DropAction:
    """Return the allowed drop actions: a file of the user is never moved."""
    is_own = isinstance(data, Dragged)
    if not is_own and any(url.isLocalFile() for url in data.urls()):
        return Qt.DropAction.CopyAction
    return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def _accept(event: QDropEvent) -> None:
    move = Qt.DropAction.MoveAction
    event.setDropAction(move if event.possibleActions() & move else Qt.DropAction.CopyAction)
    event.accept()


class MovableRows(RowView):
    """A view whose selected rows can be dragged, also to another place in it if ``movable``.

    ``dropped`` carries the number of the row to put them before: 0 is the top, the number of rows
    is the end. ``files`` writes articles for other programs.
    """

    dropped = Signal(int)
    movable = False
    files: Files | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)
        self.viewport().setAcceptDrops(True)
        self._line = -1
        self._y = self._pull = 0
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_along)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected rows."""
        drag = QDrag(self)
        drag.setMimeData(self.dragged())
        drag.setPixmap(self._label(self._dragged_text()))
        drag.setHotSpot(QPoint(-12, -6))
        drag.exec(_actions_of(drag.mimeData()), Qt.DropAction.CopyAction)
        self._forget_line()

    def dragged(self) -> QMimeData:
        """Return the data of the selected rows for other programs and other parts of the window."""
        data = QMimeData()
        data.setData(ARTICLES, b"[]")
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept the rows of this list; leave other data to the window."""
        if self.movable and event.source() is self and event.mimeData().hasFormat(ARTICLES):
            _accept(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the target, and scroll near an edge."""
        self._y, high = round(event.position().y()), self.viewport().height()
        self._pull = min(0, self._y - _EDGE) + max(0, self._y - high + _EDGE)
        if self._pull and not self._scrolling.isActive():
            self._scrolling.start()
        self._point(self._y)
        _accept(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Remove the target line."""
        self._forget_line()

    def dropEvent(self, event: QDropEvent) -> None:
        """Emit the target row."""
        self._point(round(event.position().y()))
        line = self._line
        self._forget_line()
        _accept(event)
        self.dropped.emit(line)

    def _point(self, y: int) -> None:
        row = self.row_at(y)
        if row < 0:
            row = self.model().rowCount() if y > 0 else 0
        elif y - self.area_of(row).top() > self.row_height / 2:
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
        count = self.selected_count()
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
        y = self.area_of(self._line).top() - 0.5
        y = min(max(y, 5.0), self.viewport().height() - 5.0)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Accent), 2.4))
        painter.drawEllipse(QPointF(8, y), 3.4, 3.4)
        painter.drawLine(QPointF(11.6, y), QPointF(self.viewport().width() - 6, y))

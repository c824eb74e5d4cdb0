"""The strip beside the scroll bar with the places of the hits."""

import time
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.document.highlights import line_colour
from reader.gui.viewer.viewer import Viewer

WIDE = 12
_TICK, _HIGH = 8, 2  # of a place, in pixels
_REST_MS = 60
_SLICE = 0.006


class FindStrip(QWidget):
    """Shows the places of hits in the whole article; ``chosen`` carries the index of one.

    The rows of the strip are looked up in the text, not the hits, of which there may be thousands.
    """

    chosen = Signal(int)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._hits: Sequence[tuple[int, int]] = ()
        self._current = -1
        self._rows: list[int] = []
        self._ticks: list[int] = []
        self.setAccessibleName("Places of the hits")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._look_up)
        viewer.verticalScrollBar().rangeChanged.connect(self._moved)
        viewer.arranged.connect(self._moved)
        viewer.installEventFilter(self)
        self.hide()

    def show_hits(self, hits: Sequence[tuple[int, int]], current: int) -> None:
        """Show the places of hits, and stand out the current one."""
        is_same, self._hits, self._current = hits is self._hits, hits, current
        self.setVisible(bool(hits))
        if hits and not self._rows:
            self._place()
            self._resting.start(0)
        elif not is_same and not self._resting.isActive():
            self._gather()
        self.update()

    def row_of(self, number: int) -> int:
        """Return the height at which a hit is shown, in pixels."""
        return max(0, bisect_left(self._rows, self._hits[number][0] + 1) - 1)

    @property
    def ticks(self) -> Sequence[int]:
        """The rows at which hits are shown."""
        return self._ticks

    # ---- the places

    def _moved(self) -> None:
        self._rows = []
        if self.isVisible():
            self._place()
            self._resting.start(_REST_MS)

    def _place(self) -> None:
        viewer, bar = self._viewer, self._viewer.verticalScrollBar()
        beside = bar.width() if bar.isVisibleTo(viewer) else 0
        is_left = viewer.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = beside if is_left else viewer.width() - beside - WIDE
        self.setGeometry(QRect(left, 0, WIDE, viewer.height()))
        self.raise_()

    def _look_up(self) -> None:
        """Find the first position of the text in each row of pixels, some rows at a time."""
        rows, count = self._rows, self.height() // _HIGH
        until = time.perf_counter() + _SLICE
        while len(rows) < count and time.perf_counter() < until:
            found = self._viewer.position_at(len(rows) * _HIGH / self.height())
            rows.append(max(rows[-1] if rows else 0, found))
        if len(rows) < count:
            self._resting.start(0)
        else:
            self._gather()

    def _gather(self) -> None:
        """Find the rows with hits."""
        self._ticks, hits, rows = [], self._hits, self._rows
        number = 0
        while rows and number < len(hits):
            row = self.row_of(number)
            self._ticks.append(row)
            if row + 1 >= len(rows):
                break
            number = max(number + 1, bisect_left(hits, (rows[row + 1], 0), number))
        self.update()

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange):
            self._moved()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the hit that is nearest to a click."""
        if self._hits and self._rows:
            row = min(max(0, int(event.position().y()) // _HIGH), len(self._rows) - 1)
            near = bisect_left(self._hits, (self._rows[row], 0))
            around = [each for each in (near - 1, near) if 0 <= each < len(self._hits)]
            self.chosen.emit(min(around, key=lambda each: abs(self.row_of(each) - row)))
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a tick for each place, a larger one for the current hit."""
        theme = self._viewer.look.theme
        painter = QPainter(self)
        colour = QColor(line_colour(theme, "yellow"))
        for row in self._ticks:
            painter.fillRect(WIDE - _TICK - 2, row * _HIGH, _TICK, _HIGH, colour)
        if 0 <= self._current < len(self._hits):
            at = min(self.row_of(self._current) * _HIGH - 1, self.height() - 2 * _HIGH)
            painter.fillRect(0, at, WIDE, 2 * _HIGH, QColor(theme.accent))
        painter.end()

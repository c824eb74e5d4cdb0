"""The reading ruler: a band of lines, with the rest of the page dimmed."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from reader.document.heights import position_at
from reader.gui.viewer.viewer import Viewer

_DIMMED = 0.66
_BESIDE = 12
_AIR = 2


class _Line(NamedTuple):
    """A line of the document: its first position, and its ends."""

    position: int
    top: float
    bottom: float


class Ruler(QWidget):
    """Follows the pointer, and Up and Down; in a page that scrolls, the page follows it."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self.setObjectName("readingRuler")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._viewer = viewer
        self._lines = 3
        self._shown = QRect()
        self._at = QPointF(1, viewer.viewport().height() / 3)
        for part in (viewer, viewer.viewport()):
            part.installEventFilter(self)
        viewer.viewport().setMouseTracking(True)
        for moved in (viewer.verticalScrollBar().valueChanged, viewer.arranged, viewer.taken):
            moved.connect(self.update)
        self.setGeometry(viewer.rect())

    def set_lines(self, lines: int) -> None:
        """Show a band of as many lines, or none."""
        self._lines = lines
        self.setVisible(lines > 0)
        self.raise_()
        self.update()

    def band(self) -> QRect:
        """Return the area of the band in the viewer, empty if there is no text."""
        at = self._line_at(self._at)
        here = self._viewer.to_viewport(QPointF(0, at.top))
        if here is None:
            return QRect()
        around = [
            (self._viewer.to_viewport(QPointF(0, line.top)), line.bottom - line.top)
            for line in self._around(at, (self._lines - 1) // 2)
        ]
        shown = [(top.y(), high) for top, high in around if top is not None and top.x() == here.x()]
        if not shown:  # the page is being laid out anew
            return QRect()
        first, (last, high) = shown[0][0], shown[-1]
        corner = QPointF(self._viewer.viewport().pos()) + QPointF(here.x() - _BESIDE, first - _AIR)
        wide = self._viewer.lineWrapColumnOrWidth() + 2 * _BESIDE
        return QRect(corner.toPoint().x(), round(corner.y()), wide, round(last + high - first) + 4)

    # ---- its lines

    def _line_at(self, at: QPointF) -> _Line:
        page, place = self._viewer.page, self._viewer.to_document(at)
        block = page.findBlock(position_at(page, place.y(), place.x()))
        top, lines = page.documentLayout().blockBoundingRect(block).top(), block.layout()
        # By its height: the position at the end of a line is that of the next one.
        number = bisect_right(
            range(lines.lineCount()), place.y() - top, key=lambda n: lines.lineAt(n).y()
        )
        return self._line(block, max(0, number - 1))

    def _line(self, block: QTextBlock, number: int) -> _Line:
        rect = self._viewer.page.documentLayout().blockBoundingRect(block)
        if not 0 <= number < block.layout().lineCount():
            return _Line(block.position(), rect.top(), rect.bottom())
        line = block.layout().lineAt(number)
        top = rect.top() + line.y()
        return _Line(block.position() + line.textStart(), top, top + line.height())

    def _around(self, line: _Line, beside: int) -> Iterator[_Line]:
        """Yield a line with as many above and below it."""
        above, below = line, line
        before = list[_Line]()
        for _ in range(beside):
            above = self._next(above, -1)
            before.append(above)
        yield from reversed(before)
        yield line
        for _ in range(beside):
            below = self._next(below, 1)
            yield below

    def _next(self, line: _Line, by: int) -> _Line:
        """Return the line below or above another, itself at the ends."""
        block = self._viewer.page.findBlock(line.position)
        number = block.layout().lineForTextPosition(line.position - block.position()).lineNumber()
        if 0 <= number + by < block.layout().lineCount():
            return self._line(block, number + by)
        beside = block.next() if by > 0 else block.previous()
        while beside.isValid() and not beside.text():
            beside = beside.next() if by > 0 else beside.previous()
        if not beside.isValid():
            return line
        return self._line(beside, 0 if by > 0 else beside.layout().lineCount() - 1)

    def move_by(self, by: int) -> None:
        """Move to the next line, or the one before; scroll or turn the page to it."""
        viewer = self._viewer
        here = self._line_at(self._at)
        wanted = self._next(here, by)
        place = QPointF(1, (wanted.top + wanted.bottom) / 2)
        at, high = viewer.to_viewport(place), viewer.viewport().height()
        if viewer.spread is not None and at is None:
            if not viewer.spread.turn(by):
                return
            at = viewer.to_viewport(place)
        elif at is not None and not 0.2 * high < at.y() < 0.6 * high:
            bar, step = viewer.verticalScrollBar(), round(wanted.top - here.top)
            if viewer.spread is None and (at.y() - high / 2) * step > 0:
                bar.setValue(bar.value() + step)
                at = viewer.to_viewport(place)
        if at is not None:
            self._at = at
            self._show_band()

    def _show_band(self) -> None:
        """Paint the band where it is, and the rest where it was."""
        band = self.band()
        if band != self._shown:
            for area in (band, self._shown):
                self.update(area.adjusted(-1, -1, 1, 1))

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, the keys and the size of the page."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._viewer.rect())
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            if watched is self._viewer.viewport() and self.isVisible():
                self._at = event.position()
                self._show_band()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if self.isVisible() and event.key() in ways and self._is_plain(event):
                self.move_by(ways[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _is_plain(self, event: QKeyEvent) -> bool:
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return event.modifiers() in plain and self._viewer.article is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim all but the band."""
        if self._viewer.article is None:
            return
        theme = self._viewer.look.theme
        band = self._shown = self.band()
        painter = QPainter(self)
        dim, page = QColor(theme.page), self.rect()
        dim.setAlphaF(_DIMMED)
        for area in (
            QRect(page.left(), page.top(), page.width(), band.top()),
            QRect(page.left(), band.bottom() + 1, page.width(), page.bottom() - band.bottom()),
            QRect(page.left(), band.top(), band.left(), band.height()),
            QRect(band.right() + 1, band.top(), page.right() - band.right(), band.height()),
        ):
            painter.fillRect(area, dim)
        painter.setPen(QColor(theme.rule))
        beside = self._viewer.page.overhang  # of wide tables, beside the column
        column = band.adjusted(beside, 0, -beside, 0)
        painter.drawLine(column.topLeft(), column.topRight())
        painter.drawLine(column.bottomLeft(), column.bottomRight())
        painter.end()

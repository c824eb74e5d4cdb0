"""The hits on the page: a ground behind each that is seen, another one behind the current hit."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QTextBlock, QTextCharFormat
from PySide6.QtWidgets import QTextEdit

from reader.document.decorate import blocks_in
from reader.document.highlights import short_areas
from reader.gui.viewer.find_strip import FindStrip
from reader.gui.viewer.viewer import Viewer

Places = Sequence[tuple[int, int]]


class FindMarks:
    """Marks hits in the text and beside the scroll bar; ``current`` is the index of one, or -1.

    Only those that are seen are looked at, so that thousands of them slow nothing down.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self.hits: Places = ()
        self.current = -1
        self.strip = FindStrip(viewer)
        viewer.underlays.append(self._paint)

    def show(self, hits: Places, current: int = -1) -> None:
        """Mark hits, one of them as the current one."""
        self.hits, self.current = hits, current
        self._viewer.setExtraSelections([self._current_mark()] if current >= 0 else [])
        self.strip.show_hits(hits, current)
        self._viewer.viewport().update()

    def first_from(self, position: int) -> int:
        """Return the index of the first hit from a position of the document on."""
        return bisect_left(self.hits, (position, 0))

    def _current_mark(self) -> QTextEdit.ExtraSelection:
        theme, mark, form = self._viewer.look.theme, QTextEdit.ExtraSelection(), QTextCharFormat()
        form.setBackground(QBrush(QColor(theme.accent)))
        form.setForeground(QBrush(QColor(theme.on_accent)))
        mark.format = form
        mark.cursor = self._viewer.cursor_over(*self.hits[self.current])
        return mark

    def _paint(self, painter: QPainter, seen: QRectF) -> None:
        if self.hits:
            colour = QColor(self._viewer.look.theme.mark)
            for block, rect in blocks_in(self._viewer.page, seen):
                self._paint_in(painter, block, rect, colour)

    def _paint_in(self, painter: QPainter, block: QTextBlock, rect: QRectF, colour: QColor) -> None:
        begin, end = block.position(), block.position() + block.length()
        there = []
        for number in range(self.first_from(begin), len(self.hits)):
            hit = self.hits[number]
            if hit[0] >= end:
                break
            there.append((hit[0] - begin, hit[1] - begin))
        for area in short_areas(self._viewer.page, block, there):
            painter.fillRect(area.translated(rect.topLeft()), colour)

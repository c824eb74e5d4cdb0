"""The ring around the link that has the keyboard."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QTextBrowser

from reader.document.picture_object import x_of

_WIDE = 2
_ROUND = 4


class LinkFocus:
    """Remembers the link that the keyboard went to; clicks and other selections end it."""

    def __init__(self, browser: QTextBrowser) -> None:
        self._browser = browser
        self._link: tuple[int, int] | None = None

    def went(self) -> None:
        """Remember the link that the browser has selected, since the Tab key went there."""
        self._link = self._selected()

    @property
    def is_shown(self) -> bool:
        """Whether a link has the ring."""
        return (
            self._link is not None and self._link == self._selected() and self._browser.hasFocus()
        )

    def paint(self, painter: QPainter, colour: str) -> None:
        """Paint the ring, in the coordinates of the document."""
        if self._link is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), _WIDE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in self.rects():
            painter.drawRoundedRect(rect.adjusted(-2, 0, 1, 0), _ROUND, _ROUND)

    def rects(self) -> list[QRectF]:
        """Return the area of the link: a rectangle for each of its lines."""
        if self._link is None:
            return []
        return areas(self._browser, *self._link)

    def _selected(self) -> tuple[int, int] | None:
        cursor = self._browser.textCursor()
        return (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else None


def areas(browser: QTextBrowser, start: int, end: int) -> list[QRectF]:
    """Return the area of the text between two positions, for each of its lines."""
    block, found = browser.document().findBlock(start), list[QRectF]()
    while block.isValid() and block.position() < end:
        found += _lines(browser, block, start - block.position(), end - block.position())
        block = block.next()
    return found


def _lines(browser: QTextBrowser, block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
    corner = browser.document().documentLayout().blockBoundingRect(block).topLeft()
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        if first < end and start < last:
            left, right = sorted(x_of(line, min(max(at, first), last)) for at in (start, end))
            natural = QRectF(left, line.y(), right - left, line.height())
            yield natural.translated(corner)

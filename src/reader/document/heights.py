"""Positions by their heights in a document, and the heights of positions."""

from bisect import bisect_left

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument

_INSIDE = 8  # pixels from the side, so that it is in the line


def position_at(document: QTextDocument, y: float, x: float = _INSIDE) -> int:
    """Return the position at a height, between two lines that of the lower one.

    Between blocks Qt walks through the rest of the document, and may answer with a position far
    below that is not laid out yet: asking for its top lays it out.
    """
    if y <= y_in(document, 0):
        return 0
    if block := _below_space(document, y):
        return block.position()
    layout, before = document.documentLayout(), -1
    while True:
        found = max(0, layout.hitTest(QPointF(x, y), Qt.HitTestAccuracy.FuzzyHit))
        if found == before or y_in(document, found) <= y:
            return found
        before = found


def _below_space(document: QTextDocument, y: float) -> QTextBlock | None:
    """Return the block below the space between two blocks at a height, None if there is none."""
    layout = document.documentLayout()

    def ends_below(number: int) -> bool:
        block = document.findBlockByNumber(number)
        is_laid_out = block.layout().lineCount() > 0  # else Qt would lay out all above it
        return not is_laid_out or layout.blockBoundingRect(block).bottom() >= y

    number = bisect_left(range(document.blockCount()), True, key=ends_below)
    block, root = document.findBlockByNumber(number), document.rootFrame()
    is_below = (
        block.isValid()
        and block.layout().lineCount() > 0
        and layout.blockBoundingRect(block).top() > y
        and document.frameAt(block.position()) is root
        and document.frameAt(max(0, block.position() - 2)) is root  # no table reaches down here
    )
    return block if is_below else None


def y_in(document: QTextDocument, position: int) -> float:
    """Return the top of the line of a position, in pixels of the document.

    A position behind the end of the document is taken for its end.
    """
    position = min(max(0, position), document.characterCount() - 1)
    block = document.findBlock(position)
    rect = document.documentLayout().blockBoundingRect(block)
    line = block.layout().lineForTextPosition(position - block.position())
    return rect.top() + (line.y() if line.isValid() else 0.0)

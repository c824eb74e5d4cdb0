"""The text at a place of a document that is laid out."""

from bisect import bisect_left

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextDocument


def position_at(document: QTextDocument, place: QPointF) -> int:
    """Return the position of the text at a place, between two blocks that of the lower one.

    Qt answers the same, but walks through the rest of the document if the place is between blocks.
    """
    layout, height = document.documentLayout(), place.y()

    def ends_below(number: int) -> bool:
        block = document.findBlockByNumber(number)
        is_laid_out = block.layout().lineCount() > 0  # else Qt would lay out all above it
        return not is_laid_out or layout.blockBoundingRect(block).bottom() >= height

    number = bisect_left(range(document.blockCount()), True, key=ends_below)
    block, root = document.findBlockByNumber(number), document.rootFrame()
    is_below = (
        block.isValid()
        and block.layout().lineCount() > 0
        and layout.blockBoundingRect(block).top() > height
        and document.frameAt(block.position()) is root
        and document.frameAt(max(0, block.position() - 2)) is root  # no table reaches down here
    )
    return block.position() if is_below else layout.hitTest(place, Qt.HitTestAccuracy.FuzzyHit)

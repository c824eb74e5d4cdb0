"""Positions by their heights in a document, and the heights of positions."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextDocument

_INSIDE = 8  # pixels from the side, so that it is in the line


def position_at(document: QTextDocument, y: float, x: float = _INSIDE) -> int:
    """Return the position at a height, between two lines that of the lower one.

    There Qt may answer with a position far below that is not laid out yet: asking for its top
    lays it out.
    """
    layout, before = document.documentLayout(), -1
    if y <= y_in(document, 0):
        return 0
    while True:
        found = max(0, layout.hitTest(QPointF(x, y), Qt.HitTestAccuracy.FuzzyHit))
        if found == before or y_in(document, found) <= y:
            return found
        before = found


def y_in(document: QTextDocument, position: int) -> float:
    """Return the top of the line of a position, in pixels of the document.

    A position behind the end of the document is taken for its end.
    """
    position = min(max(0, position), document.characterCount() - 1)
    block = document.findBlock(position)
    rect = document.documentLayout().blockBoundingRect(block)
    line = block.layout().lineForTextPosition(position - block.position())
    return rect.top() + (line.y() if line.isValid() else 0.0)

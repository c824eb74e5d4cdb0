"""Lines of a document, counted."""

from PySide6.QtGui import QTextDocument


def lines_between(document: QTextDocument, one: int, other: int) -> int:
    """Return how many lines two positions are apart."""
    return abs(_line(document, one) - _line(document, other))


def _line(document: QTextDocument, position: int) -> int:
    document.documentLayout().documentSize()  # or lines beyond the first screen have no layout
    last, before = document.findBlock(position), 0
    block = document.firstBlock()
    while block != last:
        before += block.layout().lineCount()
        block = block.next()
    line = last.layout().lineForTextPosition(position - last.position())
    return before + max(0, line.lineNumber())

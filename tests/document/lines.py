"""Lines of a document, counted."""

from PySide6.QtGui import QTextBlock, QTextDocument


def lines_between(document: QTextDocument, one: int, other: int) -> int:
    """Return how many lines two positions are apart; cells side by side are in one line."""
    document.documentLayout().documentSize()  # or lines beyond the first screen have no layout
    first, last = sorted((one, other))
    block, end = document.findBlock(first), document.findBlock(last)
    tops: set[int] = set()
    while block.isValid():
        tops |= {round(_top(block) + line) for line in _lines(block)}
        if block == end:
            break
        block = block.next()
    low, high = sorted(_line(document, each) for each in (one, other))
    return sum(low < top <= high for top in tops)


def _line(document: QTextDocument, position: int) -> int:
    block = document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return round(_top(block) + (line.y() if line.isValid() else 0))


def _top(block: QTextBlock) -> float:
    return block.document().documentLayout().blockBoundingRect(block).top()


def _lines(block: QTextBlock) -> list[float]:
    layout = block.layout()
    return [layout.lineAt(number).y() for number in range(layout.lineCount())]

"""A line of the page by its text, not by pixels: it is found again in any size."""

from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QScrollBar, QTextBrowser

from reader.document.hits import position_at
from reader.gui.viewer.scroll_bar import PageBar

_HIDDEN = 0.9  # of the line at the top, at most


class ScrollAnchor(NamedTuple):
    """A position in the document and how far its line stands below the upper edge, in pixels."""

    position: int
    offset: float


def anchor_at_top(browser: QTextBrowser) -> ScrollAnchor:
    """Return the anchor of the first line that is seen."""
    top = browser.verticalScrollBar().value()
    position = max(0, position_at(browser.document(), QPointF(8, top + 1)))
    return ScrollAnchor(position, y_of(browser, position) - top)


def y_of(browser: QTextBrowser, position: int) -> float:
    """Return the top of the line of a position, in pixels of the document.

    A position behind the end of the document is taken for its end.
    """
    return y_in(browser.document(), position)


def y_in(document: QTextDocument, position: int) -> float:
    """Return the top of the line of a position in a document."""
    position = min(max(0, position), document.characterCount() - 1)
    block = document.findBlock(position)
    rect = document.documentLayout().blockBoundingRect(block)
    line = block.layout().lineForTextPosition(position - block.position())
    return rect.top() + (line.y() if line.isValid() else 0.0)


def restore(browser: QTextBrowser, anchor: ScrollAnchor) -> None:
    """Scroll the line of an anchor back to its former height."""
    bar = browser.verticalScrollBar()
    if anchor.position == 0 and anchor.offset >= 0:
        bar.setValue(0)
        return
    line = y_of(browser, anchor.position)
    if _is_paged(bar):
        bar.setValue(round(line))
        return
    # If the line was higher, as much of it above the edge would hide all of it.
    wanted = line - max(anchor.offset, -_HIDDEN * _height_of(browser, anchor.position))
    if bar.maximum() < wanted:
        browser.document().size()  # Qt lays out as far as it has to: now to the end
    bar.setValue(round(wanted))


def scroll_to(browser: QTextBrowser, progress: float) -> ScrollAnchor:
    """Show as much of the page as was read, 0 to 1, and return the line that is at the top."""
    bar = browser.verticalScrollBar()
    if _is_paged(bar):
        end = browser.document().characterCount() - 1
        restore(browser, ScrollAnchor(max(0, round(progress * end) - 1), 0))
        return anchor_at_top(browser)
    size = browser.document().size()  # lays out all of it
    browser.document().documentLayout().documentSizeChanged.emit(size)  # the bar has to know now
    bar.setValue(round(progress * (bar.maximum() + bar.pageStep())) - bar.pageStep())
    return anchor_at_top(browser)


def _height_of(browser: QTextBrowser, position: int) -> float:
    block = browser.document().findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return line.height() if line.isValid() else 0.0


def _is_paged(bar: QScrollBar) -> bool:
    return isinstance(bar, PageBar) and bar.snap is not None

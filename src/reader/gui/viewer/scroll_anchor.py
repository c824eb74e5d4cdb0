"""A line of the page by its text, not by pixels: it is found again in any size."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QTextBrowser

from reader.document.heights import position_at, y_in
from reader.gui.viewer.scroll_bar import PageBar

_ASIDE = 8  # pixels from the edge, at which a line begins
_HIDDEN = 0.9  # of the line at the top, at most


class ScrollAnchor(NamedTuple):
    """A position in the document and how far its line stands below the upper edge, in pixels."""

    position: int
    offset: float


def anchor_at_top(browser: QTextBrowser) -> ScrollAnchor:
    """Return the anchor of the first line that is seen."""
    top = browser.verticalScrollBar().value()
    document = browser.document()
    position = position_at(document, top + 1)
    if document.findBlock(position).textDirection() is Qt.LayoutDirection.RightToLeft:
        # A line begins at the right, and its end is the place at which the next one begins.
        position = position_at(document, top + 1, document.textWidth() - _ASIDE)
    return ScrollAnchor(position, y_of(browser, position) - top)


def y_of(browser: QTextBrowser, position: int) -> float:
    """Return the top of the line of a position, in pixels of the document."""
    return y_in(browser.document(), position)


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
        _lay_out(browser)
    bar.setValue(round(wanted))


def scroll_to(browser: QTextBrowser, progress: float) -> ScrollAnchor:
    """Show as much of the page as was read, 0 to 1, and return the line that is at the top."""
    bar = browser.verticalScrollBar()
    if _is_paged(bar):
        end = browser.document().characterCount() - 1
        restore(browser, ScrollAnchor(max(0, round(progress * end) - 1), 0))
        return anchor_at_top(browser)
    _lay_out(browser)
    bar.setValue(round(progress * (bar.maximum() + bar.pageStep())) - bar.pageStep())
    return anchor_at_top(browser)


def _lay_out(browser: QTextBrowser) -> None:
    """Lay out all of the page, of which Qt lays out as much as it has to."""
    size = browser.document().size()
    browser.document().documentLayout().documentSizeChanged.emit(size)  # the bar has to know now


def _height_of(browser: QTextBrowser, position: int) -> float:
    block = browser.document().findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return line.height() if line.isValid() else 0.0


def _is_paged(bar: QScrollBar) -> bool:
    return isinstance(bar, PageBar) and bar.snap is not None

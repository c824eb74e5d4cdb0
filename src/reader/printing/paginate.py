"""Where pages break: never through a line, a picture or a row; seldom where it reads badly.

A document laid out as one endless column is cut at the last good place that fits. Good
places do not part a heading from its text, a caption from its picture, the head of a table
from its rows, and leave no single line of a paragraph alone on a page.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextTable

from reader.document.build import Document
from reader.document.formats import Mark, Role

_EMPTIEST = 0.55
"""A page is not left emptier than this to reach a good place."""


@dataclass(frozen=True, slots=True)
class Page:
    """What of the column stands on a page, in its pixels; ``head`` rows are repeated above."""

    top: float
    bottom: float
    head: tuple[float, float] | None = None

    @property
    def shift(self) -> float:
        """How much room the repeated rows take."""
        return self.head[1] - self.head[0] if self.head else 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a page may end; ``head`` is what the next page begins with."""

    y: float
    good: bool = True
    head: tuple[float, float] | None = None


def pages(document: Document, height: float) -> list[Page]:
    """Return the pages of a laid out document; ``height`` is that of a page's text area."""
    cuts = sorted(_cuts(document), key=lambda cut: cut.y)
    whole = _solid(document)
    end = document.size().height()
    places = [cut.y for cut in cuts]
    found: list[Page] = []
    top, head = 0.0, None
    while top < end - 0.5:
        room = height - (head[1] - head[0] if head else 0.0)
        if end - top <= room:
            found.append(Page(top, end, head))
            break
        cut = _choose(cuts, places, top, top + room) or Cut(_between_lines(whole, top, top + room))
        found.append(Page(top, cut.y, head))
        top, head = cut.y, cut.head
    return found or [Page(0.0, end)]


def _choose(cuts: list[Cut], places: list[float], top: float, limit: float) -> Cut | None:
    last = bisect_right(places, limit + 0.01) - 1
    fallback: Cut | None = None
    while last >= 0 and cuts[last].y > top + 0.5:
        cut = cuts[last]
        if cut.good and cut.y - top >= _EMPTIEST * (limit - top):
            return cut
        if fallback is None or (cut.good and not fallback.good):
            fallback = cut
        last -= 1
    return fallback


def _between_lines(lines: list[tuple[float, float]], top: float, limit: float) -> float:
    """Return the lowest place that cuts no line: for a row of a table higher than a page."""
    y = limit
    for start, end in reversed(lines):
        if start < y < end and start > top + 0.5:
            y = start
    return y


def _cuts(document: Document) -> Iterator[Cut]:
    tables = _tables(document)
    previous: QTextBlock | None = None
    block = document.firstBlock()
    while block.isValid():
        table = tables.get(block.position())
        if table is not None:
            yield from _table_cuts(document, table, previous)
            block = document.findBlock(table.lastPosition() + 1)
            previous = None
            continue
        yield from _block_cuts(document, block, previous)
        previous, block = block, block.next()


def _block_cuts(
    document: Document, block: QTextBlock, previous: QTextBlock | None
) -> Iterator[Cut]:
    rect = document.documentLayout().blockBoundingRect(block)
    lines = [block.layout().lineAt(index) for index in range(block.layout().lineCount())]
    yield Cut(rect.top() - _above(document, block), _may_begin(block, previous))
    for index in range(1, len(lines)):
        good = 1 < index < len(lines) - 1
        yield Cut(rect.top() + lines[index].y(), good)


def _above(document: Document, block: QTextBlock) -> float:
    """Return the room that belongs to a block above its first line: the panel of code."""
    first = _role(block) == Role.CODE and _group(block.previous()) != _group(block)
    return 0.72 * document.formats.em * document.scale if first else 0.0


def _may_begin(block: QTextBlock, previous: QTextBlock | None) -> bool:
    if previous is None:
        return True
    before, role = _role(previous), _role(block)
    if before in (Role.HEADING, Role.HEAD, Role.END_OF_HEAD, Role.NOTES):
        return False
    if role == Role.CAPTION and before == Role.PICTURE:
        return False
    if role == Role.CODE and _group(previous) == _group(block):
        second = _group(previous.previous()) != _group(block)
        last = _group(block.next()) != _group(block)
        return not second and not last
    return True


def _table_cuts(
    document: Document, table: QTextTable, previous: QTextBlock | None
) -> Iterator[Cut]:
    tops = [_row_top(document, table, row) for row in range(table.rows())]
    count = table.format().headerRowCount()
    head = (tops[0], tops[count]) if 0 < count < len(tops) else None
    yield Cut(tops[0], previous is None or _role(previous) not in (Role.HEADING, Role.CAPTION))
    for row in range(1, len(tops)):
        if not _is_spanned(table, row):
            yield Cut(tops[row], row > count, head if row > count else None)


def _row_top(document: Document, table: QTextTable, row: int) -> float:
    layout = document.documentLayout()
    padding = table.format().cellPadding() * document.scale
    tops = [
        layout.blockBoundingRect(table.cellAt(row, column).firstCursorPosition().block()).top()
        for column in range(table.columns())
        if table.cellAt(row, column).row() == row
    ]
    return min(tops, default=0.0) - padding


def _is_spanned(table: QTextTable, row: int) -> bool:
    return any(table.cellAt(row, column).row() < row for column in range(table.columns()))


def _solid(document: Document) -> list[tuple[float, float]]:
    """Return the lines inside tables, from top to bottom."""
    found: list[tuple[float, float]] = []
    layout = document.documentLayout()
    for table in _tables(document).values():
        block = document.findBlock(table.firstPosition())
        while block.isValid() and block.position() <= table.lastPosition():
            top = layout.blockBoundingRect(block).top()
            for index in range(block.layout().lineCount()):
                line = block.layout().lineAt(index)
                found.append((top + line.y(), top + line.y() + line.height()))
            block = block.next()
    return sorted(found)


def _tables(document: Document) -> dict[int, QTextTable]:
    frames = document.rootFrame().childFrames()
    return {each.firstPosition(): each for each in frames if isinstance(each, QTextTable)}


def _role(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.ROLE) if block.isValid() else -1


def _group(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.GROUP) if block.isValid() else -1

"""Page breaks: never through a line, a picture or a row, and rarely at a bad place.

A document laid out as one endless column is cut at the last good place that fits. Good places do
not separate a heading from its text, a caption from its picture or the head of a table from its
rows, and leave no single line of a paragraph alone.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextTable

from reader.document.build import Document
from reader.document.column_widths import Way
from reader.document.formats import Mark, Role
from reader.document.portions import BREAK, JOINER
from reader.printing.table_cuts import Cut, Rows, Span, table_cuts, tables_of

_PANEL = 0.72  # the padding of a code panel above and below its lines, in em
_STEP = 200  # blocks between two yields
_KEPT_WITH_NEXT = (Role.HEADING, Role.HEAD, Role.END_OF_HEAD, Role.NOTES, Role.TERM, Role.TITLE)
_NUMBER = re.compile(r"\d+|\[\d+\]")
_UNSAID = str.maketrans("", "", f"{JOINER}{BREAK}\N{SOFT HYPHEN}\ufffc")


class Heading(NamedTuple):
    """A heading of the text: its level, its text, and its position."""

    level: int
    text: str
    y: float


class Slice(NamedTuple):
    """A part of a document in a column of a page; ``head`` rows are repeated above it.

    ``scale`` is less than 1 for a picture that is shrunk to fit.
    """

    top: float
    bottom: float
    head: Span | None = None
    scale: float = 1.0

    @property
    def height(self) -> float:
        """Return the height of the slice on the page."""
        return (self.bottom - self.top) * self.scale + self.shift

    @property
    def shift(self) -> float:
        """Return the height of the repeated rows."""
        return self.head[1] - self.head[0] if self.head else 0.0


class _Part(NamedTuple):
    """A block or a table of a galley: its top, and the position of its first character."""

    top: float
    position: int
    is_table: bool = False


class Galley:
    """A document laid out without page breaks, and the places at which it can be cut.

    Between two of the ``cuts`` is a box: a line, a picture, or a row of a table. Box ``n``
    goes from ``cuts[n].start`` to ``cuts[n + 1].y``.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.begin = 0.0
        self.end = 0.0
        self.headings: list[Heading] = []
        self.cuts: list[Cut] = []
        self.rows = Rows(document)
        self._parts: list[_Part] = []

    def measure(self) -> Iterator[None]:
        """Find the places, yielding regularly so that other work can go on."""
        cuts: list[Cut] = []
        for number, cut in enumerate(self._measured()):
            cuts.append(cut)
            if number % _STEP == 0:
                yield
        self.cuts = sorted(cuts, key=lambda cut: cut.y)
        self.begin, self.end = cuts[0].start, self.cuts[-1].y

    @property
    def opening(self) -> float:
        """The height of the least that can stand in the first column."""
        return next((cut.y for cut in self.cuts[1:] if cut.good), self.end) - self.begin

    def box_at(self, y: float) -> int:
        """Return the number of the box at a height."""
        number = bisect_right(self.cuts, y, key=lambda cut: cut.start) - 1
        return max(0, min(number, len(self.cuts) - 2))

    def headings_between(self, top: float, bottom: float) -> list[Heading]:
        """Return the headings between two heights."""
        ends = [bisect_left(self.headings, y, key=lambda each: each.y) for y in (top, bottom)]
        return self.headings[ends[0] : ends[1]]

    def parts_between(self, top: float, bottom: float) -> Iterator[QTextBlock | QTextTable]:
        """Yield the blocks and tables between two heights, and perhaps the one before."""
        first = bisect_right(self._parts, top, key=lambda each: each.top) - 2
        for number in range(max(0, first), len(self._parts)):
            part = self._parts[number]
            if part.top >= bottom:
                return
            if part.is_table:
                table = self.document.frameAt(part.position)
                assert isinstance(table, QTextTable)
                yield table
            else:
                yield self.document.findBlock(part.position)

    def _part_of(self, table: QTextTable) -> _Part:
        return _Part(self.rows.edges(table)[0], table.firstPosition(), is_table=True)

    def _measured(self) -> Iterator[Cut]:
        document, rows = self.document, self.rows
        tables = tables_of(document)
        layout = document.documentLayout()
        previous: QTextBlock | None = None
        bottom = 0.0
        block = document.firstBlock()
        while block.isValid():
            table = tables.get(block.position())
            if table is not None:
                good = previous is None or not _keeps_next(previous)
                self._parts += map(self._part_of, table.portions)
                yield from table_cuts(document, table, rows, good=good, bottom=bottom)
                bottom = rows.edges(table.portions[-1])[-1]
                block = document.findBlock(table.portions[-1].lastPosition() + 1)
                previous = None
                continue
            if not block.blockFormat().hasProperty(Mark.ROLE):
                block = block.next()  # an invisible paragraph that Qt requires beside a table
                continue
            rect = layout.blockBoundingRect(block)
            self._parts.append(_Part(rect.top(), block.position()))
            top = rect.top() - _above(document, block)
            yield _cut_above(block, previous, bottom, top)
            if level := block.blockFormat().headingLevel():
                self.headings.append(Heading(level, _text_of(block), rect.top()))
            yield from _cuts_between_lines(block, rect.top())
            bottom = rect.bottom() + _below(document, block)
            previous, block = block, block.next()
        yield Cut(bottom, bottom)


def _cut_above(block: QTextBlock, previous: QTextBlock | None, bottom: float, top: float) -> Cut:
    """Return the place above a block; ``bottom`` is that of the block before it."""
    good = _may_begin(block, previous)
    quoted = previous is not None and bool(_quotes(block)) and bool(_quotes(previous))
    return Cut(
        min(bottom, top),
        top,
        good,
        stretches=good and top > bottom + 0.5 and not quoted,
        figure=_boxes_of_figure(block),
        way=_way(block),
    )


def _cuts_between_lines(block: QTextBlock, top: float) -> Iterator[Cut]:
    lines = block.layout()
    count = lines.lineCount()
    for index in range(1, count):
        y = top + lines.lineAt(index).y()
        yield Cut(y, y, 1 < index < count - 1, way=_way(block))


def _boxes_of_figure(block: QTextBlock) -> int:
    """Return the number of boxes of the picture that a block is, with its caption.

    Returns 0 if it is none that may float: one in a list or a quote belongs to its text.
    """
    if _role(block) != Role.PICTURE or block.blockFormat().indent() or _quotes(block):
        return 0
    boxes = block.layout().lineCount()
    while _is_caption_below(block := block.next()):
        boxes += block.layout().lineCount()
    return boxes


def _above(document: Document, block: QTextBlock) -> float:
    """Return the height of a block's decoration above its first line: the panel of code."""
    first = _role(block) == Role.CODE and _group(block.previous()) != _group(block)
    return _PANEL * document.formats.em * document.scale if first else 0.0


def _below(document: Document, block: QTextBlock) -> float:
    last = _role(block) == Role.CODE and _group(block.next()) != _group(block)
    return _PANEL * document.formats.em * document.scale if last else 0.0


def _may_begin(block: QTextBlock, previous: QTextBlock | None) -> bool:
    if _is_caption_below(block):
        return False
    if previous is None:
        return True
    if _keeps_next(previous):
        return False
    if _role(block) == Role.CODE and _group(previous) == _group(block):
        second = _group(previous.previous()) != _group(block)
        last = _group(block.next()) != _group(block)
        return not second and not last
    return True


def _keeps_next(block: QTextBlock) -> bool:
    """Return whether a block is never parted from the next one.

    So is a heading, the caption above a table, and the marker of an item that begins with anything
    but text.
    """
    role = _role(block)
    if role == Role.CAPTION:
        return not _is_caption_below(block)
    alone = block.blockFormat().hasProperty(Mark.MARKER) and not _text_of(block)
    return role in _KEPT_WITH_NEXT or alone


def _is_caption_below(block: QTextBlock) -> bool:
    """Return whether a block is a caption below something; those of tables are not centred."""
    centred = bool(block.blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter)
    return _role(block) == Role.CAPTION and centred


def _text_of(block: QTextBlock) -> str:
    """Return the text of a block without characters for the layout, and numbers of notes."""
    said = ""
    runs = block.begin()
    while not runs.atEnd():
        text = runs.fragment().text()
        if not _is_number(runs.fragment().charFormat(), text):
            said += text
        runs += 1
    return " ".join(said.translate(_UNSAID).split())


def _is_number(form: QTextCharFormat, text: str) -> bool:
    """Return whether a run is the number of a note, or that of a link on paper."""
    raised = form.verticalAlignment() is QTextCharFormat.VerticalAlignment.AlignSuperScript
    return raised and form.isAnchor() and bool(_NUMBER.fullmatch(text.translate(_UNSAID)))


def _role(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.ROLE) if block.isValid() else -1


def _way(block: QTextBlock) -> Way:
    return Way(block.blockFormat().intProperty(Mark.WAY))


def _quotes(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(Mark.QUOTES)


def _group(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.GROUP) if block.isValid() else -1

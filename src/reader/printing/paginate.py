"""Page breaks: never through a line, a picture or a row, and rarely at a bad place.

A document laid out as one endless column is cut at the last good place that fits. Good places do
not separate a heading from its text, a caption from its picture or the head of a table from its
rows, and leave no single line of a paragraph alone.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextBlock

from reader.document.build import Document
from reader.document.column_widths import Way
from reader.document.formats import Mark, Role
from reader.document.portions import BREAK, JOINER
from reader.printing.table_cuts import Cut, Rows, Span, table_cuts, tables_of

_PANEL = 0.72  # the padding of a code panel above and below its lines, in em
_STEP = 200  # blocks between two yields
_TRIALS = 12
_KEPT_WITH_NEXT = (Role.HEADING, Role.HEAD, Role.END_OF_HEAD, Role.NOTES, Role.TERM)
_UNSAID = str.maketrans("", "", f"{JOINER}{BREAK}\N{SOFT HYPHEN}\ufffc")


class Heading(NamedTuple):
    """A heading of the text: its level, its text, and its position."""

    level: int
    text: str
    y: float


class Slice(NamedTuple):
    """A part of a document in a column of a page; ``head`` rows are repeated above it.

    ``following`` is the position of the next slice, ``following_head`` the rows it repeats.
    """

    top: float
    bottom: float
    head: Span | None
    following: float
    following_head: Span | None

    @property
    def height(self) -> float:
        """Return the height of the slice."""
        return self.bottom - self.top + self.shift

    @property
    def shift(self) -> float:
        """Return the height of the repeated rows."""
        return self.head[1] - self.head[0] if self.head else 0.0


class Galley:
    """A document laid out without page breaks, and the places where it can be cut."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.begin = 0.0
        self.end = 0.0
        self.headings: list[Heading] = []
        self.cuts: list[Cut] = []
        self.rows = Rows(document)

    def measure(self) -> Iterator[None]:
        """Find the places, yielding regularly so that other work can go on."""
        cuts: list[Cut] = []
        for number, cut in enumerate(_cuts(self.document, self.rows, self.headings)):
            cuts.append(cut)
            if number % _STEP == 0:
                yield
        self.cuts = sorted(cuts, key=lambda cut: cut.y)
        self.begin, self.end = cuts[0].start, self.cuts[-1].y

    def slice(self, top: float, head: Span | None, room: float, *, all_of: bool) -> Slice | None:
        """Return the slice that fits into ``room`` from ``top`` on.

        Returns None if nothing fits well, but never if ``all_of`` the column is free.
        """
        room -= head[1] - head[0] if head else 0.0
        if self.end - top <= room + 0.01:
            return Slice(top, self.end, head, self.end, None)
        cut = self._choose(top, top + room, all_of)
        if cut is None and not all_of:
            return None
        if cut is None:
            cut = Cut(top + max(room, 1.0), top + max(room, 1.0))
        return Slice(top, cut.y, head, cut.start, cut.head)

    def columns(
        self, top: float, head: Span | None, room: float, count: int, *, all_of: bool
    ) -> list[Slice]:
        """Return slices for several columns, balanced if they hold all of the rest."""
        slices = self._fill(top, head, room, count, all_of=all_of)
        if count == 1 or not slices or slices[-1].following < self.end - 0.5:
            return slices
        least, most = (self.end - top) / count * 0.9, room
        for _ in range(_TRIALS):
            trial = (least + most) / 2
            tried = self._fill(top, head, trial, count, all_of=False)
            if tried and tried[-1].following >= self.end - 0.5:
                slices, most = tried, trial
            else:
                least = trial
        return slices

    def _fill(
        self, top: float, head: Span | None, room: float, count: int, *, all_of: bool
    ) -> list[Slice]:
        slices: list[Slice] = []
        while len(slices) < count and top < self.end - 0.5:
            each = self.slice(top, head, room, all_of=all_of)
            if each is None:
                break
            slices.append(each)
            top, head = each.following, each.following_head
        return slices

    def _choose(self, top: float, limit: float, all_of: bool) -> Cut | None:
        last = bisect_right(self.cuts, limit + 0.01, key=lambda cut: cut.y) - 1
        fallback: Cut | None = None
        while last >= 0 and self.cuts[last].y > top + 0.5:
            cut = self.cuts[last]
            if cut.good:
                return cut
            fallback = fallback or cut
            last -= 1
        return fallback if all_of else None


def _cuts(document: Document, rows: Rows, headings: list[Heading]) -> Iterator[Cut]:
    tables = tables_of(document)
    layout = document.documentLayout()
    previous: QTextBlock | None = None
    bottom = 0.0
    block = document.firstBlock()
    while block.isValid():
        table = tables.get(block.position())
        if table is not None:
            good = _may_begin_table(previous)
            yield from table_cuts(document, table, rows, good=good, bottom=bottom)
            bottom = rows.edges(table.portions[-1])[-1]
            block = document.findBlock(table.portions[-1].lastPosition() + 1)
            previous = None
            continue
        if not block.blockFormat().hasProperty(Mark.ROLE):
            block = block.next()  # an invisible paragraph that Qt requires beside a table
            continue
        rect = layout.blockBoundingRect(block)
        lines = block.layout()
        top = rect.top() - _above(document, block)
        way = Way(block.blockFormat().intProperty(Mark.WAY))
        yield Cut(min(bottom, top), top, _may_begin(block, previous), way=way)
        if level := block.blockFormat().headingLevel():
            headings.append(Heading(level, _text_of(block), rect.top()))
        count = lines.lineCount()
        for index in range(1, count):
            y = rect.top() + lines.lineAt(index).y()
            yield Cut(y, y, 1 < index < count - 1, way=way)
        bottom = rect.bottom() + _below(document, block)
        previous, block = block, block.next()
    yield Cut(bottom, bottom)


def _above(document: Document, block: QTextBlock) -> float:
    """Return the height of a block's decoration above its first line: the panel of code."""
    first = _role(block) == Role.CODE and _group(block.previous()) != _group(block)
    return _PANEL * document.formats.em * document.scale if first else 0.0


def _below(document: Document, block: QTextBlock) -> float:
    last = _role(block) == Role.CODE and _group(block.next()) != _group(block)
    return _PANEL * document.formats.em * document.scale if last else 0.0


def _may_begin(block: QTextBlock, previous: QTextBlock | None) -> bool:
    if previous is None:
        return True
    before, role = _role(previous), _role(block)
    if before in _KEPT_WITH_NEXT:
        return False
    if role == Role.CAPTION and before == Role.PICTURE:
        return False
    if role == Role.CODE and _group(previous) == _group(block):
        second = _group(previous.previous()) != _group(block)
        last = _group(block.next()) != _group(block)
        return not second and not last
    return True


def _may_begin_table(previous: QTextBlock | None) -> bool:
    return previous is None or _role(previous) not in (Role.HEADING, Role.CAPTION)


def _text_of(block: QTextBlock) -> str:
    """Return the text of a block without characters that are only for the layout."""
    text = block.text().translate(_UNSAID)
    return " ".join(text.split())


def _role(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.ROLE) if block.isValid() else -1


def _group(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.GROUP) if block.isValid() else -1

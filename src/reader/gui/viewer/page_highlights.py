"""The highlights of the article on the page: painted, found, and listed below the text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from reader import phrases
from reader.body.anchors import Point
from reader.body.blocks import Block, Heading, Paragraph, Quote, Style, Text
from reader.document.build import Document
from reader.document.highlights import Stretches
from reader.library.highlights.highlights import Stored

UNPLACED = "Highlights without a place"
NOTES = "Notes on this article"


class Spoken(NamedTuple):
    """A highlight between two positions of the document, as screen readers speak it."""

    start: int
    end: int
    text: str
    note: str


class PageHighlights:
    """The highlights of one article, in the order of its text."""

    def __init__(self) -> None:
        self.stored: tuple[Stored, ...] = ()
        self.stretches: Stretches = {}
        self._colours: tuple[str, ...] = ()
        self._ranges: Mapping[int, tuple[int, int]] = {}
        self._ranges_of: Stretches | None = None

    def show(self, stored: Sequence[Stored]) -> bool:
        """Take over highlights; return whether other ones are listed below the text."""
        before = [*self.listed()]
        self.stored = tuple(stored)
        self.stretches = {}
        self._colours = tuple(each.highlight.colour for each in stored)
        return before != [*self.listed()]

    def find_in(self, document: Document) -> None:
        """Find the highlights in a document, as far as it is written."""
        self.stretches = {}
        if self.stored:
            from reader.document import highlights  # an article seldom has any

            self.stretches = highlights.stretches(document, [_ends(x) for x in self.stored])

    def paint(self, document: Document, painter: QPainter, clip: QRectF) -> None:
        """Paint the highlights that are seen."""
        if self.stretches:
            from reader.document import highlights
            from reader.document.decorate import blocks_in

            blocks = [*blocks_in(document, clip)]
            highlights.paint(document, painter, blocks, self.stretches, self._colours)

    def at(self, document: Document, place: QPointF) -> int | None:
        """Return the number of the highlight at a place of the document, None without one."""
        if not self.stretches:
            return None
        from reader.document import highlights

        return highlights.at(document, self.stretches, place)

    def ranges(self, document: Document) -> Mapping[int, tuple[int, int]]:
        """Return the first position and the one after the last of each highlight by its number."""
        if self._ranges_of is not self.stretches:
            self._ranges_of, self._ranges = self.stretches, self._found_ranges(document)
        return self._ranges

    def _found_ranges(self, document: Document) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for block, there in self.stretches.items():
            start = document.findBlockByNumber(block).position()
            for each in there:
                first, last = found.get(each.number, (start + each.start, start + each.end))
                found[each.number] = min(first, start + each.start), max(last, start + each.end)
        return found

    def spoken(self, document: Document) -> list[Spoken]:
        """Return the highlights for screen readers."""
        return [
            Spoken(*ends, self.name_of(number), self.stored[number].highlight.note)
            for number, ends in sorted(self.ranges(document).items())
        ]

    def name_of(self, number: int) -> str:
        """Return a highlight in words: ``Highlight, yellow, with note: two goats``."""
        quote, note, colour, *_ = self.stored[number].highlight
        said = ", ".join(["Highlight", colour, *(["with note"] if note else [])])
        return f"{said}: {' '.join(quote.split())}"

    # ---- below the text

    def listed(self) -> Iterator[Block]:
        """Yield blocks for notes on the whole article, and for highlights without a place."""
        whole = [each for each in self.stored if not each.highlight.quote]
        lost = [each for each in self.stored if each.highlight.quote and each.start is None]
        for title, some in ((NOTES, whole), (UNPLACED, lost)):
            if some:
                yield Heading(2, (Text(title),))
            for each in some:
                yield from _blocks(each)


def details_of(stored: Stored) -> str:
    """Return date and labels of a highlight: ``12 November 2025 · #keepers``."""
    labels = (f"#{label}" for label in stored.highlight.labels)
    return " · ".join(filter(None, (phrases.day(stored.highlight.made_at), *labels)))


def _ends(stored: Stored) -> tuple[Point, Point] | None:
    if stored.start is None or stored.end is None:
        return None
    return Point(stored.start.block, stored.start.offset), Point(
        stored.end.block, stored.end.offset
    )


def _blocks(stored: Stored) -> Iterator[Block]:
    quote, note = stored.highlight.quote, stored.highlight.note
    if quote:
        lines = tuple(
            Paragraph((Text(line.strip()),)) for line in quote.split("\n") if line.strip()
        )
        yield Quote(lines)
    if note:
        yield Paragraph((Text(note),))
    if details := details_of(stored):
        yield Paragraph((Text(details, Style.SMALL),))

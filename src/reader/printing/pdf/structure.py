"""The structure of a book for screen readers, and the marks that carry it into a PDF.

Qt writes PDF without tags. While a page is painted, this draws invisible marks far outside of it;
``reader.printing.pdf.tags`` finds them in the finished file and replaces them by tags (ISO 32000-1,
14.7 and 14.8: logical structure and tagged PDF).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextBlock

from reader.document.build import Document
from reader.document.portions import written
from reader.printing.book import Book
from reader.printing.page import Part
from reader.printing.pdf.marks import END, draw_mark
from reader.printing.pdf.plan import NOWHERE, Node, Plan, Setting, Spot, Spots
from reader.printing.piece import CONTENTS

MARK_Y = -77777
"""The distance of the marks from the page, upwards."""

ARTIFACT = 9_000_001
"""The mark that opens an artifact."""


class Region(NamedTuple):
    """The place of a node on a page, in dots from its upper left corner."""

    page: int
    node: int
    rect: QRectF


class Structure:
    """The elements of a book and the marks for them; each file needs its own."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.nodes: list[Node] = [Node("Document", -1)]
        self.pictures: dict[int, list[str]] = {}
        """The alternative texts of the pictures in lines, by the nodes they stand in."""
        self.regions: list[Region] = []
        self.page = 0
        self._plans: dict[tuple[int, Part], _Planned] = {}
        self._sections: dict[int, int] = {}

    @contextmanager
    def within(self, painter: QPainter, node: int, rect: QRectF) -> Iterator[None]:
        """Make everything painted meanwhile the content of a node; -1 is an artifact."""
        if node < 0:
            self.artifact(painter)
        else:
            self.regions.append(Region(self.page, node, painter.transform().mapRect(rect)))
            self._draw(painter, node)
        yield
        self.close(painter)

    def artifact(self, painter: QPainter) -> None:
        """Begin an artifact, which screen readers ignore."""
        self._draw(painter, ARTIFACT)

    def close(self, painter: QPainter) -> None:
        """End the element or artifact that was begun last."""
        self._draw(painter, END)

    def _draw(self, painter: QPainter, number: int) -> None:
        draw_mark(painter, number, MARK_Y)

    def spot(self, piece: int, document: Document, block: QTextBlock, part: Part) -> Spot:
        """Return the nodes of a block and of its marker."""
        key = (piece, part)
        if key not in self._plans:
            for other in self._plans.values():
                other.finish()  # it would keep its document in memory
            setting = self._setting(piece, part)
            plan = Plan(self.nodes, self.pictures, document, setting)
            self._plans[key] = _Planned(plan.spots())
        return self._plans[key].at(block.position())

    def _setting(self, piece: int, part: Part) -> Setting:
        section = self._section(piece)
        head = self._book.typesetter.piece(piece).head.document
        above = 1 if written(head.firstBlock().text()).strip() else 0
        if piece != CONTENTS or part is not Part.BODY:
            return Setting(section, above)
        self.nodes.append(Node("TOC", section))
        return Setting(len(self.nodes) - 1, above, "TOCI")

    def _section(self, piece: int) -> int:
        """Return the node around a piece; a single article needs none."""
        if not self._book.is_bound:
            return 0
        piece = self._book.typesetter.entry_of(piece)
        if piece not in self._sections:
            title = self._book.entries[piece].title if piece >= 0 else ""
            language = self._book.typesetter.piece(piece).language
            self.nodes.append(Node("Sect", 0, title=title, language=language))
            self._sections[piece] = len(self.nodes) - 1
        return self._sections[piece]


class _Planned:
    """The spots of a document as far as they are planned, which is as far as it is painted."""

    def __init__(self, work: Iterator[Spots]) -> None:
        self._work = work
        self._known: dict[int, Spot] = {}
        self._reached = -1

    def at(self, position: int) -> Spot:
        """Return the spot of the block at a position, planned now if need be."""
        while self._reached < position and (step := next(self._work, None)) is not None:
            self._take(step)
        return self._known.get(position, NOWHERE)

    def finish(self) -> None:
        """Plan all that is left, after which the document is no longer needed."""
        for step in self._work:
            self._take(step)

    def _take(self, step: Spots) -> None:
        self._reached = max(self._reached, step[0])
        self._known.update(step[1])

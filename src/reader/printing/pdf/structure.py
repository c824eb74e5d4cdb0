"""The structure of a book for screen readers: headings, lists, tables, pictures.

Qt writes PDF without tags. While a page is painted, this draws invisible marks far outside of it;
``reader.printing.pdf.tags`` finds them in the finished file and replaces them by tags (ISO 32000-1,
14.7 and 14.8: logical structure and tagged PDF).
"""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextTable, QTransform

from reader.document.build import Document
from reader.document.formats import Mark, Role
from reader.document.tables import is_rtl
from reader.printing.book import Book
from reader.printing.page import Part

MARK_Y = -77777
"""The distance of the marks from the page, upwards."""

END, ARTIFACT = 900_000, 900_001
"""Marks that close the open element, and that open an artifact."""

_DEEPEST_HEADING = 6


class Node(NamedTuple):
    """An element of the structure: its type, the number of its parent, and an alternative text."""

    kind: str
    parent: int
    alt: str = ""
    title: str = ""


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
        self.regions: list[Region] = []
        self.page = 0
        self._plans: dict[tuple[int, Part], dict[int, int]] = {}
        self._sections: dict[int, int] = {}
        self._pen = QPen(QColor(0, 0, 0), 0)

    def open(self, painter: QPainter, node: int, rect: QRectF) -> None:
        """Begin the content of a node within ``rect``."""
        self.regions.append(Region(self.page, node, painter.transform().mapRect(rect)))
        self._draw(painter, node)

    def artifact(self, painter: QPainter) -> None:
        """Begin an artifact, which screen readers ignore."""
        self._draw(painter, ARTIFACT)

    def close(self, painter: QPainter) -> None:
        """End the element or artifact that was begun last."""
        self._draw(painter, END)

    def _draw(self, painter: QPainter, number: int) -> None:
        way, pen = painter.transform(), painter.pen()
        painter.setTransform(QTransform())
        painter.setPen(self._pen)
        painter.drawLine(QPointF(number, MARK_Y), QPointF(number, MARK_Y))
        painter.setPen(pen)
        painter.setTransform(way)

    def node_of(self, piece: int, document: Document, block: QTextBlock, part: Part) -> int:
        """Return the node of a block, -1 if screen readers shall ignore it."""
        key = (piece, part)
        if key not in self._plans:
            section = self._section(piece)
            self._plans[key] = dict(_Plan(self.nodes, document, section).blocks())
        return self._plans[key].get(block.position(), -1)

    def _section(self, piece: int) -> int:
        """Return the node around a piece; a single article needs none."""
        if not self._book.is_bound:
            return 0
        if piece not in self._sections:
            title = self._book.entries[piece].title if piece >= 0 else ""
            self.nodes.append(Node("Sect", 0, "", title))
            self._sections[piece] = len(self.nodes) - 1
        return self._sections[piece]


class _Level(NamedTuple):
    """An open list at an indent: its node, the node of its open item, and the quotes around it."""

    indent: int
    list: int
    body: int
    quotes: tuple[str, ...]

    def holds(self, indent: int, quotes: tuple[str, ...]) -> bool:
        """Return whether a block with this indent and these quotes belongs to the open item."""
        around = len(self.quotes)
        inner = quotes[around:]
        return (
            indent >= self.indent
            and quotes[:around] == self.quotes
            and all(_indent_of(block) >= self.indent for block in inner)
        )


class _Plan:
    """The nodes of one document, made in reading order."""

    def __init__(self, nodes: list[Node], document: Document, section: int) -> None:
        self._nodes = nodes
        self._document = document
        self._section = section
        self._lists: list[_Level] = []
        self._quotes: dict[str, int] = {}
        self._code: tuple[int, int] = (-1, -1)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yield the position of each block and the number of its node."""
        block = self._document.firstBlock()
        while block.isValid():
            frame = self._document.frameAt(block.position())
            if isinstance(frame, QTextTable):
                yield from self._table(frame, block)
                block = self._document.findBlock(frame.lastPosition() + 1)
                continue
            if block.length() > 1:
                yield block.position(), self._block(block)
            block = block.next()

    def _block(self, block: QTextBlock) -> int:
        form = block.blockFormat()
        role = form.intProperty(Mark.ROLE)
        parent = self._parent(block)
        if form.stringProperty(Mark.MARKER):
            parent = self._item(block, parent)
        if role == Role.HEAD and block.blockNumber() == 0:
            return self._add("H1", parent)
        if level := form.headingLevel():
            return self._add(f"H{min(level + 1, _DEEPEST_HEADING)}", parent)
        if role == Role.CODE:
            return self._code_of(form.intProperty(Mark.GROUP), parent)
        if role == Role.PICTURE:
            return self._add("Figure", parent, _alt(block))
        return self._add("P", parent)

    def _parent(self, block: QTextBlock) -> int:
        """Return the quote or list item around a block, or the section."""
        form = block.blockFormat()
        quotes = _quotes_of(block)
        # A code panel is indented by one more than its place in the structure.
        indent = form.indent() - (form.intProperty(Mark.ROLE) == Role.CODE)
        while self._lists and not self._lists[-1].holds(indent, quotes):
            self._lists.pop()
        item = self._lists[-1] if self._lists else None
        parent, around = (item.body, len(item.quotes)) if item else (self._section, 0)
        for quote in quotes[around:]:
            if quote not in self._quotes:
                self._quotes[quote] = self._add("BlockQuote", parent)
            parent = self._quotes[quote]
        return parent

    def _item(self, block: QTextBlock, parent: int) -> int:
        """Return the body of a new item, in the open list at this indent or in a new list."""
        indent = block.blockFormat().indent()
        last = self._lists[-1] if self._lists else None
        if last is not None and last.indent == indent:
            self._lists.pop()
            node = last.list
        else:
            node = self._add("L", parent)
        body = self._add("LBody", self._add("LI", node))
        self._lists.append(_Level(indent, node, body, _quotes_of(block)))
        return body

    def _code_of(self, group: int, parent: int) -> int:
        if self._code[0] != group:
            self._code = (group, self._add("Code", parent))
        return self._code[1]

    def _table(self, table: QTextTable, block: QTextBlock) -> Iterator[tuple[int, int]]:
        node = self._add("Table", self._parent(block))
        heads = table.format().headerRowCount()
        for row in range(table.rows()):
            line = self._add("TR", node)
            cells = [table.cellAt(row, column) for column in range(table.columns())]
            begun = {
                cell.column(): cell
                for column, cell in enumerate(cells)
                if (cell.row(), cell.column()) == (row, column)
            }
            # Qt counts columns from the left, whatever the direction is.
            order = sorted(begun, reverse=is_rtl(table))
            nodes = {each: self._add("TH" if row < heads else "TD", line) for each in order}
            for column, cell in begun.items():
                own = nodes[column]
                inner, end = cell.firstCursorPosition().block(), cell.lastPosition()
                while inner.isValid() and inner.position() <= end:
                    yield inner.position(), own
                    inner = inner.next()

    def _add(self, kind: str, parent: int, alt: str = "") -> int:
        self._nodes.append(Node(kind, parent, alt))
        return len(self._nodes) - 1


def _quotes_of(block: QTextBlock) -> tuple[str, ...]:
    return tuple(block.blockFormat().stringProperty(Mark.QUOTES).split())


def _indent_of(quote: str) -> int:
    return int(quote.partition(":")[0])


def _alt(block: QTextBlock) -> str:
    for run in block.textFormats():
        if alt := run.format.stringProperty(Mark.ALT):
            return alt
    return "Picture"

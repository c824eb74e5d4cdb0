"""Paint pages, the same for preview, printer and PDF."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextBlock,
    QTextLine,
    QTextTable,
)

from reader.document.build import Document
from reader.document.decorate import decorate, is_decorated, paint_marker
from reader.document.fonts import font
from reader.document.formats import Mark, Role
from reader.document.table_cuts import Rows
from reader.printing.book import Book
from reader.printing.front.marks import paint_marks, paint_numbers
from reader.printing.imposition import Side
from reader.printing.page import Page, Part, Placed
from reader.printing.paginate import Galley
from reader.printing.paint_table import blocks_between, paint_cells
from reader.printing.pdf.actual_text import ActualText
from reader.printing.pdf.plan import Spot
from reader.printing.pdf.structure import Structure
from reader.printing.piece import CONTENTS, DPI, HAIRLINE, MM
from reader.printing.qr import Code
from reader.printing.typeset import CODE_MM

_EDGE_MM, _EDGE_DOWN_MM = 7.0, 2.5
_EDGE_PT = 8.0


def paint_side(
    painter: QPainter,
    book: Book,
    side: Side,
    scale: float,
    structure: Structure | None = None,
    *,
    texts: ActualText | None = None,
) -> None:
    """Paint one side of a sheet; ``scale`` is device pixels for 1/1200 inch.

    If ``structure`` or ``texts`` is given, the marks for a PDF are painted as well.
    """
    for page, way in side.pages:
        painter.save()
        painter.scale(scale, scale)
        painter.setTransform(way, True)
        _PagePainter(painter, book, structure, texts).paint(page)
        painter.restore()


class _PagePainter:
    """Paints pages in their own units, to which the painter is scaled."""

    def __init__(
        self,
        painter: QPainter,
        book: Book,
        structure: Structure | None,
        texts: ActualText | None,
    ) -> None:
        self._painter = painter
        self._book = book
        self._structure = structure
        self._texts = texts or ActualText(marked=False)
        self._rows: Rows  # of the document that is painted

    def paint(self, number: int) -> None:
        """Paint a page."""
        page = self._book.pages[number]
        for placed in page.placed:
            self._placed(placed)
        with self._as_artifact():
            self._rules(page)
            if page.code:
                self._code(*page.code)
            paint_marks(self._painter, self._book, number, self._texts)
            self._edges(number)

    @contextmanager
    def _as_artifact(self) -> Iterator[None]:
        """Mark everything painted meanwhile as an artifact, ignored by screen readers."""
        if self._structure is None:
            yield
            return
        self._structure.artifact(self._painter)
        yield
        self._structure.close(self._painter)

    # ---- slices of documents

    def _placed(self, placed: Placed) -> None:
        slice, painter = placed.slice, self._painter
        piece = self._book.typesetter.piece(placed.piece)
        galley = piece.galley(placed.part)
        document, self._rows = galley.document, galley.rows
        painter.save()
        painter.translate(placed.x, placed.y)
        if placed.turned:
            painter.rotate(-90)
        if slice.scale != 1.0:
            left = document.textWidth() * (1 - slice.scale) / 2  # as it was, in the middle
            painter.translate(left, 0)
            painter.scale(slice.scale, slice.scale)
        if slice.head:
            with self._as_artifact():
                self._slice(galley, *slice.head, None)
            painter.translate(0, slice.shift)
        self._slice(galley, slice.top, slice.bottom, placed)
        painter.restore()
        if placed.piece == CONTENTS and placed.part is Part.BODY:
            with self._as_artifact():
                paint_numbers(self._painter, self._book, placed)

    def _slice(self, galley: Galley, top: float, bottom: float, placed: Placed | None) -> None:
        painter, document = self._painter, galley.document
        painter.save()
        painter.translate(0, -top)
        things = [*galley.parts_between(top, bottom)]
        if any(isinstance(each, QTextTable) or is_decorated(each) for each in things):
            with self._as_artifact() if placed else nullcontext():
                self._behind(document, things, top, bottom)
        # The text is not clipped: descenders may extend below a line.
        painter.setPen(QColor(document.look.theme.text))
        for item in things:
            if isinstance(item, QTextTable):
                blocks = blocks_between(self._rows, item, top, bottom)
            else:
                blocks = iter((item,))
            for block in blocks:
                self._block(document, block, (top, bottom), placed)
        painter.restore()

    def _behind(
        self, document: Document, things: Sequence["_Thing"], top: float, bottom: float
    ) -> None:
        """Paint the decorations below the text."""
        painter = self._painter
        painter.save()
        # A panel may extend a little at the sides, never above or below.
        room = document.textWidth() * 0.1
        clip = QRectF(-room, top, document.textWidth() + 2 * room, bottom - top)
        painter.setClipRect(clip)
        decorate(document, painter, clip)
        for item in things:
            if isinstance(item, QTextTable):
                paint_cells(painter, document, self._rows, item, clip)
        painter.restore()

    def _block(
        self,
        document: Document,
        block: QTextBlock,
        span: tuple[float, float],
        placed: Placed | None,
    ) -> None:
        """Paint the lines of a block between two heights one by one.

        ``QTextDocument`` would also draw the line above the clip, which is invisible but would be
        found and copied in a PDF.
        """
        rect = document.documentLayout().blockBoundingRect(block)
        if rect.bottom() <= span[0] or rect.top() >= span[1]:
            return
        lines = [
            line
            for line in map(block.layout().lineAt, range(block.layout().lineCount()))
            if span[0] <= rect.top() + line.y() + line.height() / 2 < span[1]
        ]
        if not lines:
            return
        spot = self._spot(document, block, placed)
        seen = _seen(block, rect, lines)
        if lines[0].lineNumber() == 0 and block.blockFormat().hasProperty(Mark.MARKER):
            with self._within(spot and spot.marker, seen):
                paint_marker(document, self._painter, block, rect)
        with self._within(spot and spot.text, seen):
            self._texts.draw(self._painter, block, lines, rect.topLeft())

    def _spot(self, document: Document, block: QTextBlock, placed: Placed | None) -> Spot | None:
        """Return the nodes of a block, None if nothing is marked."""
        if self._structure is None or placed is None:
            return None
        return self._structure.spot(placed.piece, document, block, placed.part)

    @contextmanager
    def _within(self, node: int | None, seen: QRectF) -> Iterator[None]:
        """Mark everything painted meanwhile as the content of a node, if there is one."""
        if self._structure is None or node is None:
            yield
            return
        with self._structure.within(self._painter, node, seen):
            yield

    # ---- what stands beside them

    def _rules(self, page: Page) -> None:
        """Paint the rules between articles, between columns and above notes."""
        book = self._book
        colour = QColor(book.typesetter.look.theme.rule)
        for y in page.rules:
            self._painter.fillRect(QRectF(book.left, y, book.width, HAIRLINE), colour)
        for line in page.lines:
            self._painter.fillRect(QRectF(*line), colour)

    def _code(self, left: float, top: float, code: Code) -> None:
        side = (CODE_MM - 1) * MM / len(code)
        painter = self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for y, row in enumerate(code):
            for x, dark in enumerate(row):
                if dark:
                    module = QRectF(left + x * side, top + y * side, side, side)
                    painter.fillRect(module, Qt.GlobalColor.black)
        painter.restore()

    def _edges(self, number: int) -> None:
        book = self._book
        above_left, above_right, below_left, below_right = book.edges(number)
        look = book.typesetter.look
        self._painter.setFont(_sized(font(look.font, _EDGE_PT, on_paper=True), _EDGE_PT))
        self._painter.setPen(QColor(look.theme.muted))
        high = 5 * MM
        above = QRectF(book.left, book.top - _EDGE_MM * MM, book.width, high)
        below = QRectF(book.left, book.top + book.height + _EDGE_DOWN_MM * MM, book.width, high)
        rtl = book.typesetter.piece(book.pages[number].piece).rtl
        self._edge(above, above_left, above_right, rtl=rtl)
        self._edge(below, below_left, below_right, rtl=rtl)

    def _edge(self, area: QRectF, left: str, right: str, *, rtl: bool) -> None:
        """Paint a line of a page's head or foot, from right to left if its text runs so."""
        painter, metrics = self._painter, QFontMetricsF(self._painter.font())
        room = area.width() - metrics.horizontalAdvance(right) - metrics.averageCharWidth() * 3
        shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
        way = Qt.AlignmentFlag
        sides = (way.AlignRight, way.AlignLeft) if rtl else (way.AlignLeft, way.AlignRight)
        for text, side in zip((shown, right), sides, strict=True):
            if text:
                with self._texts.saying(painter, text):
                    painter.drawText(area, int(way.AlignVCenter | side), text)


def _seen(block: QTextBlock, rect: QRectF, lines: Sequence[QTextLine]) -> QRectF:
    """Return the area of some lines of a block, or that of the picture in them."""
    if block.blockFormat().intProperty(Mark.ROLE) == Role.PICTURE:
        return lines[0].naturalTextRect().translated(rect.topLeft())
    last = lines[-1]
    high = last.y() + last.height() - lines[0].y()
    return QRectF(rect.left(), rect.top() + lines[0].y(), rect.width(), high)


_Thing = QTextBlock | QTextTable


def _sized(font: QFont, size_pt: float) -> QFont:
    """Return the font in units of the page, for any resolution of the device."""
    font = QFont(font)
    font.setPixelSize(round(size_pt * DPI / 72))
    return font

"""The page numbers and bars on the front of a book, painted once its pages are known."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from reader.document.fonts import font
from reader.printing.page import Bar, Placed, Reference
from reader.printing.pdf.actual_text import ActualText
from reader.printing.piece import DPI, MM, NUMBER_MM
from reader.sheet import Front

if TYPE_CHECKING:
    from reader.printing.book import Book

_COLOUR = "#8c1d18"  # the one colour of a magazine, for bars and page numbers
_SMALL = 0.85


def reference_height(book: "Book") -> float:
    """Return the height of a reference in dots."""
    return book.sheet.size_pt * DPI / 72 * 1.5


def paint_marks(painter: QPainter, book: "Book", number: int, texts: ActualText) -> None:
    """Paint the marks of a page; ``texts`` keeps the letters of its glyphs."""
    for mark in book.pages[number].marks:
        if isinstance(mark, Bar):
            painter.fillRect(QRectF(*mark), _colour(book))
        else:
            _paint_reference(painter, book, mark, texts)


def _colour(book: "Book") -> QColor:
    look = book.typesetter.look
    coloured = book.sheet.front is Front.MAGAZINE and not look.grey
    return QColor(_COLOUR if coloured else look.theme.text)


def _paint_reference(painter: QPainter, book: "Book", mark: Reference, texts: ActualText) -> None:
    """Paint the text of a reference, and the page if it is known."""
    _use_type(painter, book, _SMALL)
    area = QRectF(mark.x, mark.y, mark.width, reference_height(book))
    page = f"Page {book.begins[mark.article] + 1}" if mark.article < len(book.begins) else ""
    metrics = QFontMetricsF(painter.font())
    room = mark.width - metrics.horizontalAdvance(f"{page}   ")
    shown = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, room)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(book.typesetter.look.theme.muted))
    with texts.saying(painter, shown):
        painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
    painter.setPen(_colour(book))
    painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), page)


def paint_numbers(painter: QPainter, book: "Book", placed: "Placed") -> None:
    """Paint the page numbers of a part of the contents, on the first line of each entry."""
    document, slice = book.typesetter.piece(placed.piece).body.document, placed.slice
    _use_type(painter, book, 1.0)
    painter.setPen(_colour(book))
    wide = NUMBER_MM / (2 if book.sheet.front is Front.NEWSPAPER else 1)
    right = placed.x + document.textWidth() + wide * MM
    metrics = QFontMetricsF(painter.font())
    for index, page in enumerate(book.begins):
        block = document.findBlockByNumber(index)  # an entry is one block
        top = document.documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineAt(0)
        if slice.top <= top + line.height() / 2 < slice.bottom and line.isValid():
            number = str(page + 1)
            base = placed.y + top - slice.top + line.y() + line.ascent()
            painter.drawText(QPointF(right - metrics.horizontalAdvance(number), base), number)


def _use_type(painter: QPainter, book: "Book", factor: float) -> None:
    look = book.typesetter.look
    size = look.size_pt * factor
    type = font(look.font, size, on_paper=True)
    type.setPixelSize(round(size * DPI / 72))
    painter.setFont(type)

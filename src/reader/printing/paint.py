"""Pages painted: the same for preview, printer and PDF."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextTable,
)

from reader.body.from_html import parts
from reader.document.build import Document, head_of
from reader.document.decorate import decorate
from reader.document.fonts import font, load_fonts
from reader.document.images import Pictures
from reader.errors import PrintError
from reader.model import Article, Sheet
from reader.printing.paginate import Page, pages
from reader.progress import Report, silent

_MM = 25.4
_GAP_MM = 7.0
_LINE_PT = 8.0


@dataclass(frozen=True, slots=True)
class _Area:
    """The text area of a page in the device's pixels, and pixels a millimetre."""

    rect: QRectF
    mm: float


def paint(
    article: Article,
    sheet: Sheet,
    pictures: Pictures,
    device: QPagedPaintDevice,
    report: Report = silent,
) -> int:
    """Paint an article on paper and return the number of pages.

    The device must have its page size; the margins are the sheet's. Raises PrintError where
    the device does not take it, Cancelled where the report does.
    """
    load_fonts()
    area = _area(device, sheet)
    document = _laid_out(article, sheet, pictures, device, area)
    made = pages(document, area.rect.height())
    painter = QPainter()
    if not painter.begin(device):
        raise PrintError("The printer or file did not take the pages; nothing was printed.")
    try:
        for number, page in enumerate(made, 1):
            report(number, len(made), f"Page {number} of {len(made)}")
            if number > 1 and not device.newPage():
                raise PrintError(
                    "The printer stopped in the middle, or the disk is full; try again."
                )
            _paint_page(painter, document, page, area)
            _paint_edges(painter, article, sheet, area, number, len(made))
    finally:
        painter.end()
    return len(made)


def _area(device: QPagedPaintDevice, sheet: Sheet) -> _Area:
    mm = device.logicalDpiX() / _MM
    page = device.pageLayout().fullRect(device.pageLayout().Unit.Millimeter)
    drawn = device.pageLayout().paintRect(device.pageLayout().Unit.Millimeter)
    margin = min(sheet.margin_mm, page.width() / 4, page.height() / 4)
    above = margin + (_GAP_MM if sheet.header else 0)
    below = margin + (_GAP_MM if sheet.footer else 0)
    left = (margin - drawn.left()) * mm
    top = (above - drawn.top()) * mm
    wide, high = page.width() - 2 * margin, page.height() - above - below
    return _Area(QRectF(left, top, wide * mm, high * mm), mm)


def _laid_out(
    article: Article, sheet: Sheet, pictures: Pictures, device: QPagedPaintDevice, area: _Area
) -> Document:
    head = head_of(article, views=False)
    document = Document(sheet.look, pictures, head, on_paper=True)
    document.set_device(device, device.logicalDpiX() / 96)
    document.set_tallest_picture(area.rect.height() * 0.9)
    document.setTextWidth(area.rect.width())
    document.grow(parts(article.html))
    return document


def _paint_page(painter: QPainter, document: Document, page: Page, area: _Area) -> None:
    painter.save()
    painter.translate(area.rect.topLeft())
    if page.head:
        _paint_slice(painter, document, page.head[0], page.head[1])
        painter.translate(0, page.shift)
    _paint_slice(painter, document, page.top, page.bottom)
    painter.restore()


def _paint_slice(painter: QPainter, document: Document, top: float, bottom: float) -> None:
    painter.save()
    painter.translate(0, -top)
    # A panel or a letter may stand out a little at the sides, never above or below.
    room = document.textWidth() * 0.1
    clip = QRectF(-room, top, document.textWidth() + 2 * room, bottom - top)
    painter.setClipRect(clip)
    decorate(document, painter, clip)
    _paint_lines(painter, document, top, bottom)
    painter.restore()


def _paint_lines(painter: QPainter, document: Document, top: float, bottom: float) -> None:
    """Paint the lines between two heights one by one.

    ``QTextDocument`` would draw a line above the clip as well: unseen, but there when the
    text of a PDF is searched or copied.
    """
    layout = document.documentLayout()
    painter.setPen(QColor(document.look.theme.text))
    block = document.findBlock(max(0, layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit)))
    if block.previous().isValid():
        block = block.previous()
    while block.isValid():
        table = _table_of(document, block.position())
        if table is not None:
            _paint_rows(painter, document, table, top, bottom)
            block = document.findBlock(table.lastPosition() + 1)
            continue
        rect = layout.blockBoundingRect(block)
        if rect.top() >= bottom:
            return
        for index in range(block.layout().lineCount()):
            line = block.layout().lineAt(index)
            middle = rect.top() + line.y() + line.height() / 2
            if top <= middle < bottom:
                line.draw(painter, rect.topLeft())
        block = block.next()


def _table_of(document: Document, position: int) -> QTextTable | None:
    frame = document.frameAt(position)
    return frame if isinstance(frame, QTextTable) else None


def _paint_rows(
    painter: QPainter, document: Document, table: QTextTable, top: float, bottom: float
) -> None:
    layout = document.documentLayout()
    rect = layout.frameBoundingRect(table)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor(document.look.theme.text))
    form, scale = table.format(), document.scale
    above, below = form.topMargin() * scale, form.bottomMargin() * scale
    first, last = max(top, rect.top() + above) + 1, min(bottom, rect.bottom() - below) - 1
    if last > first:
        context.clip = QRectF(0, first, document.textWidth(), last - first)
        layout.draw(painter, context)


def _paint_edges(
    painter: QPainter, article: Article, sheet: Sheet, area: _Area, number: int, total: int
) -> None:
    small = font(sheet.look.font, _LINE_PT, ligatures=False)
    painter.setFont(small)
    painter.setPen(QColor(sheet.look.theme.muted))
    high = 5 * area.mm
    above = QRectF(area.rect.left(), area.rect.top() - _GAP_MM * area.mm, area.rect.width(), high)
    below = QRectF(area.rect.left(), area.rect.bottom() + 2 * area.mm, area.rect.width(), high)
    if sheet.header and number > 1:
        _edge(painter, small, above, article.title, article.site)
    if sheet.footer:
        source = article.url if article.url.startswith("http") else ""
        _edge(painter, small, below, source, f"{number} / {total}")


def _edge(painter: QPainter, small: QFont, area: QRectF, left: str, right: str) -> None:
    metrics = QFontMetricsF(small, painter.device())
    room = area.width() - metrics.horizontalAdvance(right) - metrics.averageCharWidth() * 3
    shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
    painter.drawText(area, int(middle | Qt.AlignmentFlag.AlignRight), right)

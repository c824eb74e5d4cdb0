"""Decorations below the text: panels behind code, rules beside quotes, hairlines."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextBlock

from reader.document.build import Document
from reader.document.formats import Mark, Role


def decorate(document: Document, painter: QPainter, clip: QRectF) -> None:
    """Paint the decorations of the blocks in ``clip``, in the document's coordinates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    blocks = list(_blocks(document, clip))
    _paint_panels(document, painter, blocks)
    for block, rect in blocks:
        if quotes := block.blockFormat().stringProperty(Mark.QUOTES):
            _paint_quotes(document, painter, block, rect, quotes)
        if marker := block.blockFormat().stringProperty(Mark.MARKER):
            _paint_marker(document, painter, block, rect, marker, clip)
        _paint_rule(document, painter, block, rect)
    painter.restore()


def _blocks(document: Document, clip: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Yield the visible blocks, starting with the code panel that may be partly visible."""
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(0, clip.top()), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    if block.previous().isValid():
        block = block.previous()
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.top() > clip.bottom() + _em(document):
            return
        yield block, rect
        block = block.next()


def _paint_panels(
    document: Document, painter: QPainter, blocks: list[tuple[QTextBlock, QRectF]]
) -> None:
    panels: dict[int, QRectF] = {}
    indents: dict[int, int] = {}
    for block, rect in blocks:
        form = block.blockFormat()
        if form.intProperty(Mark.ROLE) == Role.CODE:
            group = form.intProperty(Mark.GROUP)
            panels[group] = panels[group].united(rect) if group in panels else QRectF(rect)
            indents[group] = form.indent() - 1
    em = _em(document)
    painter.setBrush(QColor(document.look.theme.panel))
    for group, rect in panels.items():
        left = indents[group] * document.indentWidth() * document.scale
        panel = QRectF(
            left, rect.top() - 0.7 * em, document.textWidth() - left, rect.height() + 1.4 * em
        )
        painter.drawRoundedRect(panel, 0.35 * em, 0.35 * em)


def _paint_quotes(
    document: Document, painter: QPainter, block: QTextBlock, rect: QRectF, quotes: str
) -> None:
    em, step = _em(document), document.indentWidth() * document.scale
    before = block.previous().blockFormat().stringProperty(Mark.QUOTES).split()
    layout = document.documentLayout()
    top = layout.blockBoundingRect(block.previous()).bottom() if before else rect.top()
    painter.setBrush(QColor(document.look.theme.quote))
    for quote in quotes.split():
        indent = int(quote.partition(":")[0])
        start = top if quote in before else rect.top() + 0.1 * em
        left = indent * step + 0.15 * em
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            left = document.textWidth() - left - 0.16 * em
        bar = QRectF(left, start, 0.16 * em, rect.bottom() - start)
        painter.drawRect(bar)


def _paint_marker(
    document: Document,
    painter: QPainter,
    block: QTextBlock,
    rect: QRectF,
    marker: str,
    clip: QRectF,
) -> None:
    """Paint the marker of a list item before its first line, on its baseline.

    Markers outside of ``clip`` are skipped: invisible on screen, they would be repeated in a PDF.
    """
    line = block.layout().lineAt(0)
    if not line.isValid():
        return
    top = rect.top() + line.y()
    if top + line.height() <= clip.top() or top >= clip.bottom():
        return
    em = _em(document)
    font = QFont(document.formats.base)
    font.setPixelSize(max(1, round(em)))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(document.look.theme.muted))
    wide = QFontMetricsF(font).horizontalAdvance(marker)
    left = block.blockFormat().indent() * document.indentWidth() * document.scale - 0.5 * em - wide
    if block.textDirection() == Qt.LayoutDirection.RightToLeft:
        left = document.textWidth() - left - wide
    painter.drawText(QPointF(left, top + line.ascent()), marker)
    painter.restore()


def _paint_rule(document: Document, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
    role = block.blockFormat().intProperty(Mark.ROLE)
    em, wide, scale = _em(document), document.textWidth(), document.scale
    painter.setBrush(QColor(document.look.theme.rule))
    if role == Role.END_OF_HEAD and not block.blockFormat().boolProperty(Mark.FREE):
        painter.drawRect(QRectF(0, rect.bottom() + 0.7 * em, wide, scale))
    elif role == Role.NOTES:
        painter.drawRect(QRectF(0, rect.center().y(), 6 * em, scale))
    elif role == Role.RULE:
        painter.setBrush(QColor(document.look.theme.muted))
        for place in (-1.2, 0.0, 1.2):
            painter.drawEllipse(
                QPointF(wide / 2 + place * em, rect.center().y()), 0.1 * em, 0.1 * em
            )


def _em(document: Document) -> float:
    return document.formats.em * document.scale

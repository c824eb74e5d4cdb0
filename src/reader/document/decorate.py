"""Decorations below the text: panels behind code, rules beside quotes, hairlines."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextCursor,
)

from reader.document import callouts
from reader.document.build import Document
from reader.document.code_heads import HIGH, PAD, is_first_line
from reader.document.formats import Mark, Role
from reader.document.grounds import paint_grounds
from reader.document.heights import position_at

WRAP = "↳"
"""The sign before each line in which a line of code goes on; it is not part of the text."""

_RULE = 0.16  # the width of the rule beside a quote or a callout, in em
_DECORATED = (Role.CODE, Role.RULE, Role.NOTES, Role.END_OF_HEAD)


def is_decorated(block: QTextBlock) -> bool:
    """Return whether ``decorate`` paints anything for a block on paper."""
    form = block.blockFormat()
    has_more = form.boolProperty(Mark.GROUNDED) or form.hasProperty(Mark.QUOTES)
    return has_more or form.intProperty(Mark.ROLE) in _DECORATED


def decorate(document: Document, painter: QPainter, clip: QRectF) -> None:
    """Paint the decorations of the blocks in ``clip``, in the document's coordinates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    blocks = list(blocks_in(document, clip))
    if not document.formats.on_paper:
        _paint_callouts(document, painter, blocks)
    _paint_panels(document, painter, blocks)
    for block, rect in blocks:
        form = block.blockFormat()
        role = form.intProperty(Mark.ROLE)
        if form.hasProperty(Mark.QUOTES):
            _paint_quotes(document, painter, block, rect)
        if form.hasProperty(Mark.MARKER) and not document.formats.on_paper:
            _paint_visible_marker(document, painter, block, rect, clip)
        if form.boolProperty(Mark.GROUNDED):
            theme = document.look.theme
            paint_grounds(painter, block, rect.topLeft(), theme, document.scale)
        if role == Role.CODE:
            _paint_wraps(document, painter, block, rect, clip)
        elif role in _DECORATED:
            _paint_rule(document, painter, block, rect)
    painter.restore()


def blocks_in(document: Document, clip: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Yield the visible blocks, starting with the code panel that may be partly visible."""
    layout = document.documentLayout()
    block = document.findBlock(position_at(document, clip.top(), 0))
    if table := QTextCursor(block).currentTable():
        row = table.cellAt(block.position()).row()
        begun = (table.cellAt(row, column).row() for column in range(table.columns()))
        block = table.cellAt(min(begun), 0).firstCursorPosition().block()
    elif block.previous().isValid():
        block = block.previous()
    head = 0.0 if document.formats.on_paper else HIGH * document.scale
    reach = _em(document) + head
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.top() > clip.bottom() + reach:
            return
        yield block, rect
        block = block.next()


def _paint_panels(
    document: Document, painter: QPainter, blocks: list[tuple[QTextBlock, QRectF]]
) -> None:
    panels: dict[int, QRectF] = {}
    leads: dict[int, float] = {}
    head = 0.0 if document.formats.on_paper else HIGH * document.scale
    for block, rect in blocks:
        form = block.blockFormat()
        if form.intProperty(Mark.ROLE) == Role.CODE:
            if is_first_line(form):
                rect = rect.adjusted(0, -head, 0, 0)
            group = form.intProperty(Mark.GROUP)
            panels[group] = panels[group].united(rect) if group in panels else QRectF(rect)
            leads[group] = form.doubleProperty(Mark.LEAD)
    em = _em(document)
    painter.setBrush(QColor(document.look.theme.panel))
    for group, rect in panels.items():
        left = document.overhang + leads[group] * document.scale
        wide = document.overhang + document.column - left
        panel = QRectF(left, rect.top() - PAD * em, wide, rect.height() + 2 * PAD * em)
        painter.drawRoundedRect(panel, 0.35 * em, 0.35 * em)


def _paint_callouts(
    document: Document, painter: QPainter, blocks: list[tuple[QTextBlock, QRectF]]
) -> None:
    em, theme = _em(document), document.look.theme
    for callout, block, rect in callouts.panels(blocks, em, HIGH * document.scale):
        lead = callout.lead * document.scale
        wide = document.column - lead
        left = _from_start(document, block, lead, wide)
        ground, rule = QPainterPath(), QPainterPath()
        whole = QRectF(left, rect.top() - 0.6 * em, wide, rect.height() + 1.2 * em)
        ground.addRoundedRect(whole, 0.35 * em, 0.35 * em)
        start = _from_start(document, block, lead, _RULE * em)
        rule.addRect(QRectF(start, whole.top(), _RULE * em, whole.height()))
        painter.fillPath(ground, callouts.tinted(theme, callout.colour))
        painter.fillPath(ground.intersected(rule), QColor(getattr(theme, callout.colour)))


def _paint_quotes(document: Document, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
    em, theme = _em(document), document.look.theme
    before = block.previous().blockFormat().stringProperty(Mark.QUOTES).split()
    layout = document.documentLayout()
    top = layout.blockBoundingRect(block.previous()).bottom() if before else rect.top()
    for quote in callouts.around(block):
        if quote.colour and not document.formats.on_paper:
            continue  # it has a ground
        painter.setBrush(QColor(getattr(theme, quote.colour or "quote")))
        lead = quote.lead * document.scale
        start = top if quote.text in before else rect.top() + 0.1 * em
        left = _from_start(document, block, lead + 0.15 * em, _RULE * em)
        bar = QRectF(left, start, _RULE * em, rect.bottom() - start)
        painter.drawRect(bar)


def _paint_visible_marker(
    document: Document, painter: QPainter, block: QTextBlock, rect: QRectF, clip: QRectF
) -> None:
    line = block.layout().lineAt(0)
    top = rect.top() + line.y() if line.isValid() else clip.bottom()
    if top + line.height() > clip.top() and top < clip.bottom():
        paint_marker(document, painter, block, rect)


def paint_marker(document: Document, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
    """Paint the marker of a list item, if it has one, before its first line on its baseline.

    On paper it is painted with the text of the item, so that it is read and copied before it.
    """
    line, marker = block.layout().lineAt(0), block.blockFormat().stringProperty(Mark.MARKER)
    if not line.isValid() or not marker:
        return
    em = _em(document)
    font = QFont(document.formats.base)
    font.setPixelSize(max(1, round(em)))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(document.look.theme.muted))
    wide = QFontMetricsF(font).horizontalAdvance(marker)
    lead = block.blockFormat().doubleProperty(Mark.LEAD) * document.scale
    left = _from_start(document, block, max(0.0, lead - 0.5 * em - wide), wide)
    painter.setLayoutDirection(block.textDirection())
    if document.formats.on_paper:
        marker += " "  # for those who copy the text
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            left -= QFontMetricsF(font).horizontalAdvance(" ")
    painter.drawText(QPointF(left, rect.top() + line.y() + line.ascent()), marker)
    painter.restore()


def _paint_wraps(
    document: Document, painter: QPainter, block: QTextBlock, rect: QRectF, clip: QRectF
) -> None:
    """Paint a sign before each line in which a line of code goes on."""
    count = block.layout().lineCount()
    if count < 2:
        return
    font = document.formats.code().font()
    font.setPixelSize(max(1, round(font.pointSizeF() * 96 / 72 * document.scale)))
    origin, wide = rect.topLeft(), document.formats.hang * document.scale
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(document.look.theme.muted))
    for number in range(1, count):
        line = block.layout().lineAt(number)
        place = origin + QPointF(line.x() - wide, line.y() + line.ascent())
        if not clip.top() <= place.y() <= clip.bottom() + line.height():
            continue
        if document.formats.on_paper:  # drawn, since it would be copied with the code of a PDF
            outline = QPainterPath()
            outline.addText(place, font, WRAP)
            painter.fillPath(outline, QColor(document.look.theme.muted))
        else:
            painter.drawText(place, WRAP)
    painter.restore()


def _paint_rule(document: Document, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
    role = block.blockFormat().intProperty(Mark.ROLE)
    em, wide, scale = _em(document), document.column, document.scale
    left = document.overhang
    painter.setBrush(QColor(document.look.theme.rule))
    if role == Role.END_OF_HEAD and not block.blockFormat().boolProperty(Mark.FREE):
        painter.drawRect(QRectF(left, rect.bottom() + 0.7 * em, wide, scale))
    elif role == Role.NOTES:
        start = _from_start(document, block, 0.0, 6 * em)
        painter.drawRect(QRectF(start, rect.center().y(), 6 * em, scale))
    elif role == Role.RULE:
        painter.setBrush(QColor(document.look.theme.muted))
        for place in (-1.2, 0.0, 1.2):
            painter.drawEllipse(
                QPointF(left + wide / 2 + place * em, rect.center().y()), 0.1 * em, 0.1 * em
            )


def _from_start(document: Document, block: QTextBlock, lead: float, wide: float) -> float:
    """Return the left edge of a mark that stands ``lead`` from the start of a block's lines."""
    if block.textDirection() == Qt.LayoutDirection.RightToLeft:
        return document.overhang + document.column - lead - wide
    return document.overhang + lead


def _em(document: Document) -> float:
    return document.formats.em * document.scale

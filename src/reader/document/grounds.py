"""The grounds of inline code and of marked words, painted round their letters."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextBlock, QTextLine

from reader.document.fonts import MEASURED_AT, metrics
from reader.document.formats import Mark
from reader.model import Theme

_RADIUS, _ASIDE = 4.0, 1.5  # pixels at 96 dpi


class Ground(NamedTuple):
    """A piece of text with a ground of one colour: where it starts and ends in its block."""

    start: int
    end: int
    colour: str
    font: QFont


def paint_grounds(
    painter: QPainter, block: QTextBlock, origin: QPointF, theme: Theme, scale: float
) -> None:
    """Paint the grounds of a block whose layout stands at ``origin``."""
    for ground in _grounds(block):
        is_code = ground.colour == theme.panel
        painter.setPen(QPen(QColor(theme.rule), scale) if is_code else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground.colour))
        for rect in _rects(block, ground, scale):
            rect.translate(origin)
            rect.setLeft(max(rect.left(), scale / 2))  # nothing is seen beyond the edge
            radius = min(_RADIUS * scale, rect.height() / 4)
            painter.drawRoundedRect(rect, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)


def _grounds(block: QTextBlock) -> Iterator[Ground]:
    """Yield the grounds of a block; runs of one colour that follow each other have one."""
    runs = ((each.format.stringProperty(Mark.GROUND), each) for each in block.textFormats())
    for colour, group in groupby(runs, lambda pair: pair[0]):
        pieces = [piece for _, piece in group]
        if colour:
            last = pieces[-1]
            yield Ground(pieces[0].start, last.start + last.length, colour, pieces[0].format.font())


def _rects(block: QTextBlock, ground: Ground, scale: float) -> Iterator[QRectF]:
    """Yield the rectangles of a ground, one for each line."""
    pixels = ground.font.pointSizeF() * 96 / 72 * scale
    above, below = (share * pixels for share in _heights(ground.font.family()))
    text = block.text()
    for number in range(block.layout().lineCount()):
        line = block.layout().lineAt(number)
        start = max(ground.start, line.textStart())
        end = min(ground.end, line.textStart() + line.textLength())
        while end > start and text[end - 1 : end].isspace():
            end -= 1  # at the end of a line
        if start >= end:
            continue
        left, right = _ends(line, start, end)
        baseline = line.y() + line.ascent()
        rect = QRectF(left, baseline - above, right - left, above + below)
        yield rect.adjusted(-_ASIDE * scale, 0, _ASIDE * scale, 0)


def _ends(line: QTextLine, start: int, end: int) -> tuple[float, float]:
    """Return the left and right end of some letters: a cursor may stand at two places."""
    ends: list[float] = []
    for run in line.glyphRuns(start, end - start):
        widths = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for place, width in zip(run.positions(), widths, strict=True):
            ends += (place.x(), place.x() + width.x())
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _heights(family: str) -> tuple[float, float]:
    """Return how far letters reach above and below their line, relative to the size of type."""
    found = metrics(family)
    return found.ascent() / MEASURED_AT, found.descent() / MEASURED_AT

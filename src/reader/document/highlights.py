"""Highlights on the page: a ground behind the letters, and a line beneath them.

They are painted below the text and change nothing of its layout. Only visible ones are examined.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextBlock, QTextLine

from reader.body.anchors import Point
from reader.document.build import Document
from reader.document.fonts import MEASURED_AT, metrics
from reader.document.picture_object import x_of
from reader.model import Theme

_LINE, _STRONG_LINE = 2.0, 3.0  # pixels; the second with high contrast
_MOST_LEVELS = 3
_EXACT = Qt.HitTestAccuracy.ExactHit


class Stretch(NamedTuple):
    """The part of a highlight in a block of the document, by positions within the block.

    ``number`` is that of the highlight, ``level`` the number of lines that stand above its own,
    ``levels`` that of all lines below each other in the block.
    """

    number: int
    start: int
    end: int
    level: int = 0
    levels: int = 1


Stretches = Mapping[int, Sequence[Stretch]]
"""The stretches by the numbers of their blocks, earlier highlights first."""


def stretches(document: Document, ends: Sequence[tuple[Point, Point] | None]) -> Stretches:
    """Return the stretches of highlights, as far as the document is written.

    ``ends`` are the points at which each starts and ends, None without a place.
    """
    found: dict[int, list[Stretch]] = {}
    for number, each in enumerate(ends):
        if each is None:
            continue
        for first, beyond in document.ranges(*each):
            block = document.findBlock(first)
            there = found.setdefault(block.blockNumber(), [])
            start, end = first - block.position(), beyond - block.position()
            lines = {other.level for other in there if other.start < end and start < other.end}
            level = next(level for level in range(len(lines) + 1) if level not in lines)
            there.append(Stretch(number, start, end, min(level, _MOST_LEVELS - 1)))
    return {block: _counted(there) for block, there in found.items()}


def _counted(there: Sequence[Stretch]) -> list[Stretch]:
    levels = 1 + max(each.level for each in there)
    return [each._replace(levels=levels) for each in there]


def paint(
    document: Document,
    painter: QPainter,
    blocks: Sequence[tuple[QTextBlock, QRectF]],
    found: Stretches,
    colours: Sequence[str],
) -> None:
    """Paint the highlights of some blocks; ``colours`` are the names of all highlights' colours."""
    known = document.look.theme.highlights
    for block, rect in blocks:
        there = found.get(block.blockNumber(), ())
        for each in there if known else ():
            ground = QColor(known.get(colours[each.number]) or known["yellow"])
            for line in lines(document, block, each):
                painter.fillRect(line.translated(rect.topLeft()), ground)
        for each in there:
            colour = line_colour(document.look.theme, colours[each.number])
            _underline(document, painter, (block, rect), each, QColor(colour))


def line_height(document: Document) -> float:
    """Return the height of the line beneath a highlight, in pixels of the layout."""
    return (_LINE if document.look.theme.highlights else _STRONG_LINE) * document.scale


def line_colour(theme: Theme, name: str) -> str:
    """Return the colour of the line beneath a highlight; an unknown colour is yellow."""
    known = theme.highlights
    return known.get(f"{name}_line") or known.get("yellow_line") or theme.text


def _underline(
    document: Document,
    painter: QPainter,
    place: tuple[QTextBlock, QRectF],
    stretch: Stretch,
    colour: QColor,
) -> None:
    block, rect = place
    thick = line_height(document)
    for area in lines(document, block, stretch):
        line = QRectF(area.left(), area.bottom() + stretch.level * thick, area.width(), thick)
        painter.fillRect(line.translated(rect.topLeft()), colour)


def lines(document: Document, block: QTextBlock, stretch: Stretch) -> Iterator[QRectF]:
    """Yield the areas of a stretch, one for each line, in the coordinates of the block's layout.

    They reach from the ascent to the descent of the letters, and leave room for the lines beneath:
    nothing covers another line of the text.
    """
    layout, text = block.layout(), block.text()
    thick = line_height(document) * stretch.levels
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = max(stretch.start, line.textStart())
        end = min(stretch.end, line.textStart() + line.textLength())
        while end > start and text[end - 1 : end].isspace():
            end -= 1
        if start >= end:
            continue
        left, right = _ends(line, start, end)
        above, below = _heights(block, start, document.scale)
        baseline = line.y() + line.ascent()
        top = max(line.y(), baseline - above)
        bottom = max(baseline, min(line.y() + line.height() - thick, baseline + below))
        yield QRectF(left, top, right - left, bottom - top)


def short_areas(
    document: Document, block: QTextBlock, stretches: Sequence[tuple[int, int]]
) -> Iterator[QRectF]:
    """Yield the areas of many short stretches of a block, nearly as ``lines`` does, but sooner."""
    layout, scale = block.layout(), document.scale
    heights = _heights(block, stretches[0][0], scale) if stretches else (0.0, 0.0)
    for start, end in stretches:
        line = layout.lineForTextPosition(start)
        while line.isValid() and start < end:
            until = min(end, line.textStart() + line.textLength())
            if until <= start:  # behind the end of the last line
                break
            left, right = sorted((x_of(line, start), x_of(line, until)))
            baseline = line.y() + line.ascent()
            top = max(line.y(), baseline - heights[0])
            bottom = max(baseline, min(line.y() + line.height(), baseline + heights[1]))
            yield QRectF(left, top, right - left, bottom - top)
            start = until
            line = layout.lineForTextPosition(start) if start < end else line


def _ends(line: QTextLine, start: int, end: int) -> tuple[float, float]:
    """Return the left and right end of some letters."""
    ends: list[float] = []
    for run in line.glyphRuns(start, end - start):
        widths = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for place, width in zip(run.positions(), widths, strict=True):
            ends += (place.x(), place.x() + width.x())
    if ends:
        return min(ends), max(ends)
    places = (x_of(line, start), x_of(line, end))  # a picture
    return min(places), max(places)


def _heights(block: QTextBlock, start: int, scale: float) -> tuple[float, float]:
    """Return how far the letters at a place reach above and below their line."""
    font = _font(block, start)
    pixels = font.pointSizeF() * 96 / 72 * scale
    found = metrics(font.family())
    return found.ascent() / MEASURED_AT * pixels, found.descent() / MEASURED_AT * pixels


def _font(block: QTextBlock, start: int) -> QFont:
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        if fragment.position() + fragment.length() > block.position() + start:
            return fragment.charFormat().font()
        fragments += 1
    return block.charFormat().font()


def at(document: Document, found: Stretches, place: QPointF) -> int | None:
    """Return the number of the topmost highlight at a place of the document, None without one."""
    position = document.documentLayout().hitTest(place, _EXACT)
    if position < 0:
        return None
    block = document.findBlock(position)
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    for each in reversed(found.get(block.blockNumber(), ())):
        if any(area.translated(corner).contains(place) for area in lines(document, block, each)):
            return each.number
    return None

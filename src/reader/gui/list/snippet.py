"""Two lines of text below a row: the snippet of a search with its matches, or an excerpt."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from reader.gui.list.row import Marked, is_rtl, plain_part, units
from reader.model import Theme

LINES = 2


class SnippetLook(NamedTuple):
    """The look of a snippet: ``line`` is the height of a line."""

    font: QFont
    line: int
    colour: str
    theme: Theme


def paint_snippet(painter: QPainter, area: QRect, parts: Marked, look: SnippetLook) -> None:
    """Paint a text in two lines, with its matches marked."""
    parts = [(plain_part(part), marked) for part, marked in parts]
    text = "".join(part for part, _ in parts)
    layout = QTextLayout(text, look.font)
    layout.setTextOption(text_option(rtl=is_rtl(text)))
    layout.setFormats(_marks(parts, look.theme))
    layout.beginLayout()
    painter.setPen(QColor(look.colour))
    for number in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        line.setPosition(QPointF(0, number * look.line))
    layout.endLayout()
    layout.draw(painter, QPointF(area.topLeft()))


def text_option(*, rtl: bool) -> QTextOption:
    """Return the options of a text: wrapped, and aligned by its direction."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if rtl:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        # The direction alone does not align a QTextLayout to the right.
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


def _marks(parts: Marked, theme: Theme) -> list[QTextLayout.FormatRange]:
    ranges, start = [], 0
    for part, marked in parts:
        length = units(part)
        if marked:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, length
            form = QTextCharFormat()
            form.setBackground(QColor(theme.mark))
            form.setForeground(QColor(theme.text))
            mark.format = form
            ranges.append(mark)
        start += length
    return ranges

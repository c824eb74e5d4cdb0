"""The placeholder of an empty page or list: a title and a hint."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from reader.model import Theme


def paint_message(painter: QPainter, area: QRect, text: str, theme: Theme, base: QFont) -> None:
    """Paint the first line of a text as title and the second as hint."""
    title, _, hint = text.partition("\n")
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
    middle = area.adjusted(24, round(area.height() * 0.36), -24, 0)
    large = QFont(base)
    large.setPointSizeF(base.pointSizeF() * 1.3)
    large.setWeight(QFont.Weight.DemiBold)
    painter.setFont(large)
    painter.setPen(QColor(theme.text))
    drawn = painter.drawText(middle, flags, title)
    painter.setFont(base)
    painter.setPen(QColor(theme.muted))
    painter.drawText(middle.adjusted(0, drawn.height() + 10, 0, 0), flags, hint)

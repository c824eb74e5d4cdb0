"""Places in a row: thought of from left to right, and mirrored in windows from right to left."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


class Placed:
    """A painter in the area of a row, whose places are mirrored in windows from right to left."""

    def __init__(self, painter: QPainter, area: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter = painter
        self.whole = QRect(0, 0, area.width(), area.height())
        self._area = area
        self._mirrored = direction is Qt.LayoutDirection.RightToLeft

    def at(self, place: QRect) -> QRect:
        """Return the area in which a place is painted."""
        if self._mirrored:
            left = self.whole.width() - place.x() - place.width()
            place = QRect(left, place.y(), place.width(), place.height())
        return place.translated(self._area.topLeft())

    def fill(self, place: QRect, colour: str) -> None:
        """Fill a place with a colour."""
        self.painter.fillRect(self.at(place), QColor(colour))

    def dot(self, middle: QPointF, radius: float, colour: str) -> None:
        """Paint a dot."""
        x = self.whole.width() - middle.x() if self._mirrored else middle.x()
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawEllipse(
            QPointF(self._area.topLeft()) + QPointF(x, middle.y()), radius, radius
        )

    def text(
        self,
        place: QRect,
        font: QFont,
        colour: str,
        text: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Paint a line of text; its place may be mirrored, its direction is its own."""
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(self.at(place), int(side) | _LINE, text)

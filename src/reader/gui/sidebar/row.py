"""Painting of the lines of the sidebar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from reader.gui.list.row import plain
from reader.gui.sidebar.lines import Line
from reader.gui.widgets.theme import icon
from reader.model import Theme

if TYPE_CHECKING:
    from reader.gui.sidebar.shelves import Shelves

LINE = Qt.ItemDataRole.UserRole
_ROW = 32
_ICON = 18
_LEFT = 16
_STEP = 16
_WORDS = 27
_DEEPEST = 6
_ARROW = 18
Index = QModelIndex | QPersistentModelIndex

_ON_LIGHT = {
    "red": "#b3261e", "orange": "#a84b00", "yellow": "#7d6200", "green": "#2c6e31",
    "teal": "#00696b", "blue": "#1f5fb0", "purple": "#7440a8", "grey": "#5f6368",
}  # fmt: skip
_ON_DARK = {
    "red": "#ff8a80", "orange": "#ffab70", "yellow": "#e8c95a", "green": "#81c784",
    "teal": "#5fc9c4", "blue": "#82b1ff", "purple": "#c9a0f0", "grey": "#a9afb5",
}  # fmt: skip


def colour_of(name: str, theme: Theme) -> str:
    """Return the colour of a tag in a theme, or the colour of text if the tag has none."""
    return (_ON_DARK if theme.dark else _ON_LIGHT).get(name, theme.text)


class ShelfDelegate(QStyledItemDelegate):
    """Paints headings and shelves."""

    theme: Theme

    def __init__(self, view: "Shelves") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a line; all lines have the same height."""
        return QSize(120, _ROW)

    def is_arrow(self, rect: QRect, line: Line, at: QPoint) -> bool:
        """Return whether a point is on the arrow behind the name of a line."""
        wide = self._view.fontMetrics().horizontalAdvance(plain(line.title))
        arrow = min(rect.left() + _left(line) + _WORDS + wide, rect.right() - 60) + _ARROW // 2
        return abs(at.x() - arrow) <= _ARROW // 2 + 3

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        rect, line = option.rect, index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self._view.shelf()
        is_chosen = chosen is not None and chosen.key == line.key
        colour = self._paint_ground(painter, rect, index.row(), chosen=is_chosen)
        if line.folded is not None and line.shelf is None:
            self._paint_heading(painter, rect, line)
        else:
            self._paint_shelf(painter, rect, line, colour)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, *, chosen: bool) -> str:
        theme, view = self.theme, self._view
        area = rect.adjusted(8, 1, -8, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setBrush(QColor(theme.selection))
        elif row == view.hovered:
            painter.setBrush(QColor(theme.hover))
        if view.hasFocus() and row == view.currentIndex().row():
            painter.setPen(QColor(theme.accent))
        painter.drawRoundedRect(area, 6, 6)
        return theme.selection_text if chosen else theme.text

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line) -> None:
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect.adjusted(_LEFT, 0, -30, 0), int(flags), line.title)
        self._paint_arrow(painter, QPoint(rect.right() - 22, rect.center().y() + 1), line)

    def _paint_shelf(self, painter: QPainter, rect: QRect, line: Line, colour: str) -> None:
        left = rect.left() + _left(line)
        if line.shelf is not None:
            own = line.shelf.colour
            shade = colour_of(own, self.theme) if own else colour
            top = rect.center().y() - _ICON // 2 + 1
            icon(line.shelf.icon, shade).paint(painter, left, top, _ICON, _ICON)
        else:
            colour = self.theme.muted
        self._paint_words(painter, rect, left + _WORDS, line, colour)

    def _paint_words(
        self, painter: QPainter, rect: QRect, left: int, line: Line, colour: str
    ) -> None:
        number = f"{line.articles:,}" if line.articles else ""
        wide = painter.fontMetrics().horizontalAdvance(number)
        room = rect.right() - 25 - wide - left - (_ARROW if line.folded is not None else 0)
        area = QRect(left, rect.top(), room, rect.height())
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(
            plain(line.title), Qt.TextElideMode.ElideRight, area.width()
        )
        if line.folded is not None:
            after = left + painter.fontMetrics().horizontalAdvance(shown) + _ARROW // 2
            self._paint_arrow(painter, QPoint(after, rect.center().y() + 1), line)
            painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, int(flags), shown)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -18, 0), int(flags), number)

    def _paint_arrow(self, painter: QPainter, middle: QPoint, line: Line) -> None:
        """Paint an arrow: to the right if folded, else down."""
        x, y, size = float(middle.x()), float(middle.y()), 3.2
        points = (
            [(x - size / 2, y - size), (x + size / 2, y), (x - size / 2, y + size)]
            if line.folded
            else [(x - size, y - size / 2), (x, y + size / 2), (x + size, y - size / 2)]
        )
        painter.setPen(QPen(QColor(self.theme.muted), 1.6, c=Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))


def _left(line: Line) -> int:
    return _LEFT + _STEP * min(line.depth, _DEEPEST)

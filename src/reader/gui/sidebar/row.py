"""Painting of the lines of the sidebar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.gui.list.row import plain
from reader.gui.sidebar.lines import Line
from reader.gui.widgets.theme import icon
from reader.model import Theme

if TYPE_CHECKING:
    from reader.gui.sidebar.shelves import Shelves

LINE = Qt.ItemDataRole.UserRole
_ROW = 32
_ICON = 18
_DOT = 10
_INSET, _ROUND = 8, 8.0
_LEFT = 20  # of the icon; all distances are from the leading edge
_HEAD = 18
_STEP = 16
_WORDS = 28  # from the icon to the name
_END = 19
_GAP = 8
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
        return abs(at.x() - self._arrow_of(rect, line).x()) <= _ARROW // 2 + 3

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
        area = QRectF(rect.adjusted(_INSET, 0, -_INSET, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setBrush(QColor(theme.selection))
        elif row in (view.hovered, view.target):
            painter.setBrush(QColor(theme.hover))
        is_current = view.hasFocus() and row == view.currentIndex().row()
        if row == view.target or is_current:
            painter.setPen(QPen(QColor(theme.accent), 2))
            area.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(area, _ROUND, _ROUND)
        return theme.selection_text if chosen else theme.text

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line) -> None:
        font = self._small(painter)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        self._write(painter, rect, rect.adjusted(_HEAD, 0, -_END - _ARROW, 0), line.title)
        self._paint_arrow(painter, self._arrow_of(rect, line), line)

    def _paint_shelf(self, painter: QPainter, rect: QRect, line: Line, colour: str) -> None:
        place = QRect(rect.left() + _left(line), rect.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        place = self._mirrored(rect, place)
        if line.shelf is None:
            colour = self.theme.muted
        elif line.shelf.query.tag:
            self._paint_dot(painter, QPointF(QRectF(place).center()), line.shelf.colour)
        else:
            lit = colour == self.theme.selection_text
            shade = self.theme.accent if lit else colour
            icon(line.shelf.icon, shade).paint(painter, place)
        self._paint_words(painter, rect, line, colour)

    def _paint_dot(self, painter: QPainter, middle: QPointF, colour: str) -> None:
        """Paint the dot of a tag in its colour, a ring if it has none."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour_of(colour, self.theme)))
        if not colour:
            painter.setPen(QPen(QColor(self.theme.edge), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, _DOT / 2, _DOT / 2)

    def _paint_words(self, painter: QPainter, rect: QRect, line: Line, colour: str) -> None:
        """Paint the name of a line, its arrow and its number."""
        painter.setPen(QColor(colour))
        area = rect.adjusted(_left(line) + _WORDS, 0, -_END - self._behind(line), 0)
        self._write(painter, rect, area, plain(line.title))
        if line.folded is not None:
            self._paint_arrow(painter, self._arrow_of(rect, line), line)
        painter.setFont(self._small(painter))
        soft = self.theme.muted if colour == self.theme.text else colour
        painter.setPen(QColor(soft))
        area = self._mirrored(rect, rect.adjusted(_left(line), 0, -_END, 0))
        trailing = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        flags = QStyle.visualAlignment(self._view.layoutDirection(), trailing)
        painter.drawText(area, int(flags | Qt.TextFlag.TextSingleLine), _number(line))

    def _write(self, painter: QPainter, rect: QRect, area: QRect, text: str) -> None:
        """Write a name from the leading edge of an area, elided if there is little room."""
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, area.width())
        leading = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        flags = QStyle.visualAlignment(self._view.layoutDirection(), leading)
        painter.drawText(self._mirrored(rect, area), int(flags | Qt.TextFlag.TextSingleLine), shown)

    def _behind(self, line: Line) -> int:
        """Return the room behind the name of a line, for its arrow and its number."""
        wide = QFontMetrics(self._small()).horizontalAdvance(_number(line))
        return (wide + _GAP if wide else 0) + (_ARROW if line.folded is not None else 0)

    def _arrow_of(self, rect: QRect, line: Line) -> QPoint:
        """Return the middle of the arrow: behind the name of a tag, at the end of a heading."""
        y = rect.center().y() + 1
        x = rect.right() - _END - 4
        if line.shelf is not None:
            metrics, start = self._view.fontMetrics(), rect.left() + _left(line) + _WORDS
            room = rect.right() + 1 - start - _END - self._behind(line)
            shown = metrics.elidedText(plain(line.title), Qt.TextElideMode.ElideRight, room)
            x = start + metrics.horizontalAdvance(shown) + _ARROW // 2
        return self._mirrored(rect, QRect(x, y, 1, 1)).topLeft()

    def _paint_arrow(self, painter: QPainter, middle: QPoint, line: Line) -> None:
        """Paint an arrow: towards the end of the line if folded, else down."""
        x, y, size = float(middle.x()), float(middle.y()), 3.2
        ahead = size / 2 * (-1 if self._view.isRightToLeft() else 1)
        points = (
            [(x - ahead, y - size), (x + ahead, y), (x - ahead, y + size)]
            if line.folded
            else [(x - size, y - size / 2), (x, y + size / 2), (x + size, y - size / 2)]
        )
        painter.setPen(QPen(QColor(self.theme.muted), 1.6, c=Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))

    def _mirrored(self, rect: QRect, area: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), rect, area)

    def _small(self, painter: QPainter | None = None) -> QFont:
        """Return the font of headings and numbers."""
        font = QFont(painter.font() if painter else self._view.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width
        return font


def _number(line: Line) -> str:
    return f"{line.articles:,}" if line.articles else ""


def _left(line: Line) -> int:
    return _LEFT + _STEP * min(line.depth, _DEEPEST)

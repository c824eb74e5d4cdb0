"""Painting of the rows of the command palette."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QListView, QStyledItemDelegate, QStyleOptionViewItem

from reader.gui.actions.palette_entries import Entry
from reader.gui.list.row import units
from reader.gui.widgets.theme import icon
from reader.model import Theme

ROW, HEADING = 34, 28
_ICON = 18
_LEFT, _RIGHT = 14, 14
Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Paints entries and headings."""

    theme: Theme

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._font = QApplication.font()
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.Bold)
        self._small = QFont(self._font)
        self._small.setPointSizeF(self._font.pointSizeF() * 0.86)

    def height_of(self, line: Entry | str) -> int:
        """Return the height of a row."""
        return ROW if isinstance(line, Entry) else HEADING

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(100, self.height_of(index.data(Qt.ItemDataRole.UserRole)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Entry):
            current = index.row() == self._view.currentIndex().row()
            self._paint_entry(painter, option.rect, line, current)
        else:
            self._paint_heading(painter, option.rect, line)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, title: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(_LEFT + 4, 0, 0, -4), int(flags), title)

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, current: bool) -> None:
        theme = self.theme
        colour = theme.text
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection))
            painter.drawRoundedRect(QRectF(rect).adjusted(6, 1, -6, -1), 6, 6)
            colour = theme.selection_text
        area = rect.adjusted(_LEFT + 4, 0, -_RIGHT - 4, 0)
        if entry.icon:
            top = area.center().y() - _ICON // 2 + 1
            icon(entry.icon, colour).paint(painter, area.left(), top, _ICON, _ICON)
        area.adjust(_ICON + 12, 0, 0, 0)
        soft = theme.selection_text if current else theme.muted
        area.adjust(0, 0, -self._paint_note(painter, area, entry.note, soft), 0)
        self._paint_text(painter, area, entry, colour)

    def _paint_note(self, painter: QPainter, area: QRect, note: str, colour: str) -> int:
        """Paint the note at the right; return its width."""
        if not note:
            return 0
        metrics = QFontMetrics(self._small)
        shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, round(area.width() * 0.4))
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(flags | Qt.TextFlag.TextSingleLine), shown)
        return metrics.horizontalAdvance(shown) + 16

    def _paint_text(self, painter: QPainter, area: QRect, entry: Entry, colour: str) -> None:
        """Paint the name on one line, with the matching letters in bold."""
        elide = Qt.TextElideMode.ElideRight
        text = QFontMetrics(self._bold).elidedText(entry.text, elide, area.width())
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(_bold(text, [place for place in entry.places if place < len(text)]))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        painter.setPen(QColor(colour))
        layout.draw(painter, QPointF(area.left(), area.center().y() - line.height() / 2 + 1))


def _bold(text: str, places: Sequence[int]) -> list[QTextLayout.FormatRange]:
    ranges = []
    for place in places:
        bold = QTextLayout.FormatRange()
        bold.start = units(text[:place])
        bold.length = units(text[place])
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.Bold)
        bold.format = form
        ranges.append(bold)
    return ranges

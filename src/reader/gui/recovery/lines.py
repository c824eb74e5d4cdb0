"""A list of titles with details at their end, fast with any number of lines."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.gui.recovery.pages import Line
from reader.gui.widgets.plain_text import tip

_HIGH, _AROUND, _GAP, _RADIUS = 36, 12, 16, 6
_MOST_DETAIL = 0.55  # of the width
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LineModel(QAbstractListModel):
    """The lines of a list."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a part of a line; its whole text to screen readers and as a tool tip."""
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.UserRole:
                return line.detail
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, line))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(" – ".join(filter(None, line)))
        return None


class LineList(QListView):
    """A list of lines of equal height; the selected one counts if ``is_choice``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("recoveryList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Painter(self))
        self._model = LineModel()
        self.setModel(self._model)

    def show_lines(self, name: str, lines: Sequence[Line], row: int = -1) -> None:
        """Show lines, and select one unless it is -1; ``name`` is for screen readers."""
        self.setAccessibleName(name)
        self._model.set_lines(lines)
        if lines and row >= 0:
            self.setCurrentIndex(self._model.index(min(row, len(lines) - 1)))

    def row(self) -> int:
        """Return the number of the current line, -1 if there is none."""
        return self.currentIndex().row()


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, max(_HIGH, option.fontMetrics.height() + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, area = option.palette, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), _RADIUS, _RADIUS)
        else:
            painter.fillRect(
                QRect(area.left(), area.bottom(), area.width(), 1),
                palette.color(QPalette.ColorRole.Mid),
            )
        self._write(painter, option, index, is_chosen=is_chosen)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(palette.color(QPalette.ColorRole.Accent))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(area.adjusted(1, 2, -1, -2), _RADIUS, _RADIUS)
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, *, is_chosen: bool
    ) -> None:
        """Write the title and the details, each by its own direction."""
        area, metrics = option.rect.adjusted(_AROUND, 0, -_AROUND, 0), option.fontMetrics
        details, titles = _colours(option.palette, is_chosen=is_chosen)
        detail = str(index.data(Qt.ItemDataRole.UserRole))
        wide = min(metrics.horizontalAdvance(detail) + 2, int(area.width() * _MOST_DETAIL))
        is_rtl = option.direction is Qt.LayoutDirection.RightToLeft
        end = QRect(
            area.left() if is_rtl else area.right() + 1 - wide, area.top(), wide, area.height()
        )
        room = area.width() - (wide + _GAP if detail else 0)
        start = QRect(
            area.right() + 1 - room if is_rtl else area.left(), area.top(), room, area.height()
        )
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        flags |= int(Qt.TextFlag.TextSingleLine)
        title = " ".join(str(index.data()).split())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of each text
        for text, place, colour in ((title, start, titles), (detail, end, details)):
            painter.setPen(colour)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, flags, cut)


def _colours(palette: QPalette, *, is_chosen: bool) -> tuple[QColor, QColor]:
    """Return the colours of the details and of the title."""
    if is_chosen:
        chosen = palette.color(QPalette.ColorRole.HighlightedText)
        return chosen, chosen
    group = QPalette.ColorGroup.Disabled
    return palette.color(group, QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Text)

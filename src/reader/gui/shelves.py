"""The shelves on the left: six that are always there, and one for each tag."""

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.gui.theme import icon
from reader.model import SHELF_QUERIES, Counts, Query, Theme

_ROW = 32
_ICON = 18
Index = QModelIndex | QPersistentModelIndex


class Shelf(NamedTuple):
    """A named query; ``key`` is how the settings know it."""

    key: str
    title: str
    query: Query
    icon: str


SHELVES: tuple[Shelf, ...] = (
    Shelf("queue", "Queue", SHELF_QUERIES["queue"], "queue"),
    Shelf("begun", "Continue Reading", SHELF_QUERIES["begun"], "begun"),
    Shelf("all", "All", SHELF_QUERIES["all"], "all"),
    Shelf("favourites", "Favourites", SHELF_QUERIES["favourites"], "favourite"),
    Shelf("archive", "Archive", SHELF_QUERIES["archive"], "archive"),
    Shelf("trash", "Trash", SHELF_QUERIES["trash"], "trash"),
)


def shelf_of_tag(tag: str) -> Shelf:
    """Return the shelf of a tag."""
    return Shelf(f"tag:{tag}", tag, Query(tag=tag), "tag")


class Shelves(QListView):
    """A quiet list of shelves with their counts; ``chosen`` carries the Shelf."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._delegate = _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setViewportMargins(0, 8, 0, 0)
        self.setObjectName("shelves")
        self.setAccessibleName("Shelves")
        self.hovered = -1
        self.entered.connect(self._hover)
        self.viewportEntered.connect(lambda: self._hover(QModelIndex()))
        self.selectionModel().currentChanged.connect(self._changed)

    def set_counts(self, counts: Counts) -> None:
        """Show the counts and tags of the library; the chosen shelf stays chosen."""
        kept = self.shelf()
        tags = [tag for tag, _ in counts.tags]
        if self._model.tags != tags:
            self.selectionModel().blockSignals(True)
            self._model.set_counts(counts, tags)
            if kept is not None and (row := self._model.row(kept.key)) is not None:
                self.setCurrentIndex(self._model.index(row))
            self.selectionModel().blockSignals(False)
        else:
            self._model.set_counts(counts, tags)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def shelf(self) -> Shelf | None:
        """Return the chosen shelf."""
        return self._model.shelf(self.currentIndex())

    def select(self, key: str) -> None:
        """Choose a shelf by its key; one that is not there changes nothing."""
        row = self._model.row(key)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index.row()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Know that no shelf is under the pointer."""
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def _changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        shelf = self._model.shelf(current)
        if shelf is not None:
            self.chosen.emit(shelf)


class _Model(QAbstractListModel):
    """The shelves, a heading, and the tags."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tags: list[str] = []
        self._counts = Counts()

    def set_counts(self, counts: Counts, tags: list[str]) -> None:
        self._counts = counts
        if tags != self.tags:
            self.beginResetModel()
            self.tags = tags
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if parent.isValid():
            return 0
        return len(SHELVES) + (1 + len(self.tags) if self.tags else 0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.shelf(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shelf = self.shelf(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return shelf.title if shelf else "Tags"
        if role == Qt.ItemDataRole.AccessibleTextRole and shelf:
            return f"{shelf.title}, {self.count(index)}"
        return None

    def shelf(self, index: Index) -> Shelf | None:
        row = index.row()
        if 0 <= row < len(SHELVES):
            return SHELVES[row]
        tag = row - len(SHELVES) - 1
        return shelf_of_tag(self.tags[tag]) if 0 <= tag < len(self.tags) else None

    def count(self, index: Index) -> int:
        row = index.row()
        if row < len(SHELVES):
            return int(getattr(self._counts, SHELVES[row].key))
        tag = row - len(SHELVES) - 1
        return self._counts.tags[tag][1] if 0 <= tag < len(self._counts.tags) else 0

    def row(self, key: str) -> int | None:
        for row, shelf in enumerate(SHELVES):
            if shelf.key == key:
                return row
        tag = key.removeprefix("tag:")
        return len(SHELVES) + 1 + self.tags.index(tag) if tag in self.tags else None


class _Delegate(QStyledItemDelegate):
    theme: Theme

    def __init__(self, view: Shelves) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, rect = self._view._model, option.rect
        shelf = model.shelf(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if shelf is None:
            self._paint_heading(painter, rect)
        else:
            colour = self._paint_ground(painter, rect, index.row())
            icon(shelf.icon, colour).paint(
                painter, rect.left() + 16, rect.center().y() - _ICON // 2 + 1, _ICON, _ICON
            )
            self._paint_words(painter, rect, shelf.title, model.count(index), colour)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect) -> None:
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        area = rect.adjusted(16, 8, -8, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), "Tags")

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int) -> str:
        theme, view = self.theme, self._view
        area = rect.adjusted(8, 1, -8, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if row == view.currentIndex().row():
            painter.setBrush(QColor(theme.selection))
            if view.hasFocus():
                painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(area, 6, 6)
            return theme.selection_text
        if row == view.hovered:
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(area, 6, 6)
        return theme.text

    def _paint_words(
        self, painter: QPainter, rect: QRect, title: str, count: int, colour: str
    ) -> None:
        number = f"{count:,}" if count else ""
        wide = painter.fontMetrics().horizontalAdvance(number)
        area = rect.adjusted(43, 0, -wide - 26, 0)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, int(flags), shown)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -18, 0), int(flags), number)

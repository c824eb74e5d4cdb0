"""The list of the headings: painted row by row, so that thousands are as quick as ten."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.body.headings import Headline
from reader.folding import folded
from reader.gui.list.row import is_rtl, plain
from reader.gui.widgets.plain_text import tip
from reader.gui.widgets.theme import icon
from reader.model import Theme

_ROW = 32
_INSET, _ROUND, _BAR = 8, 8.0, 3
_START, _STEP, _END = 16, 20, 12
_DEEPEST = 6
_TICK, _GAP = 16, 8
_HERE = "here"
_UNNAMED = "Unnamed part"
Index = QModelIndex | QPersistentModelIndex


class HeadingsModel(QStringListModel):
    """The headings that match the typed words; ``rows`` are their numbers.

    Qt counts the rows of its own list, as it asks for their number twice for each row.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.headlines: Sequence[Headline] = ()
        self.rows: Sequence[int] = ()
        self.read: Sequence[bool] = ()
        self.here = -1
        self._folded_of: Sequence[Headline] = ()
        self._folded: Sequence[str] = ()

    def show_headings(self, headlines: Sequence[Headline], words: str) -> None:
        """Show the headings that have some words, all of them without words."""
        wanted = folded(words).split()
        self.headlines = headlines
        self.rows = range(len(headlines))
        if wanted:
            if self._folded_of is not headlines:
                self._folded_of = headlines
                self._folded = folded("\n".join(each.text for each in headlines)).split("\n")
            self.rows = [
                number
                for number, text in enumerate(self._folded)
                if all(word in text for word in wanted)
            ]
        self.setStringList([headlines[number].text for number in self.rows])

    def text(self, number: int) -> str:
        """Return the text of a heading as it is shown."""
        return plain(self.headlines[number].text) or _UNNAMED

    def is_read(self, number: int) -> bool:
        """Return whether all below a heading is read."""
        return number < len(self.read) and self.read[number]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the number of a heading, its text, and its place for screen readers."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        number = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return number
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(number)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.text(number))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            depth = self.headlines[number].depth
            more = [f"level {depth + 1}"] if depth else []
            more += ["current place"] if number == self.here else []
            more += ["read"] if self.is_read(number) else []
            return ", ".join([self.text(number), *more])
        return None


class HeadingsView(QListView):
    """Shows the headings; ``chosen`` carries the number of one that the person goes to."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.headings = HeadingsModel(self)
        self.setModel(self.headings)
        self.setItemDelegate(_Delegate(self))
        self.setObjectName("contentsList")
        self.setAccessibleName("Headings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.hovered = -1
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))
        self.clicked.connect(self._choose)

    def show_here(self, number: int, read: Sequence[bool]) -> None:
        """Mark the heading that is read, and those of which all is read."""
        model = self.headings
        before, was_read = model.here, model.read
        if (before, was_read) == (number, read):
            return
        model.here, model.read = number, read
        if len(was_read) != len(read):
            self.viewport().update()
        others = zip(was_read, read, strict=False)
        changed = (at for at, (was, is_read) in enumerate(others) if was is not is_read)
        for row in map(self._row, (before, number, *changed)):
            if row is not None:
                self.update(model.index(row))
        if before != number:
            self.follow(before)

    def follow(self, before: int) -> None:
        """Scroll to the place if it has left the view, unless the person looks elsewhere."""
        row, was = self._row(self.headings.here), self._row(before)
        if row is None or self.hasFocus():
            return
        seen, area = self.viewport().rect(), self.visualRect(self.headings.index(row))
        was_seen = was is None or seen.intersects(self.visualRect(self.headings.index(was)))
        if was_seen and not seen.contains(area):
            self.scrollTo(self.headings.index(row))

    def go_to_here(self) -> None:
        """Make the heading that is read the current one, and show it in the middle."""
        row = self._row(self.headings.here)
        if row is not None:
            self.setCurrentIndex(self.headings.index(row))
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.PositionAtCenter)

    def _row(self, number: int) -> int | None:
        rows = self.headings.rows
        if isinstance(rows, range):
            return number if 0 <= number < len(rows) else None
        return rows.index(number) if number in rows else None

    def _hover(self, row: int) -> None:
        self.hovered = row
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        number = index.data(Qt.ItemDataRole.UserRole)
        if number is not None:
            self.chosen.emit(number)

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a heading with Return, leave with Esc; letters are for the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # to be typed in the field
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: Any) -> None:
        """Take the mark below the pointer away."""
        self._hover(-1)
        super().leaveEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints a heading at its depth, thought of from left to right and mirrored last."""

    def __init__(self, view: HeadingsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a row; all rows are equally high."""
        return QSize(120, max(_ROW, self._view.fontMetrics().height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading."""
        number = index.data(Qt.ItemDataRole.UserRole)
        if number is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option.rect, index.row(), number)
        self._paint_words(painter, option.rect, number)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, number: int) -> None:
        view, theme = self._view, self._view.theme
        area = QRectF(rect.adjusted(_INSET, 0, -_INSET, 0))
        is_here = number == view.headings.here
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_here:
            painter.setBrush(QColor(theme.selection))
        elif row == view.hovered:
            painter.setBrush(QColor(theme.hover))
        if view.hasFocus() and row == view.currentIndex().row():
            painter.setPen(QPen(QColor(theme.accent), 2))
            area.adjust(1, 1, -1, -1)
        painter.drawRoundedRect(area, _ROUND, _ROUND)
        if is_here:
            bar = QRect(rect.left() + _INSET, rect.top(), _BAR, rect.height())
            painter.fillRect(self._mirrored(rect, bar), QColor(theme.accent))

    def _paint_words(self, painter: QPainter, rect: QRect, number: int) -> None:
        model, theme = self._view.headings, self._view.theme
        is_here, is_read = number == model.here, model.is_read(number)
        is_whole = isinstance(model.rows, range)
        depth = min(model.headlines[number].depth, _DEEPEST) if is_whole else 0
        area = rect.adjusted(_INSET + _START + _STEP * depth, 0, -_INSET - _END, 0)
        colour = theme.selection_text if is_here else theme.muted if is_read else theme.text
        small = _small(self._view.font())
        if is_here:
            self._write(painter, rect, area, (_HERE, small, colour), at_end=True)
            area.setRight(area.right() - QFontMetrics(small).horizontalAdvance(_HERE) - _GAP)
        elif is_read:
            place = QRect(area.right() + 1 - _TICK, 0, _TICK, _TICK)
            place.moveTop(rect.center().y() + 1 - _TICK // 2)
            icon("check", theme.muted).paint(painter, self._mirrored(rect, place))
            area.setRight(area.right() - _TICK - _GAP)
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold if is_here else QFont.Weight.Normal)
        self._write(painter, rect, area, (model.text(number), font, colour))

    def _write(
        self,
        painter: QPainter,
        rect: QRect,
        area: QRect,
        words: tuple[str, QFont, str],
        *,
        at_end: bool = False,
    ) -> None:
        text, font, colour = words
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight
        )
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        left = at_end == self._view.isRightToLeft()
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        flags_of_text = int(flags | Qt.TextFlag.TextSingleLine)
        painter.drawText(self._mirrored(rect, area), flags_of_text, shown)

    def _mirrored(self, rect: QRect, area: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), rect, area)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.92)
    return small

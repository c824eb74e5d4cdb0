"""The list of copies by day, each with its reason and its size."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reader import phrases
from reader.backup_phrases import heading, last_of_days, reason, short_time
from reader.gui.list.placed import Placed
from reader.gui.list.row import plain
from reader.gui.widgets.plain_text import tip
from reader.gui.widgets.theme import icon, ring
from reader.library.backup.copy import Copy, Reason
from reader.model import Theme

Index = QModelIndex | QPersistentModelIndex

_AROUND = 18  # pixels above and below the text of a line
_SIDE, _TIME, _ICON, _BAR = 16, 56, 16, 3
_SMALL = 12 / 13
_LINE = Qt.ItemDataRole.UserRole
_IS_WHOLE = Qt.ItemDataRole.UserRole + 1


class Line(NamedTuple):
    """A line of the list: a copy, or the heading of a day if ``copy`` is None."""

    text: str
    time: str = ""
    details: str = ""
    copy: Copy | None = None


def lines(copies: Sequence[Copy], now: float) -> list[Line]:
    """Return the lines for copies, newest first, each day below its heading."""
    last = last_of_days([copy.made_at for copy in copies], now)
    made: list[Line] = []
    above = ""
    for copy in copies:
        if (day := heading(copy.made_at, now)) != above:
            made.append(Line(day))
            above = day
        is_last = copy.made_at in last
        time = short_time(copy.made_at, now)
        made.append(Line(reason_of(copy, is_last=is_last), time, _details(copy), copy))
    return made


def reason_of(copy: Copy, *, is_last: bool = False) -> str:
    """Return the reason for a copy in words; ``is_last`` if it is the last one of its day."""
    if is_last and copy.reason is Reason.CHANGES:
        return "the day’s last"
    return plain(reason(copy.reason, copy.told))


def _details(copy: Copy) -> str:
    parts = [phrases.plural(copy.articles, "article")]
    if copy.new_bytes:
        parts.append(f"{phrases.bytes_of(copy.new_bytes)} new")
    elif copy.size:
        parts.append(phrases.bytes_of(copy.size))
    if copy.damaged:
        parts.insert(1, f"{copy.damaged:,} damaged")
    if copy.is_elsewhere:
        parts.append("in the second place")
    return " · ".join(parts)


class CopyModel(QAbstractListModel):
    """The lines of the list, and which copies turned out to be unreadable."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._broken: set[str] = set()

    def show(self, copies: Sequence[Copy], now: float) -> None:
        """Show copies, newest first."""
        self.beginResetModel()
        self._lines = lines(copies, now)
        self.endResetModel()

    def mark_broken(self, copy: Copy) -> None:
        """Show that a copy cannot be read."""
        self._broken.add(copy.id)
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self._lines) - 1), 0))

    def line(self, number: int) -> Line | None:
        """Return a line, None beyond the last one."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def number_of(self, id: str) -> int:
        """Return the line of a copy, that of the newest one if it is gone, -1 for none."""
        found = [n for n, each in enumerate(self._lines) if each.copy is not None]
        same = (n for n in found if (each := self._lines[n].copy) is not None and each.id == id)
        return next(same, found[0] if found else -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that only copies can be chosen."""
        line = self.line(index.row())
        if line is None or line.copy is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the Line for painting, its reason, or its text for screen readers."""
        line = self.line(index.row())
        if line is None:
            return None
        is_readable = line.copy is None or line.copy.id not in self._broken
        is_whole = is_readable and (line.copy is None or not line.copy.damaged)
        if role == _LINE:
            return line
        if role == _IS_WHOLE:
            return is_whole
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{line.text}, {line.details}") if line.copy else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if is_readable else "cannot be read"
            return ", ".join(filter(None, (line.time, line.text, line.details, state)))
        return None


class CopyList(QListView):
    """The copies; ``chosen`` carries the chosen one."""

    chosen = Signal(object)

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("copies")
        self.setAccessibleName("Copies")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.copies = CopyModel()
        self._is_filled = True
        self.setModel(self.copies)
        self.setItemDelegate(_CopyPainter(self, colours))
        self.selectionModel().currentChanged.connect(self._choose)

    @property
    def copy(self) -> Copy | None:
        """The chosen copy, None if there is none."""
        line = self.copies.line(self.currentIndex().row())
        return line.copy if line else None

    def show_copies(self, copies: Sequence[Copy], now: float) -> None:
        """Show copies, newest first; another one is chosen only if the chosen one is gone."""
        before, self._is_filled = self.copy, False
        self.copies.show(copies, now)
        number = self.copies.number_of(before.id if before else "")
        self.setCurrentIndex(self.copies.index(number, 0))
        self._is_filled = True
        if self.copy is None or self.copy != before:
            self.chosen.emit(self.copy)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self.copies.line(index.row())
        if self._is_filled and line is not None and line.copy is not None:
            self.chosen.emit(line.copy)


class _CopyPainter(QStyledItemDelegate):
    """Paints the lines."""

    def __init__(self, view: CopyList, colours: Callable[[], Theme]) -> None:
        super().__init__(view)
        self._view, self._colours = view, colours

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line: a copy takes two lines of text."""
        line, high = index.data(_LINE), option.fontMetrics.height()
        return QSize(0, (high if line is None or line.copy is None else 2 * high) + _AROUND)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        line = index.data(_LINE)
        if line is None:
            return
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # of the words of the program
        placed = Placed(painter, option.rect, self._view.layoutDirection())
        if line.copy is None:
            inner = placed.whole.adjusted(_SIDE, 0, -_SIDE, 0)
            placed.text(inner, self._font(bold=True), self._colours().muted, line.text, self._side)
        else:
            self._paint_copy(placed, line, option, is_whole=bool(index.data(_IS_WHOLE)))
        painter.restore()

    def _paint_copy(
        self, placed: Placed, line: Line, option: QStyleOptionViewItem, *, is_whole: bool
    ) -> None:
        theme, whole = self._colours(), placed.whole
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(placed, option, is_chosen=is_chosen)
        ink = theme.selection_text if is_chosen else theme.text
        soft = theme.selection_text if is_chosen else theme.muted
        strong = self._font(bold=True)
        wide = max(_TIME, QFontMetrics(strong).horizontalAdvance(line.time) + 12)
        placed.text(QRect(_SIDE, 0, wide, whole.height()), strong, ink, line.time, self._side)
        room = whole.width() - 2 * _SIDE - wide - _ICON - 8
        high = option.fontMetrics.height()
        top = (whole.height() - 2 * high) // 2
        for number, (text, colour, font) in enumerate(
            ((line.text, ink, self._font()), (line.details, soft, self._font(small=True)))
        ):
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            place = QRect(_SIDE + wide, top + number * high, room, high)
            placed.text(place, font, colour, shown, self._side)
        mark = QRect(whole.width() - _SIDE - _ICON, (whole.height() - _ICON) // 2, _ICON, _ICON)
        name, colour = ("check", theme.good) if is_whole else ("warning", theme.warn)
        if is_chosen and theme.accent == theme.selection:  # high contrast has one colour for both
            colour = theme.selection_text
        icon(name, colour).paint(placed.painter, placed.at(mark))

    def _paint_ground(
        self, placed: Placed, option: QStyleOptionViewItem, *, is_chosen: bool
    ) -> None:
        theme = self._colours()
        if is_chosen:
            placed.fill(placed.whole, theme.selection)
            placed.fill(QRect(0, 0, _BAR, placed.whole.height()), theme.accent)
            if self._view.hasFocus():
                placed.painter.setPen(QPen(ring(self._view.palette()), 2))
                placed.painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            placed.fill(placed.whole, theme.hover)

    @property
    def _side(self) -> Qt.AlignmentFlag:
        """The side at which texts begin, whatever their own direction is."""
        flag = Qt.AlignmentFlag
        edge = flag.AlignRight if self._view.isRightToLeft() else flag.AlignLeft
        return edge | flag.AlignAbsolute

    def _font(self, *, bold: bool = False, small: bool = False) -> QFont:
        font = QFont(self._view.font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        if small:
            font.setPointSizeF(font.pointSizeF() * _SMALL)
        return font

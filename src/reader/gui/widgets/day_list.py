"""A list by day: a heading for each day, and below it entries with their time, in pages.

More entries are asked for when the end of the list comes into view, so that a list of any length
opens at once. All rows have one height, so that Qt places them without asking for each.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader import phrases
from reader.gui.widgets.theme import icon

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_LINE, _SIDE, _TIME, _MARK, _GAP = 4, 16, 56, 20, 10  # pixels
_BAR = 3  # the width of the bar at the selected entry
_WEEK = 7


class DayEntry(NamedTuple):
    """An entry: two lines of text, and its time in UTC; without a time it has no heading.

    ``mark`` is the name of an icon at the end of the line, ``meaning`` what the icon means; ``end``
    is text at the end. A ``faded`` entry is drawn in the muted colour.
    """

    key: Any
    at: str
    text: str
    detail: str = ""
    mark: str = ""
    meaning: str = ""
    end: str = ""
    faded: bool = False


def heading(day: str, today: date | None = None) -> str:
    """Return the heading of an ISO date: ``Today``, ``Friday``, ``3 March 2026``."""
    then, now = date.fromisoformat(day), today or datetime.now().astimezone().date()
    if then in (now, now - timedelta(days=1)):
        return "Today" if then == now else "Yesterday"
    words = phrases.day(day)
    return f"{then:%A}, {words}" if timedelta() < now - then < timedelta(days=_WEEK) else words


class DayModel(QStringListModel):
    """The rows of the list: headings (text) and entries.

    Qt counts the rows, in its own list of as many empty texts: the view asks for their number once
    a row, and a hundred thousand calls of Python would stop the window for a moment.
    """

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | DayEntry] = []
        self.has_more = False
        self._is_waiting = False
        self._day: str | None = None

    def show(self, entries: Sequence[DayEntry], *, has_more: bool) -> None:
        """Show other entries."""
        self._day = None
        self.rows = self._with_headings(entries)
        self.has_more, self._is_waiting = has_more, False
        self.setStringList([""] * len(self.rows))

    def add(self, entries: Sequence[DayEntry], *, has_more: bool) -> None:
        """Add entries at the end."""
        self.has_more, self._is_waiting = has_more, False
        more = self._with_headings(entries)
        if more:
            start = len(self.rows)
            self.rows += more
            self.insertRows(start, len(more))

    def entry(self, row: int) -> DayEntry | None:
        """Return the entry in a row, None for a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else ""
        return found if isinstance(found, DayEntry) else None

    def _with_headings(self, entries: Sequence[DayEntry]) -> list[str | DayEntry]:
        rows: list[str | DayEntry] = []
        for entry in entries:
            day = phrases.local_day(entry.at)
            if day and day != self._day:
                rows.append(heading(day))
            self._day = day
            rows.append(entry)
        return rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its text, or the words for screen readers."""
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if isinstance(row, str):
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row if role in spoken else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (phrases.moment(row.at), row.text, row.detail, row.end, row.meaning)
            return ", ".join(filter(None, parts))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be selected, but no headings."""
        flag = Qt.ItemFlag
        if self.entry(index.row()) is None:
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    def canFetchMore(self, _parent: Index) -> bool:
        """Return whether there are entries that were not asked for yet."""
        return self.has_more and not self._is_waiting

    def fetchMore(self, _parent: Index) -> None:
        """Ask for the next entries."""
        self._is_waiting = True
        self.more_wanted.emit()


class DayList(QListView):
    """The list; ``chosen`` carries the key of the selected entry, ``opened`` that of an opened one.

    ``more_wanted`` asks for the entries after the last one. ``mark_colour`` is that of the icons.
    """

    chosen = Signal(object)
    opened = Signal(object)
    more_wanted = Signal()
    mark_colour = ""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayList")
        self.setAccessibleName(name)
        self._model = DayModel()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self._model.more_wanted.connect(self.more_wanted)
        self.selectionModel().currentChanged.connect(self._tell)
        self.activated.connect(lambda index: self.opened.emit(self._key(index.row())))

    def entries(self) -> list[DayEntry]:
        """Return the entries that are shown."""
        return [row for row in self._model.rows if isinstance(row, DayEntry)]

    def show_entries(self, entries: Sequence[DayEntry], *, has_more: bool = False) -> None:
        """Show other entries; the selected one stays selected if it is among them."""
        key, top = self.current_key(), self.verticalScrollBar().value()
        self._model.show(entries, has_more=has_more)
        if key is not None and self.select(key, notify=False):
            self.verticalScrollBar().setValue(top)

    def more(self, entries: Sequence[DayEntry], *, has_more: bool = False) -> None:
        """Add the entries that were asked for."""
        self._model.add(entries, has_more=has_more)

    def current_key(self) -> Any:
        """Return the key of the selected entry, None if none is selected."""
        return self._key(self.currentIndex().row())

    def select(self, key: object, *, notify: bool = True) -> bool:
        """Select the entry with a key; return whether there is one."""
        for row in range(len(self._model.rows)):
            entry = self._model.entry(row)
            if entry is not None and entry.key == key:
                self._go_to(row, notify=notify)
                return True
        return False

    def select_first(self) -> None:
        """Select the first entry."""
        for row in range(len(self._model.rows)):
            if self._model.entry(row) is not None:
                self._go_to(row)
                return

    def _go_to(self, row: int, *, notify: bool = True) -> None:
        blocked = self.selectionModel().blockSignals(not notify)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._model.index(row, 0), flag)
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def _key(self, row: int) -> Any:
        entry = self._model.entry(row)
        return entry.key if entry is not None else None

    def _tell(self, index: QModelIndex) -> None:
        key = self._key(index.row())
        if key is not None:
            self.chosen.emit(key)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Skip the headings."""
        index = super().moveCursor(action, modifiers)
        move = QAbstractItemView.CursorAction
        up = action in (move.MoveUp, move.MovePageUp, move.MoveEnd)
        if self._model.entry(index.row()) is not None or not self._model.rows:
            return index
        row = self._next(index.row(), -1 if up else 1)
        return self._model.index(row, 0) if row >= 0 else self.currentIndex()

    def _next(self, row: int, step: int) -> int:
        """Return the next entry from a row, in the other direction if there is none."""
        for way in (step, -step):
            at = row + way
            while 0 <= at < len(self._model.rows):
                if self._model.entry(at) is not None:
                    return at
                at += way
        return -1


class _Delegate(QStyledItemDelegate):
    """Paints headings and entries in the colours of the palette."""

    def __init__(self, view: DayList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the one size of all rows."""
        return QSize(80, 2 * self._view.fontMetrics().height() + 2 * _LINE + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = index.data(_ROW)
        painter.save()
        if isinstance(row, str):
            self._paint_heading(painter, option.rect, row)
        else:
            self._paint_entry(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.setFont(_bold(self._view.font()))
        painter.setPen(self._colour(QPalette.ColorRole.PlaceholderText))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the text
        line = area.adjusted(_SIDE, 0, -_SIDE, -_LINE - 2)
        painter.drawText(line, self._side() | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: DayEntry
    ) -> None:
        area, state = option.rect, option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, area, state)
        role = QPalette.ColorRole
        strong = self._colour(role.HighlightedText if is_chosen else role.Text)
        weak = strong if is_chosen else self._colour(role.PlaceholderText)
        rest = area.adjusted(_SIDE, 0, -_SIDE, 0)
        if entry.at:
            time, rest = _cut(rest, _TIME)
            painter.setPen(weak if entry.faded else strong)
            self._draw(painter, area, time, phrases.moment(entry.at)[-5:], bold=True)
        rest = self._paint_end(painter, area, rest, entry, weak)
        middle = rest.center().y()
        painter.setPen(weak if entry.faded else strong)
        upper = QRect(rest.left(), rest.top() + _LINE, rest.width(), middle - rest.top() - _LINE)
        lower = QRect(rest.left(), middle + 1, rest.width(), rest.bottom() - middle - _LINE)
        self._draw(painter, area, upper if entry.detail else rest, entry.text)
        painter.setPen(weak)
        self._draw(painter, area, lower if entry.detail else QRect(), entry.detail)

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        flag, role = QStyle.StateFlag, QPalette.ColorRole
        accent = self._colour(role.Accent)
        if state & flag.State_Selected:
            painter.fillRect(area, self._colour(role.Highlight))
            bar = QRect(area.left(), area.top(), _BAR, area.height())
            painter.fillRect(self._visual(area, bar), accent)
        elif state & flag.State_MouseOver:
            painter.fillRect(area, self._colour(role.Light))
        if self._view.hasFocus() and state & flag.State_HasFocus:
            painter.setPen(QPen(accent, 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _paint_end(
        self, painter: QPainter, area: QRect, rest: QRect, entry: DayEntry, weak: QColor
    ) -> QRect:
        """Paint the icon or the text at the end; return the space that is left."""
        if entry.mark:
            place = QRect(0, 0, _MARK, _MARK)
            place.moveCenter(rest.center())
            place.moveRight(rest.right())
            colour = self._view.mark_colour or weak.name()
            icon(entry.mark, colour).paint(painter, self._visual(area, place))
            return rest.adjusted(0, 0, -_MARK - _GAP, 0)
        if entry.end:
            metrics = QFontMetrics(self._view.font())
            wide = min(metrics.horizontalAdvance(entry.end) + 1, rest.width() // 2)
            painter.setPen(weak)
            end = QRect(rest.right() - wide, rest.top(), wide + 1, rest.height())
            self._draw(painter, area, end, entry.end)
            return rest.adjusted(0, 0, -wide - _GAP, 0)
        return rest

    def _draw(
        self, painter: QPainter, area: QRect, part: QRect, text: str, *, bold: bool = False
    ) -> None:
        """Draw one line of text, cut with “…” if it is too long."""
        font = _bold(self._view.font()) if bold else self._view.font()
        painter.setFont(font)
        line = QFontMetrics(font).elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, part.width()
        )
        place = self._visual(area, part)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the text
        painter.drawText(place, self._side() | Qt.AlignmentFlag.AlignVCenter, line)

    def _visual(self, area: QRect, part: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), area, part)

    def _side(self) -> Qt.AlignmentFlag:
        flag = Qt.AlignmentFlag
        is_rtl = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return (flag.AlignRight if is_rtl else flag.AlignLeft) | flag.AlignAbsolute

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self._view.palette().color(role)


def _cut(area: QRect, width: int) -> tuple[QRect, QRect]:
    """Return the first part of an area, of that width, and the rest."""
    return (
        QRect(area.left(), area.top(), width - _GAP, area.height()),
        area.adjusted(width, 0, 0, 0),
    )


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made

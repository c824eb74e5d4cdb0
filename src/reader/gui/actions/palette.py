"""The command palette: one field to find every action, shelf, tag and article."""

from collections.abc import Callable
from itertools import chain

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from reader.gui.actions.palette_entries import Entry, PaletteEntries
from reader.gui.actions.palette_row import EntryDelegate
from reader.model import Theme

_WIDE, _LEAST_WIDE = 620, 260
_TOP = 48
_MOST_HIGH = 430
_SHADOW = 18
_ROUND = 12.0
_KEY = Qt.Key
Index = QModelIndex | QPersistentModelIndex


class CommandPalette(QWidget):
    """A palette over the window; ``chosen`` carries the Entry chosen by Enter or a click."""

    chosen = Signal(object)

    def __init__(self, gather: Callable[[], PaletteEntries], window: QWidget) -> None:
        super().__init__(window)
        self._gather = gather
        self._window = window
        self._before: QWidget | None = None
        self._pointer = QPoint()
        self._entries: PaletteEntries | None = None
        self.line = QLineEdit()
        self.line.setObjectName("paletteLine")
        self.line.setPlaceholderText("Do, open or find anything")
        self.line.setAccessibleName("Command palette")
        self.model = _Model(self)
        self.list = QListView()
        self.delegate = EntryDelegate(self.list)
        self._set_up()
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._do(index.row()))
        self.list.viewport().installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def _set_up(self) -> None:
        font = self.line.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.line.setFont(font)
        self.list.setObjectName("palette")
        self.list.setAccessibleName("Results")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.list)

    def set_theme(self, theme: Theme) -> None:
        """Set the theme."""
        self.delegate.theme = theme

    def open_palette(self) -> None:
        """Open the palette, or close it if it is open."""
        if self.isVisible():
            self.close_palette()
            return
        self._before = QApplication.focusWidget()
        self._pointer = QCursor.pos()
        self._entries = self._gather()
        self.line.clear()
        self._search("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_palette(self) -> None:
        """Close the palette and give the focus back."""
        if self.isHidden():
            return
        mine = self.line.hasFocus()
        self.hide()
        if mine and self._before is not None and self._before.isVisible():
            self._before.setFocus()

    # ---- finding

    def _search(self, words: str) -> None:
        if self._entries is None:
            return
        self.model.show(
            list(
                chain.from_iterable(
                    (title, *entries) for title, entries in self._entries.find(words)
                )
            )
        )
        self._place()
        self._select(self.model.beside(-1, 1))
        self.list.scrollToTop()

    def _select(self, row: int) -> None:
        if self.model.entry(row) is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def _step(self, by: int) -> None:
        row = self.model.beside(self.list.currentIndex().row(), by)
        self._select(row)
        if row == 1:
            self.list.scrollToTop()  # to show its heading

    def _do(self, row: int) -> None:
        entry = self.model.entry(row)
        if entry is not None:
            self.close_palette()
            self.chosen.emit(entry)

    def _place(self) -> None:
        """Place the palette at the top of the window, as high as its results."""
        wide = max(_LEAST_WIDE, min(_WIDE, self._window.width() - 24)) + 2 * _SHADOW
        rows = [self.delegate.height_of(self.model.line(n)) for n in range(self.model.rowCount())]
        room = min(_MOST_HIGH, self._window.height() - _TOP - 90)
        high = min(room, sum(rows) + 10) if rows else 64
        self.list.setFixedHeight(max(40, high))
        full = self.line.sizeHint().height() + self.list.height() + 2 * _SHADOW
        self.setGeometry((self._window.width() - wide) // 2, _TOP - _SHADOW, wide, full)

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys and the pointer; close with Esc or a click elsewhere."""
        kind = event.type()
        if watched is self.line and isinstance(event, QKeyEvent):
            if self._take_key(event):
                return True
        elif watched is self.line and isinstance(event, QFocusEvent):
            self._lose_focus(event)
        elif watched is self.list.viewport() and isinstance(event, QMouseEvent):
            self._point(event)
        elif watched is self._window and kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Act on a key of the palette, after its shortcut is overridden."""
        act = self._act_of(event)
        if act is None or event.type() == QEvent.Type.KeyRelease:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            act()
        return True

    def _lose_focus(self, event: QFocusEvent) -> None:
        """Close if the focus goes elsewhere in the window."""
        away = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if event.lostFocus() and event.reason() not in away:
            self.close_palette()

    def _point(self, event: QMouseEvent) -> None:
        """Select the entry under a pointer that was moved; one that rests selects nothing."""
        place = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseMove and place != self._pointer:
            self._pointer = place
            self._select(self.list.indexAt(event.position().toPoint()).row())

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        key = event.key()
        moves = {_KEY.Key_Down: 1, _KEY.Key_Up: -1, _KEY.Key_PageDown: 8, _KEY.Key_PageUp: -8}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            moves = {_KEY.Key_N: 1, _KEY.Key_P: -1}
        elif key in (_KEY.Key_Return, _KEY.Key_Enter):
            return lambda: self._do(self.list.currentIndex().row())
        elif key == _KEY.Key_Escape:
            return self.close_palette
        by = moves.get(_KEY(key))
        return None if by is None else lambda: self._step(by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a rounded sheet with a soft shadow, and a message if there are no results."""
        theme = self.delegate.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for grown in range(_SHADOW - 2, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 9 if theme.dark else 4))
            round = _ROUND + grown
            painter.drawRoundedRect(
                sheet.adjusted(-grown, -grown + 3, grown, grown + 1), round, round
            )
        painter.setPen(QColor(theme.quote))
        painter.setBrush(QColor(theme.list))
        painter.drawRoundedRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5), _ROUND, _ROUND)
        if not self.model.rowCount():
            painter.setPen(QColor(theme.muted))
            text = "Nothing matches."
            painter.drawText(self.list.geometry(), Qt.AlignmentFlag.AlignCenter, text)


class _Model(QAbstractListModel):
    """Headings as text, and entries."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Entry | str] = []

    def show(self, lines: list[Entry | str]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Entry | str:
        return self._lines[row]

    def entry(self, row: int) -> Entry | None:
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, Entry) else None

    def beside(self, row: int, by: int) -> int:
        """Return the row ``by`` entries away, at most the first or last; -1 if there is none."""
        rows = [n for n, line in enumerate(self._lines) if isinstance(line, Entry)]
        if not rows:
            return -1
        here = rows.index(row) if row in rows else -1
        return rows[min(max(here + by, 0), len(rows) - 1)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index.row())
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text if isinstance(line, Entry) else line
        return None

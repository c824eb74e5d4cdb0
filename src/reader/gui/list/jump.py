"""Jumping to a title: the current row follows the typed text, since letters alone are actions."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit

from reader.gui.list.articles import ArticleList

_HEIGHT, _MARGIN = 36, 8
_GROUND = "QLineEdit { background: palette(base); border-radius: 8px; }"
"""Unlike the editor of a row, which is a field in a list too, it lies over other text."""


class Jump(QObject):
    """A field at the foot of the list; Return reads the article that was found, Esc goes back."""

    def __init__(self, articles: ArticleList) -> None:
        super().__init__(articles)
        self._list = articles
        self._start = self._row = -1
        self.field = JumpField(articles)
        self.field.textEdited.connect(lambda _: self._go(self._start - 1))
        self.field.stepped.connect(lambda back: self._go(self._row, back=back))
        self.field.returnPressed.connect(self._read)
        self.field.left.connect(self._leave)

    def open(self) -> None:
        """Open the field; if it is open, go to the next title that begins so."""
        if self.field.isVisible():
            self._go(self._row)
            return
        self._start = self._row = self._list.currentIndex().row()
        self._list.by_keys = True
        self.field.open()

    def _go(self, after: int, *, back: bool = False) -> None:
        """Point at the next row, at the first one again if none begins so."""
        title = self.field.text()
        row = self._list.row_beginning(title, after, back=back)
        self.field.show_found(row is not None or not title.strip())
        self._row = self._start if row is None else row
        self._list.point_at(self._row)

    def _read(self) -> None:
        found = self._row if self.field.is_found and self.field.text().strip() else -1
        self._close()
        if found >= 0:
            self._list.read_at(found)

    def _leave(self) -> None:
        self._list.point_at(self._start)
        self._close()

    def _close(self) -> None:
        self._list.setFocus()
        self.field.hide()


class JumpField(QLineEdit):
    """The field; ``stepped`` is emitted for Down and Up, and carries whether it was Up.

    ``left`` is emitted for Esc. Without the keyboard the field is hidden.
    """

    stepped = Signal(bool)
    left = Signal()
    is_found = True

    def __init__(self, over: QAbstractScrollArea) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("jump")
        self.setStyleSheet(_GROUND)
        self.setAccessibleName("Jump to title")
        self.setPlaceholderText("Beginning of a title")
        self.hide()
        over.viewport().installEventFilter(self)

    def open(self) -> None:
        """Show the empty field, and take the keyboard."""
        self.clear()
        self.show_found(True)
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def show_found(self, found: bool) -> None:
        """Show whether a title begins so."""
        self.is_found = found
        self.setProperty("missing", not found)
        self.setAccessibleDescription("" if found else "No title begins so")
        self.style().unpolish(self)
        self.style().polish(self)

    def _place(self) -> None:
        room = self._over.viewport().geometry().adjusted(_MARGIN, 0, -_MARGIN, -_MARGIN)
        self.setGeometry(room.left(), room.bottom() - _HEIGHT, room.width(), _HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the list."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Up and Down, leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(event.key() == Qt.Key.Key_Up)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide without the keyboard, unless the menu of the field has it."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.hide()

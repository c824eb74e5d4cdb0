"""The line above the list in which a person types what to look for."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from reader.gui.widgets.plain_text import set_tip


class SearchField(QLineEdit):
    """``asked`` carries what is typed and whether it is finished (Enter), ``left`` comes with Esc.

    ``down`` is told when the person goes to the list, ``card_wanted`` when they want the help.
    """

    asked = Signal(str, bool)
    left = Signal()
    down = Signal()
    card_wanted = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText("Search all articles")
        self.setAccessibleName("Search all articles")
        self.setClearButtonEnabled(True)
        self._help = QToolButton(self)
        self._help.setText("?")
        self._help.setObjectName("card")
        set_tip(self._help, "What can be asked")
        self._help.setAccessibleName("What can be asked")
        self._help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._help.clicked.connect(self.card_wanted)
        self._help.hide()
        self.textChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self.asked.emit(text, False)
        self._place()

    def _place(self) -> None:
        """Show the way to the card while there is room for it: before anything is typed."""
        side = self.height() - 8
        self._help.setGeometry(self.width() - side - 6, 4, side, side)
        self._help.setVisible(self.hasFocus() and not self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end."""
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be ready to find."""
        super().focusInEvent(event)
        self.entered.emit()
        self._place()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be quiet again."""
        super().focusOutEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Take the arrows and Esc for itself, whatever they do elsewhere."""
        override = event.type() == QEvent.Type.ShortcutOverride
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Down)
        if override and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find all with Enter, go to the list with Down, end with Esc."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.asked.emit(self.text(), True)
            case Qt.Key.Key_Down:
                self.down.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)

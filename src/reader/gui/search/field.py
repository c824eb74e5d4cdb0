"""The search field above the list."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from reader.gui.widgets.plain_text import set_tip


class SearchField(QLineEdit):
    """``typed`` carries the text, and whether Enter was pressed; ``left`` is emitted after Esc.

    ``list_wanted`` is emitted if the user goes to the list, ``card_wanted`` if they want help.
    """

    typed = Signal(str, bool)
    left = Signal()
    list_wanted = Signal()
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
        self._help.setObjectName("help")
        set_tip(self._help, "Help on searching")
        self._help.setAccessibleName("Help on searching")
        self._help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._help.clicked.connect(self.card_wanted)
        self._help.hide()
        self.textChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self.typed.emit(text, False)
        self._place()

    def _place(self) -> None:
        """Place the help button, which is shown while the field is empty."""
        side = self.height() - 8
        self._help.setGeometry(self.width() - side - 6, 4, side, side)
        self._help.setVisible(self.hasFocus() and not self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the help button to the end."""
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the help button."""
        super().focusInEvent(event)
        self.entered.emit()
        self._place()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the help button."""
        super().focusOutEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Override the shortcuts of Down and Esc."""
        override = event.type() == QEvent.Type.ShortcutOverride
        own = (Qt.Key.Key_Escape, Qt.Key.Key_Down)
        if override and isinstance(event, QKeyEvent) and event.key() in own:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search with Enter, go to the list with Down, end with Esc."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.typed.emit(self.text(), True)
            case Qt.Key.Key_Down:
                self.list_wanted.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case _:
                super().keyPressEvent(event)

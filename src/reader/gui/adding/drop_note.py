"""A note over the window while something that can be added is dragged over it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.gui.widgets.plain_text import Label

_EDGE = 8


class DropNote(QWidget):
    """Invites to drop anywhere in the window; lets the pointer through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("dropNote")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        text = Label("Drop to add")
        text.setObjectName("dropText")
        layout = QVBoxLayout(self)
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Show the note until something is dropped, or the pointer leaves the window."""
        self.setGeometry(self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Disappear at the end of dragging."""
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.hide()
        return super().eventFilter(watched, event)

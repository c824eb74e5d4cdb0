"""The field for addresses and paths, and the offer of those in the clipboard."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon

_MOST_LINES = 6
_FIELD_HIGH, _PADDING = 44, 12
_ICON = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AddField(QFrame):
    """A field for addresses and paths, one a line, that grows with its lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("addField")
        self._icon = Label()
        self.edit = Lines()
        self.edit.setObjectName("addEdit")
        self.edit.setPlaceholderText("An address, several, or a path")
        self.edit.setAccessibleName("Addresses or paths")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_PADDING, 0, 6, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.edit.focused.connect(lambda on: self._mark("focused", on))
        self._paint_icon()
        self.fit()

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field if something in it cannot be added."""
        self._mark("wrong", wrong)

    def fit(self) -> None:
        """Grow with the lines, up to six."""
        lines = max(1, min(_MOST_LINES, self.edit.blockCount()))
        space = self.edit.fontMetrics().lineSpacing()
        self.setFixedHeight(max(_FIELD_HIGH, space * lines + 2 * _PADDING))
        self.edit.setFixedHeight(space * lines + 4)

    def _mark(self, name: str, on: bool) -> None:
        self.setProperty(name, on)
        self.style().unpolish(self)
        self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the icon in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        shade = QApplication.palette().link().color().name()
        self._icon.setPixmap(icon("link", shade).pixmap(_ICON, _ICON))


class Lines(QPlainTextEdit):
    """Lines of text: Return emits ``accepted``, Shift+Return begins a line.

    ``focused`` carries whether the field has the keyboard.
    """

    accepted = Signal()
    focused = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Return; leave Esc to the sheet."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not shift:
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Emit that the field has the keyboard."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit that the field has lost the keyboard."""
        super().focusOutEvent(event)
        self.focused.emit(False)


class ClipboardCard(QFrame):
    """Offers the addresses in the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("clipboardCard")
        self.addresses: list[str] = []
        self._icon = Label()
        self._first = _Elided()
        self._first.setObjectName("addHint")
        title = Label("In the clipboard")
        title.setObjectName("clipboardTitle")
        self.use = QPushButton("Use")
        set_tip(self.use, "Use it (Return)")
        key = Label("Return")
        key.setObjectName("addHint")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self._first)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(key)
        layout.addWidget(self.use)

    def offer(self, addresses: list[str]) -> None:
        """Offer addresses."""
        from reader.ingest.urls import displayed

        self.addresses = addresses
        more = f" and {len(addresses) - 1:,} more" if len(addresses) > 1 else ""
        self._first.set_words(displayed(addresses[0]) if addresses else "", more)
        self.use.setAccessibleName("Use the address" + ("es" if more else "") + " in the clipboard")
        shade = QApplication.palette().text().color().name()
        self._icon.setPixmap(icon("clipboard", shade).pixmap(_ICON, _ICON))


class _Elided(Label):
    """A line whose beginning is shortened if there is no room, but not its end."""

    def __init__(self) -> None:
        super().__init__()
        self._said, self._end = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_words(self, text: str, end: str) -> None:
        self._said, self._end = text, end
        set_tip(self, text)
        self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(self._end) - 2
        shown = metrics.elidedText(self._said[:2000], Qt.TextElideMode.ElideRight, room)
        self.setText(shown + self._end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

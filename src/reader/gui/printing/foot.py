"""The foot of the print window: the state of the work, and the buttons."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QPushButton, QWidget

from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import set_tip


class Foot(QWidget):
    """A line of text with the progress, and buttons; in a narrow window in two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setMinimumWidth(1)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(16, 12, 16, 12)
        self._lines.setSpacing(8)
        self._state, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._lines.addLayout(self._state, 1)
        self._lines.addLayout(self._buttons)
        self.status = Elided()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(160, 4)
        self._state.addWidget(self.status, 1)
        self._state.addWidget(self.bar)
        self._buttons.addStretch(1)
        self.stop = self._button("Stop", self._state)
        self.each = self._button("PDF Each…", self._state)
        set_tip(self.each, "A PDF for each article, in a folder")
        self.close_button = self._button("Close", self._buttons)
        self.pdf = self._button("Save as PDF…", self._buttons)
        self.print = self._button("Print…", self._buttons)
        self.print.setObjectName("primary")

    def _button(self, text: str, line: QHBoxLayout) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter only ends the input of a number
        line.addWidget(button)
        return button

    def set_narrow(self, narrow: bool) -> None:
        """Put the buttons below the text, or beside it."""
        direction = QBoxLayout.Direction
        self._lines.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def report(self, done: int, total: int, text: str) -> None:
        """Show the progress of work in steps, and its current step."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.status.setText(text)

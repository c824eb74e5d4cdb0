"""A segmented control: a row of buttons of which one is checked."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton


class Segments(QFrame):
    """A few choices side by side; ``chosen`` carries the text of the clicked one."""

    chosen = Signal(str)

    def __init__(self, texts: Iterable[str], name: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for text in texts:
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setChecked(not self._group.buttons())
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.text()))

    @property
    def text(self) -> str:
        """The text of the checked button."""
        button = self._group.checkedButton()
        assert button is not None
        return button.text()

    def choose(self, text: str) -> None:
        """Check the button with a text."""
        next(button for button in self._group.buttons() if button.text() == text).setChecked(True)

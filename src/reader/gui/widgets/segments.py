"""A segmented control: a row of buttons of which one is checked."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
)

from reader.gui.widgets.plain_text import caption, set_tip


class Segments(QFrame):
    """A few choices side by side; ``chosen`` carries the text, ``picked`` the index of a click."""

    chosen = Signal(str)
    picked = Signal(int)

    def __init__(self, texts: Iterable[str], name: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._texts = [*texts]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(1)
        self._name = name
        for index, text in enumerate(self._texts):
            button = QToolButton()
            self._label(button, text)
            button.setCheckable(True)
            button.setChecked(not index)
            button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(self._click)

    def set_texts(self, texts: Iterable[str]) -> None:
        """Give the buttons other texts."""
        self._texts = [*texts]
        for button, text in zip(self._group.buttons(), self._texts, strict=True):
            self._label(button, text)

    def _label(self, button: QAbstractButton, text: str) -> None:
        button.setText(caption(text))
        button.setAccessibleName(f"{self._name}: {text}")
        set_tip(button, text)

    def _click(self, index: int) -> None:
        self.picked.emit(index)
        self.chosen.emit(self._texts[index])

    @property
    def index(self) -> int:
        """The index of the checked button."""
        return self._group.checkedId()

    @property
    def text(self) -> str:
        """The text of the checked button."""
        return self._texts[self._group.checkedId()]

    def choose(self, text: str) -> None:
        """Check the button with a text."""
        self.pick(self._texts.index(text))

    def pick(self, index: int) -> None:
        """Check the button at an index; none is checked if it is -1."""
        self._group.setExclusive(index >= 0)
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == index)
        self._group.setExclusive(True)

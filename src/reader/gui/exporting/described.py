"""Radio buttons with a line below each, one of which is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label, caption


class Described(QWidget):
    """A radio button, and a line about it that chooses it, too; without a line, only the button.

    A ``name`` may have any length and is cut; other lines are wrapped.
    """

    def __init__(self, text: str, line: str, *, is_name: bool = False) -> None:
        super().__init__()
        self.button = QRadioButton(caption(text))
        self.button.setAccessibleName(text)
        self.button.setAccessibleDescription(line)
        self.line: Label = Elided(line) if is_name else Label(line)
        self.line.setObjectName("settingsDescription")
        self.line.setWordWrap(not is_name)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.line.setVisible(bool(line))
        below = QVBoxLayout()
        below.setContentsMargins(self._indent(), 0, 0, 0)
        below.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.button)
        column.addLayout(below)

    def _indent(self) -> int:
        metric = QStyle.PixelMetric
        style = self.button.style()
        mark = style.pixelMetric(metric.PM_ExclusiveIndicatorWidth, None, self.button)
        return mark + style.pixelMetric(metric.PM_RadioButtonLabelSpacing, None, self.button)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it, as a click on the button does."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.button.click()
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)


class Choices(QWidget):
    """Radio buttons below each other under a heading; ``chosen`` carries the index of one."""

    chosen = Signal(int)

    def __init__(self, heading: str, lines: Sequence[Described]) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        self.lines = lines
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading_of(heading))
        for index, line in enumerate(lines):
            self._group.addButton(line.button, index)
            column.addWidget(line)
        column.addStretch(1)
        self._group.idToggled.connect(self._toggled)
        tab_to_chosen([line.button for line in lines])

    @property
    def index(self) -> int:
        """The index of the chosen one."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose one."""
        self.lines[index].button.setChecked(True)

    def focus(self) -> None:
        """Move the keyboard to the chosen one."""
        self.lines[self.index].button.setFocus()

    def _toggled(self, index: int, on: bool) -> None:
        if on:
            self.chosen.emit(index)


def tab_to_chosen(buttons: Sequence[QRadioButton]) -> None:
    """Let Tab lead to the chosen one of some buttons; Qt does so only after a click."""

    def follow(_: bool = False) -> None:
        policy = Qt.FocusPolicy
        for button in buttons:
            button.setFocusPolicy(policy.StrongFocus if button.isChecked() else policy.ClickFocus)

    for button in buttons:
        button.toggled.connect(follow)
    follow()


def heading_of(text: str) -> Label:
    """Return a heading of a part of the window."""
    label = Label(text)
    label.setObjectName("importHeading")
    return label

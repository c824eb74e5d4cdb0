"""A row of a page: label and description, and the control at the end of the line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from reader.gui.settings.controls import Made
from reader.gui.settings.rows import Deeds, Part, Row
from reader.gui.widgets.plain_text import Label


class RowView(QFrame):
    """Its label and description are the name and the description of its control."""

    def __init__(self, row: Row, made: Made) -> None:
        super().__init__()
        self.setObjectName("settingsRow")
        self.row = row
        self._made = made
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 10, 0, 10)
        self._line.setSpacing(16)
        self._is_wide = isinstance(row.control, Part) and row.control.wide
        if not self._is_wide or row.description:
            self._line.addWidget(self._words(), 1)
        if row.control != Deeds(()):
            self._line.addWidget(made.widget, 1 if self._is_wide else 0)
        self._name()
        self.set_stacked(False)

    def matches(self, words: list[str]) -> bool:
        """Return whether the texts of the row contain all words."""
        text = f"{self.row.label} {self.row.description}".casefold()
        return all(word in text for word in words)

    def show_value(self, value: object) -> None:
        """Show a value of the setting."""
        self._made.show(value)

    def set_stacked(self, stacked: bool) -> None:
        """Put the control below the texts, for a narrow window."""
        direction = QBoxLayout.Direction
        below = stacked or self._is_wide
        self._line.setDirection(direction.TopToBottom if below else direction.LeftToRight)
        self._line.setSpacing(6 if below else 16)
        side = Qt.AlignmentFlag.AlignLeading if below else Qt.AlignmentFlag.AlignTrailing
        grows = self._is_wide or (isinstance(self._made.widget, QComboBox | QLineEdit) and below)
        if not grows:
            self._line.setAlignment(self._made.widget, side | Qt.AlignmentFlag.AlignVCenter)

    def _words(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        for name, text in (
            ("settingsLabel", self.row.label),
            ("settingsDescription", self.row.description),
        ):
            if text:
                label = Label(text)
                label.setObjectName(name)
                label.setWordWrap(True)
                column.addWidget(label)
        column.addStretch(1)
        return part

    def _name(self) -> None:
        control = self._made.widget
        control.setAccessibleName(self.row.label)
        control.setAccessibleDescription(self.row.description)

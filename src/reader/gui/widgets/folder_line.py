"""A folder that can be chosen or given up, in one line, with a sentence about it below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label

_LEFT_TO_RIGHT = "\u200e"  # or a window from right to left would turn a path


class FolderLine(QWidget):
    """The path of a folder, a button, and a sentence about the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Elided("", Qt.TextElideMode.ElideMiddle)
        self.state = Label()
        self.state.setObjectName("settingsDescription")
        self.state.setWordWrap(True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.state)
        self.setFocusProxy(self.button)

    def show_folder(self, folder: str) -> None:
        """Show a folder, ``""`` for none, without a sentence."""
        self.path.setText(f"{_LEFT_TO_RIGHT}{folder}" if folder else "")
        self.path.setVisible(bool(folder))
        self.button.setText("Use None" if folder else "Choose a Folder…")
        self.state.setText("")
        self.state.setVisible(bool(folder))

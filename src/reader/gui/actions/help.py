"""The sheet of all keys, made from the table of actions, and what the program says of itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader import __version__, paths
from reader.gui.actions.table import Keys, keys_of_menus
from reader.gui.widgets.plain_text import Label, message_box


class HelpSheet(QDialog):
    """Every key and what it does, in the order of the menus."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(24, 16, 24, 20)
        self._grid.setHorizontalSpacing(28)
        self._grid.setColumnStretch(1, 1)
        for title, lines in keys_of_menus(keys):
            self._section(title, lines)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.resize(520, 620)

    def _section(self, title: str, lines: list[tuple[str, str]]) -> None:
        row = self._grid.rowCount()
        head = Label(title)
        head.setObjectName("section")
        self._grid.addWidget(head, row, 0, 1, 2)
        for index, (keys, text) in enumerate(lines, row + 1):
            for column, words in enumerate((keys, text)):
                label = Label(words)
                self._grid.addWidget(label, index, column)


class Help:
    """What the program says of itself."""

    def __init__(self, library: Path, keys: Callable[[], Keys], window: QWidget) -> None:
        self._library = library
        self._keys = keys
        self._window = window

    def show_keys(self) -> None:
        """Show the sheet of all keys, as they are now."""
        HelpSheet(self._keys(), self._window).exec()

    def show_about(self) -> None:
        """Say what this is and where things lie."""
        text = f"Reader {__version__}\nAn offline home for what you mean to read."
        more = f"Library: {self._library}\nSettings: {paths.config_dir()}"
        box = message_box(self._window, text, more)
        box.setWindowTitle("About Reader")
        box.exec()

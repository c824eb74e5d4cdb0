"""The sheet of all keys, made from the table of actions, and the About box."""

from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader import __version__, paths
from reader.gui.actions import keymap
from reader.gui.actions.table import Keys, keys_of_menus
from reader.gui.context import Context
from reader.gui.widgets.dialogs import Dialog, passing
from reader.gui.widgets.plain_text import Label, message_box


class HelpSheet(Dialog):
    """All actions with their keys, in the order of the menus."""

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
    """Shows the keys, lets the user change them, and shows the About box."""

    def __init__(self, context: Context) -> None:
        self._window = context.window
        self._library = context.library
        self._settings = context.settings

    def show_keys(self) -> None:
        """Show the sheet of all keys in effect."""
        HelpSheet(keymap.of(self._settings.value), self._window).exec()

    def change_keys(self) -> None:
        """Show all actions with their keys, to change them."""
        from reader.gui.actions.keys_dialog import KeysDialog

        settings = self._settings.value
        dialog = KeysDialog(settings.keys, vim=settings.vim, parent=self._window)
        with passing(dialog) as accepted:
            if accepted:
                self._settings.update(keys=dialog.own, vim=dialog.vim)

    def show_about(self) -> None:
        """Show the version, and the folders of the library and the settings."""
        text = f"Reader {__version__}\nAn offline home for what you mean to read."
        more = f"Library: {self._library.folder}\nSettings: {paths.config_dir()}"
        box = message_box(self._window, text, more)
        box.setWindowTitle("About Reader")
        box.exec()

"""The dictionaries in the settings: their folder, their order, and those that are switched off."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reader import paths
from reader.errors import DictionaryError
from reader.gui.context import Context
from reader.gui.viewer import links
from reader.gui.widgets.folder_line import FolderLine
from reader.gui.widgets.plain_text import set_tip
from reader.lookup import dictionaries
from reader.progress import Report

_LINES = 5
_NONE = "There is no dictionary in this folder yet."


class DictionaryList(QWidget):
    """The folder, and a list of its dictionaries that can be moved and switched off."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._store = context, context.settings
        self.line, self.list = FolderLine(), QListWidget()
        self.open = QPushButton("Open Folder")
        self.up, self.down = QPushButton("Move Up"), QPushButton("Move Down")
        self.list.setAccessibleName("Dictionaries, in the order in which they are asked")
        row = QHBoxLayout()
        for button in (self.up, self.down):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.line, self.list):
            column.addWidget(part)
        column.addLayout(row)
        for button in (self.up, self.down, self.open):
            button.setAutoDefault(False)
        self.list.setFixedHeight(_LINES * (self.fontMetrics().height() + 10))
        self.setFocusProxy(self.line)
        self.line.button.clicked.connect(self._press)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.open.clicked.connect(self._open)
        self.list.itemChanged.connect(lambda _: self._keep())
        self.list.currentRowChanged.connect(lambda _: self._show_buttons())

    def show_dictionaries(self) -> None:
        """Show the folder of the settings, and its dictionaries."""
        self.line.show_folder(str(self._folder()))
        is_own = bool(self._store.value.dictionaries)
        self.line.button.setText("Use the Usual One" if is_own else "Choose a Folder…")
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look into the folder: files come and go."""
        super().showEvent(event)
        self._look()

    def _folder(self) -> Path:
        named = self._store.value.dictionaries
        return Path(named) if named else paths.dictionaries_dir()

    def _look(self) -> None:
        """Find the dictionaries in the background, as the folder may be on a slow drive."""
        if not self.isVisible():
            return
        folder, order = self._folder(), self._store.value.dictionary_order

        def look(_: Report) -> tuple[list[str], str]:
            try:
                found = dictionaries.ordered(dictionaries.volumes(folder), order)
            except DictionaryError as error:
                return [], str(error)
            return list(dict.fromkeys(each.name for each in found)), "" if found else _NONE

        def show(found: tuple[list[str], str]) -> None:
            if isValid(self) and folder == self._folder():
                self._show(*found)

        self._context.jobs.start("", look, show, stoppable=False)

    def _show(self, names: list[str], state: str) -> None:
        self.line.state.setText(state)
        self.line.state.setVisible(bool(state))
        here = self.list.currentItem()
        current = here.data(Qt.ItemDataRole.UserRole) if here is not None else ""
        off = self._store.value.dictionaries_off
        blocker = QSignalBlocker(self.list)
        self.list.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = name not in off
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            set_tip(item, name)
            self.list.addItem(item)
        self.list.setCurrentRow(
            names.index(current) if current in names else min(0, len(names) - 1)
        )
        del blocker
        self.list.setVisible(bool(names))
        self._show_buttons()

    def _show_buttons(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.up.setVisible(count > 0)
        self.down.setVisible(count > 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        item = self.list.takeItem(row)
        self.list.insertItem(row + by, item)
        self.list.setCurrentRow(row + by)
        self._keep()

    def _keep(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        names = [str(item.data(Qt.ItemDataRole.UserRole)) for item in items]
        off = [
            name
            for name, item in zip(names, items, strict=True)
            if item.checkState() is Qt.CheckState.Unchecked
        ]
        elsewhere = [name for name in self._store.value.dictionaries_off if name not in names]
        self._store.update(dictionary_order=tuple(names), dictionaries_off=tuple(elsewhere + off))

    def _press(self) -> None:
        if self._store.value.dictionaries:
            self._store.update(dictionaries="")
        elif name := QFileDialog.getExistingDirectory(self, "Folder of Dictionaries"):
            self._store.update(dictionaries=name)

    def _open(self) -> None:
        folder = self._folder()
        if not self._store.value.dictionaries:
            with suppress(OSError):  # opening it says so
                folder.mkdir(parents=True, exist_ok=True)
        links.open_file(folder, self._context.messages)

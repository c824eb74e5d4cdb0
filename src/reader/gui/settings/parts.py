"""Parts of the pages that are more than a control: keys, presets, places."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader import phrases
from reader.gui.backups.second_place import SecondPlace
from reader.gui.context import Context
from reader.gui.exporting.device_place import DevicePlace
from reader.gui.lookup.dictionary_list import DictionaryList
from reader.gui.settings.controls import Made
from reader.gui.widgets.plain_text import Label
from reader.library.moving.folders import Usage, usage
from reader.settings_store import SettingsStore


class Place(QWidget):
    """The folder of the library, with buttons that open it and that move the library."""

    open_wanted = Signal()
    move_wanted = Signal()

    def __init__(self, folder: str, *, can_move: bool) -> None:
        super().__init__()
        label = Label("Place of the library")
        label.setObjectName("settingsLabel")
        path = Label(folder)
        path.setWordWrap(True)
        self.move_button = QPushButton("Move…")
        self.move_button.setEnabled(can_move)
        self.open_button = QPushButton("Open Folder")
        buttons = QHBoxLayout()
        for button, wanted in (
            (self.open_button, self.open_wanted),
            (self.move_button, self.move_wanted),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(wanted)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        column.addWidget(path)
        column.addLayout(buttons)


class Presets(QWidget):
    """The user's own presets of the print window, to be deleted."""

    def __init__(self, store: SettingsStore) -> None:
        super().__init__()
        self._store = store
        self.box = QComboBox()
        self.box.setAccessibleName("Presets of the print window")
        self.box.setMinimumContentsLength(12)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.delete = QPushButton("Delete")
        self.delete.setAutoDefault(False)
        self.delete.clicked.connect(self._delete)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.delete)

    def show_names(self) -> None:
        """Show the presets that there are now."""
        names = [*self._store.value.presets]
        self.box.clear()
        self.box.addItems(names or ["None yet"])
        self.box.setEnabled(bool(names))
        self.delete.setEnabled(bool(names))

    def _delete(self) -> None:
        name = self.box.currentText()
        rest = {key: sheet for key, sheet in self._store.value.presets.items() if key != name}
        self._store.update(presets=rest)


def presets(store: SettingsStore) -> Made:
    """Return the part of the presets."""
    part = Presets(store)
    return Made(part, lambda _: part.show_names())


class Size(Label):
    """The size of the library; emits ``shown`` when it is first seen, to be counted then."""

    shown = Signal()

    def __init__(self) -> None:
        super().__init__("Counting…")
        self._was_shown = False

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the size the first time."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.shown.emit()


def size(context: Context) -> Made:
    """Return the part that counts the files of the library in the background, once it is seen."""
    label = Size()

    def show(found: Usage) -> None:
        if not isValid(label):  # the window was closed meanwhile
            return
        parts = (
            ("In all", found.total),
            ("Articles", found.database),
            ("Pictures", found.pictures),
            ("Copies", found.copies),
            ("Imported files", found.imports),
        )
        label.setText("\n".join(f"{name}: {phrases.bytes_of(size)}" for name, size in parts))

    def count() -> None:
        work = partial(usage, context.library.folder)
        context.jobs.start("Counting the files", lambda _: work(), show, stoppable=False)

    label.shown.connect(count)
    return Made(label, lambda _: None)


def second_place(context: Context) -> Made:
    """Return the part of the second place of the copies."""
    part = SecondPlace(context)
    return Made(part, part.show_place)


def device(context: Context) -> Made:
    """Return the part of the reader device."""
    part = DevicePlace(context)
    return Made(part, part.show_place)


def dictionaries(context: Context) -> Made:
    """Return the part of the dictionaries."""
    part = DictionaryList(context)
    return Made(part, lambda _: part.show_dictionaries())

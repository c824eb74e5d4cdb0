"""The reader device in the settings: chosen, given up, and whether it is there now."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.errors import DeviceMissing
from reader.gui.context import Context
from reader.gui.exporting.sending import choose_device, device_of
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label
from reader.progress import Report

_LEFT_TO_RIGHT = "\u200e"  # or a window from right to left would turn a path
_THERE, _GONE = "It is there now.", "It is not there now. Plug it in before you send articles."


class DevicePlace(QWidget):
    """The folder of the device, a button, and a sentence about it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.path = Elided("", Qt.TextElideMode.ElideMiddle)
        self.state = Label()
        self.state.setObjectName("settingsDescription")
        self.state.setWordWrap(True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._press)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.state)
        self.setFocusProxy(self.button)

    def show_place(self, folder: str) -> None:
        """Show the folder, ``""`` for none."""
        self.path.setText(f"{_LEFT_TO_RIGHT}{folder}" if folder else "")
        self.path.setVisible(bool(folder))
        self.button.setText("Use None" if folder else "Choose a Folder…")
        self.state.setText("")
        self.state.setVisible(bool(folder))
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Find out whether it is there: a device comes and goes."""
        super().showEvent(event)
        self._look()

    def _press(self) -> None:
        if self._context.settings.value.device:
            self._context.settings.update(device="", device_mount="")
        else:
            choose_device(self, self._context.settings)

    def _look(self) -> None:
        """Look for the device in the background, as a disk may take long to answer."""
        value = self._context.settings.value
        if not value.device or not self.isVisible():
            return

        def look(_: Report) -> str:
            try:
                device_of(value).check()
            except DeviceMissing:
                return _GONE
            return _THERE

        def show(text: str) -> None:
            if isValid(self) and self._context.settings.value.device == value.device:
                self.state.setText(text)

        self._context.jobs.start("", look, show, stoppable=False)

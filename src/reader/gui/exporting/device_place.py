"""The reader device in the settings: chosen, given up, and whether it is there now."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.errors import DeviceMissing
from reader.gui.context import Context
from reader.gui.exporting.sending import choose_device, device_of
from reader.gui.widgets.folder_line import FolderLine
from reader.progress import Report

_THERE, _GONE = "It is there now.", "It is not there now. Plug it in before you send articles."


class DevicePlace(QWidget):
    """The folder of the device, a button, and a sentence about it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.line = FolderLine()
        self.line.button.clicked.connect(self._press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)

    def show_place(self, folder: str) -> None:
        """Show the folder, ``""`` for none."""
        self.line.show_folder(folder)
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
                self.line.state.setText(text)

        self._context.jobs.start("", look, show, stoppable=False)

"""The second place of the copies in the settings: chosen, given up, and last reached."""

import time
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.backup_phrases import moment
from reader.errors import LibraryError
from reader.gui.backups import copies
from reader.gui.context import Context
from reader.gui.widgets.folder_line import FolderLine
from reader.gui.widgets.plain_text import message_box
from reader.library.backup.copy import Backlog
from reader.progress import Report

_SAME_DISK = "It is on the disk of the library: if that fails, the copies are lost with it."
_GONE = "It cannot be reached now. Copies go there again as soon as it can."


class SecondPlace(QWidget):
    """The folder of the second place, a button, and a sentence about it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._was_shown = False
        self.line = FolderLine()
        self.line.button.clicked.connect(self._press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)

    def show_place(self, folder: str) -> None:
        """Show the folder, ``""`` for none."""
        self.line.show_folder(folder)
        if folder and self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Find out when the place was last reached, the first time."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._look()

    def choose(self, folder: Path) -> None:
        """Use a folder from now on, and copy to it; explain why if it cannot be used."""
        try:
            self._context.library.backups.use_place(folder)
        except LibraryError as error:
            box = message_box(self, "This folder cannot be the second place", str(error))
            box.exec()
            box.deleteLater()
            return
        self._context.settings.update(backup_place=str(folder))
        if self._context.library.read_only:
            return
        value = self._context.settings.value

        def work(report: Report) -> object:
            return copies.of(self._context.library, value).take_if_due(report)

        self._context.jobs.start("Copying to the second place", work, lambda _: self._look())

    def _press(self) -> None:
        if self._context.settings.value.backup_place:
            self._context.settings.update(backup_place="")
            return
        name = QFileDialog.getExistingDirectory(self, "Second Place for Copies")
        if name:
            self.choose(Path(name))

    def _look(self) -> None:
        value = self._context.settings.value

        library, place = self._context.library, value.backup_place

        def look(_: Report) -> str:
            reached = _reached(copies.of(library, value).state())
            return " ".join(filter(None, (reached, _warning(place, library.folder))))

        def show(text: str) -> None:
            if isValid(self) and self._context.settings.value.backup_place == place:
                self.line.state.setText(text)

        if isValid(self) and place:
            self._context.jobs.start("", look, show, stoppable=False)


def _reached(backlog: Backlog) -> str:
    when = moment(backlog.reached_at, time.time())
    return f"Last reached {when}." if when else "No copy was written there yet."


def _warning(folder: str, library: Path) -> str:
    """Return a warning about a second place, ``""`` if it is good."""
    try:
        return _SAME_DISK if Path(folder).stat().st_dev == library.stat().st_dev else ""
    except OSError:
        return _GONE

"""Duplicates from the window: looked for in the background, shown, merged or told apart."""

from functools import partial

from PySide6.QtWidgets import QWidget

from reader.document.images import Pictures
from reader.gui.editing.editing import Changes
from reader.gui.jobs.jobs import Jobs
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import passing
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.model import Duplicate

_TITLE = "Looking for duplicates"


class Doubles:
    """Finds articles that are there twice; what is done to them goes through ``changes``."""

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        messages: MessageBar,
        pictures: Pictures,
        viewer: Viewer,
        changes: Changes,
        window: QWidget,
    ) -> None:
        self._library = library
        self._jobs = jobs
        self._messages = messages
        self._pictures = pictures
        self._viewer = viewer
        self._changes = changes
        self._window = window

    def find(self) -> None:
        """Look for duplicates, and show what was found."""
        if any(job.title == _TITLE for job in self._jobs.running):
            self._messages.tell("Duplicates are being looked for already.")
        else:
            self._jobs.start(_TITLE, self._library.duplicates.find, self._show)

    def _show(self, found: list[Duplicate]) -> None:
        if not found:
            self._messages.tell("There are no duplicates.")
            return
        from reader.gui.duplicates.dialog import DuplicatesDialog

        look = self._viewer.look
        dialog = DuplicatesDialog(self._library, found, self._pictures, look, self._window)
        dialog.merged.connect(self._merge)
        dialog.told_apart.connect(self._tell_apart)
        with passing(dialog):
            pass

    def _merge(self, pair: Duplicate) -> None:
        self._changes.change(partial(self._library.duplicates.merge, pair.older, pair.newer))

    def _tell_apart(self, pair: Duplicate) -> None:
        change = partial(self._library.duplicates.tell_apart, pair.older, pair.newer)
        self._changes.change(change)

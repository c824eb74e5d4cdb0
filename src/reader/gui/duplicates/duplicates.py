"""Duplicates from the window: looked for in the background, shown, merged or told apart."""

from functools import partial

from reader.gui.context import Context
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.dialogs import passing
from reader.model import Duplicate

_TITLE = "Looking for duplicates"


class Duplicates:
    """Finds articles that are stored twice, and merges them or keeps them apart."""

    def __init__(self, context: Context, viewer: Viewer) -> None:
        self._context = context
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._viewer = viewer

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
        dialog = DuplicatesDialog(
            self._library, found, self._context.images, look, self._context.window
        )
        dialog.merged.connect(self._merge)
        dialog.told_apart.connect(self._tell_apart)
        with passing(dialog):
            pass

    def _merge(self, pair: Duplicate) -> None:
        self._context.history.run(partial(self._library.duplicates.merge, pair.older, pair.newer))

    def _tell_apart(self, pair: Duplicate) -> None:
        change = partial(self._library.duplicates.tell_apart, pair.older, pair.newer)
        self._context.history.run(change)

"""Duplicates in the window: find them in the background, merge them or keep them apart."""

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
        """Search for duplicates, and show the pairs."""
        if any(job.title == _TITLE for job in self._jobs.running):
            self._messages.tell("Reader is already looking for duplicates.")
        else:
            self._jobs.start(_TITLE, self._library.duplicates.find, self._show)

    def _show(self, pairs: list[Duplicate]) -> None:
        if not pairs:
            self._messages.tell("There are no duplicates.")
            return
        from reader.gui.duplicates.dialog import DuplicatesDialog

        look = self._viewer.look
        dialog = DuplicatesDialog(
            self._library, pairs, self._context.images, look, self._context.window
        )
        dialog.merged.connect(self._merge)
        dialog.kept_apart.connect(self._keep_apart)
        with passing(dialog):
            pass

    def _merge(self, pair: Duplicate) -> None:
        self._context.history.run(partial(self._library.duplicates.merge, pair.older, pair.newer))

    def _keep_apart(self, pair: Duplicate) -> None:
        change = partial(self._library.duplicates.tell_apart, pair.older, pair.newer)
        self._context.history.run(change)

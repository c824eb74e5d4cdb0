"""Permanent deletion: of the trash by hand, or automatically after some days."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QInputDialog

from reader import phrases
from reader.errors import NotCopied
from reader.gui.context import Context, Selection
from reader.gui.widgets.dialogs import confirmed
from reader.model import State
from reader.settings import TRASH_DAYS_RANGE

_MORE = (
    "This cannot be undone, but a copy of the library is made first, and File › Backups… brings "
    "articles back from it. If no copy can be made, nothing is deleted. The titles are listed in "
    "“deleted.log” in the folder of the library."
)
_NO_WAY_BACK = "If you delete now, nothing brings the articles back."


class Trash:
    """Deletes articles in the trash permanently."""

    def __init__(self, context: Context, selection: Selection) -> None:
        self._window = context.window
        self._library = context.library
        self._jobs = context.jobs
        self._messages = context.messages
        self._settings = context.settings
        self._history = context.history
        self._selection = selection

    def empty(self) -> None:
        """Ask, then delete all articles in the trash permanently."""
        count = self._library.counts().trash
        if not count:
            self._messages.tell("The trash is empty.")
            return
        text = f"Delete {phrases.plural(count, 'article')} in the trash for good?"
        if confirmed(self._window, text, _MORE, "Empty Trash"):
            self._start(partial(self._library.trash.empty, 0), quiet=False)

    def delete(self) -> None:
        """Ask, then delete the selected articles in the trash permanently."""
        ids = self._selection.ids()
        first = self._library.rows_of(ids[:1])
        if not first or first[0].state is not State.TRASH:
            self._messages.tell("Only articles in the trash can be deleted for good.")
            return
        name = f"“{first[0].title}”" if len(ids) == 1 else phrases.plural(len(ids), "article")
        if confirmed(self._window, f"Delete {name} for good?", _MORE,
                  "Delete for Good"):  # fmt: skip
            self._start(partial(self._library.trash.delete, ids), quiet=False)

    def choose_days(self) -> None:
        """Ask for the number of days after which the trash is emptied."""
        days, accepted = QInputDialog.getInt(
            self._window, "Days in the Trash",
            "Delete articles for good after so many days in the trash\n(0 keeps them):",
            self._settings.value.trash_days, *TRASH_DAYS_RANGE,
        )  # fmt: skip
        if accepted:
            self._settings.update(trash_days=days)
            self._messages.tell(
                f"The trash is kept for {phrases.plural(days, 'day')}." if days
                else "The trash is kept until you empty it."
            )  # fmt: skip

    def tidy(self) -> None:
        """Delete articles that have been in the trash long enough, without a message."""
        days = self._settings.value.trash_days
        if days and not self._library.read_only and self._library.trash.is_due(days):
            self._start(partial(self._library.trash.empty, days), quiet=True)

    def _start(self, work: Callable[..., int], *, quiet: bool, without_copy: bool = False) -> None:
        def done(deleted: int) -> None:
            self._history.changed.emit()
            if not quiet:
                count = phrases.plural(deleted, "article")
                self._messages.tell(f"{count} deleted for good.")

        def failed(error: Exception) -> None:
            if not isinstance(error, NotCopied):
                self._messages.report(error)
            elif not quiet and confirmed(self._window, "Delete without a copy?",
                    f"{error} {_NO_WAY_BACK}", "Delete for Good"):  # fmt: skip
                self._start(work, quiet=False, without_copy=True)

        self._jobs.start(
            "Emptying the trash", partial(work, without_copy=without_copy), done, failed
        )

"""Missing texts in the window: what waits, what does not come, and copies of the archive."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from reader import phrases
from reader.gui.context import Context, Selection
from reader.gui.failures.slow_texts import SlowTexts
from reader.gui.widgets.dialogs import confirmed
from reader.model import ImportResult, Outcome
from reader.reasons import Reason

if TYPE_CHECKING:
    from reader.gui.failures.missing import Missing
    from reader.gui.failures.missing_window import MissingWindow
    from reader.gui.window import Window

_REFRESH_MS = 5_000
_TITLE, _TITLE_OF_IMPORT = "Missing Texts", "Missing Texts of an Import"
_LOOKING = "Looking in the Internet Archive"


def missing_texts_of(window: "Window") -> "MissingTexts":
    """Return the controller of missing texts of a window."""
    slow = SlowTexts(window.context)
    slow.arrived.connect(window.show_added)

    def show(ids: Sequence[int]) -> None:
        window.controllers.importing.show_articles(ids)

    return MissingTexts(window.context, window.selection, slow, show)


class MissingTexts(QObject):
    """Shows which texts are missing, and looks for copies in the Internet Archive if asked."""

    def __init__(
        self,
        context: Context,
        selection: Selection,
        slow: SlowTexts,
        show_articles: Callable[[Sequence[int]], None],
    ) -> None:
        super().__init__(context.window)
        self._context, self._selection, self.slow = context, selection, slow
        self._library, self._jobs = context.library, context.jobs
        self._show_articles = show_articles
        self._only: Sequence[int] | None = None
        self.window: MissingWindow | None = None
        self._refreshing = QTimer(self, interval=_REFRESH_MS)
        self._refreshing.timeout.connect(self._read)
        slow.changed.connect(self._read)

    # ---- the window

    def show(self, only: Sequence[int] | None = None) -> None:
        """Show the window of missing texts, of ``only`` some articles if they are given."""
        self._only = only
        if self.window is None or not isValid(self.window):
            self.window = self._made()
        self._refreshing.start()
        self._read(opens=True)

    def _made(self) -> "MissingWindow":
        from reader.gui.failures.missing_window import MissingWindow

        made = MissingWindow(self._context.window)
        made.pause_wanted.connect(self._pause)
        made.slow_wanted.connect(self._fetch_all)
        made.archive_wanted.connect(self.look_in_archive)
        made.again_wanted.connect(self._try_again)
        made.articles_wanted.connect(self._show_list)
        made.finished.connect(lambda _: self._refreshing.stop())
        return made

    def _read(self, *, opens: bool = False) -> None:
        from reader.gui.failures.missing import missing

        if self.window is None or not isValid(self.window):
            return
        if opens or self.window.isVisible():
            work = partial(missing, self._library, self.slow.seconds_each, self._only)
            self._jobs.start("", lambda _: work(), self._show, stoppable=False)

    def _show(self, found: "Missing") -> None:
        if self.window is not None and isValid(self.window):
            can_change = not self._library.read_only
            self.window.setWindowTitle(_TITLE if self._only is None else _TITLE_OF_IMPORT)
            self.window.show_missing(found, is_offline=self.slow.is_offline, can_change=can_change)
            if self._refreshing.isActive():
                self.window.show()

    def _pause(self, on: bool) -> None:
        self.slow.pause(on)
        self._jobs.write(lambda: None, lambda _: self._read())

    def _fetch_all(self) -> None:
        later = self._library.downloads.later

        def mark() -> None:
            only = None if self._only is None else frozenset(self._only)
            later.fetch_slowly(each.id for each in later.every() if only is None or each.id in only)

        self._jobs.write(mark, lambda _: self._begin())

    def _try_again(self, ids: Sequence[int]) -> None:
        later = self._library.downloads.later
        self._jobs.write(partial(later.try_again, ids), lambda _: self._begin())

    def _begin(self) -> None:
        self.slow.look_again()
        self._read()

    def _show_list(self, ids: Sequence[int]) -> None:
        if self.window is not None:
            self.window.accept()
        self._show_articles(ids)

    # ---- the archive

    def look_for_chosen(self) -> None:
        """Look in the Internet Archive for the selected articles."""
        self.look_in_archive(self._selection.ids())

    def look_in_archive(self, ids: Sequence[int]) -> None:
        """Look for articles in the Internet Archive; ask before many addresses are sent there."""
        if any(job.title == _LOOKING for job in self._jobs.running):
            self._context.messages.tell("Reader is already looking in the Internet Archive.")
            return
        if not ids or not self._is_sure(len(ids)):
            return

        def done(result: ImportResult) -> None:
            self._context.history.changed.emit()
            self._read()
            self._tell(result)

        from reader.ingest import snapshots

        work = partial(snapshots.add_snapshots, self._library, list(ids))
        self._jobs.start(_LOOKING, work, done, articles=ids)

    def _is_sure(self, count: int) -> bool:
        if count == 1:
            return True
        window = self.window
        parent = window if window and isValid(window) and window.isVisible() else None
        more = (
            f"The addresses of {count:,} articles are sent to archive.org, one after the other. "
            "What is found there becomes the text; titles and addresses stay."
        )
        title = f"Look for {count:,} articles in the Internet Archive?"
        return confirmed(parent or self._context.window, title, more, "Look")

    def _tell(self, result: ImportResult) -> None:
        tell, warn = self._context.messages.tell, self._context.messages.warn
        if len(result.rows) == 1:
            row = result.rows[0]
            text = f"{row.name}: {phrases.remarks(row.remarks).rstrip('.')}."
            (warn if row.outcome is Outcome.FAILED else tell)(text)
            return
        found = sum(Reason.FROM_ARCHIVE in row.reasons for row in result.rows)
        silent = sum(Reason.ARCHIVE_UNREACHABLE in row.reasons for row in result.rows)
        parts = [f"Found {found:,} of {len(result.rows):,} in the Internet Archive"]
        parts += [f"for {silent:,} it did not answer"] if silent else []
        tell("; ".join(parts) + ".")

"""Copying at rest: after changes, while nobody types or scrolls and no other work is going on."""

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from reader.errors import LibraryError
from reader.gui.backups import copies
from reader.gui.backups.state import is_late, late_sentence
from reader.gui.context import Context
from reader.gui.widgets.stillness import Stillness
from reader.library.backup.copy import Backlog
from reader.library.library import Library
from reader.progress import Cancelled, Report
from reader.settings import Settings

log = logging.getLogger(__name__)

_LOOK_MS = 5000
_STILL_SECONDS = 6.0
_FIRST_SECONDS = 45.0  # after the start
_AGAIN_SECONDS = 300.0  # after a look that made no copy
_TOLD_AFTER = 2  # failures one after the other
_LEAVING_SECONDS = 2.0
_MOST_AT_THE_END = 400_000_000  # bytes of a library that is copied within that time
_ADVICE = "The copies beside the library go on; connect the disk, or choose another place."


class AtRest(QObject):
    """Makes a copy whenever one is due and the window is at rest.

    No message is shown unless that fails twice, or the second place was not reached for days; then
    once, with a button that calls ``show``.
    """

    def __init__(self, context: Context, show: Callable[[], None]) -> None:
        super().__init__(context.window)
        self._show = show
        self._context = context
        self._library = context.library
        self._stillness = Stillness(context.window)
        self._next_at = time.monotonic() + _FIRST_SECONDS
        self._failures = 0
        self._told: set[str] = set()
        self._is_copying = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Make a copy in the background if one may be due and the window is at rest."""
        now = time.monotonic()
        is_still = self._stillness.seconds >= _STILL_SECONDS and not self._context.jobs.running
        if now < self._next_at or not is_still or self._library.read_only:
            return
        if not self._is_copying:
            self.copy()

    def copy(self) -> None:
        """Make a copy in the background if one is due."""
        self._is_copying = True
        settings = self._context.settings.value

        def work(report: Report) -> Backlog:
            backups = copies.of(self._library, settings)
            backups.take_if_due(report)
            return backups.state()

        def done(backlog: Backlog) -> None:
            self._rest()
            self._failures = 0
            if is_late(backlog, now := time.time()):
                self._tell(f"{late_sentence(backlog, now)}. {_ADVICE}")

        self._context.jobs.start("", work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._rest()
        self._failures += 1
        if not isinstance(error, LibraryError):
            self._context.messages.report(error)
            return
        log.warning("no copy was made: %s", error)
        if self._failures >= _TOLD_AFTER:
            self._tell(str(error))

    def _rest(self) -> None:
        self._is_copying = False
        self._next_at = time.monotonic() + _AGAIN_SECONDS

    def _tell(self, text: str) -> None:
        """Show a sentence once, with a button that shows the copies."""
        if text not in self._told:
            self._told.add(text)
            self._context.messages.warn(text, "Backups…", self._show)


def leave(library: Library, settings: Settings) -> None:
    """Make a copy at the end of the program if one is due, unless it takes long."""
    until = time.monotonic() + _LEAVING_SECONDS

    def report(_done: int, _total: int, _text: str) -> None:
        if time.monotonic() > until:
            raise Cancelled

    if library.read_only or _size(library) > _MOST_AT_THE_END:
        return
    try:
        backups = copies.of(library, settings)
        backups.use_place(None)  # which may take long to answer; the next start makes up for it
        backups.take_if_due(report)
    except Cancelled:
        log.info("the copy at the end took too long; the next start makes it")
    except LibraryError as error:
        log.warning("no copy was made at the end: %s", error)


def _size(library: Library) -> int:
    try:
        return (library.folder / "library.db").stat().st_size
    except OSError:
        return 0

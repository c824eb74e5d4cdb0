"""Texts that are fetched slowly, in the background, while the window is open."""

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.gui.context import Context
from reader.gui.jobs.jobs import Job
from reader.library.library import Library
from reader.model import ImportResult, ImportRow, Outcome
from reader.progress import Report

if TYPE_CHECKING:
    from reader.ingest.politely import Left

_LOOK_MS = 60_000
_SHOW_MS = 10_000
_SETTLED_MS = 3_000
_AT_ONCE = 4
_MEASURED = 8  # articles, from which on their time is known


class SlowTexts(QObject):
    """Fetches what waits for a slow download, unless the user paused it or wants no downloads.

    ``arrived`` carries an ImportResult now and then; ``changed`` is emitted when it begins or ends.
    """

    arrived = Signal(object)
    changed = Signal()
    _stopped = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context
        self._library, self._jobs = context.library, context.jobs
        self._job: Job | None = None
        self._begins_again = False
        self._rows: deque[ImportRow] = deque()
        self._began_at, self._done, self._newest = 0.0, 0, 0
        self.is_offline = False
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self._showing = QTimer(self, interval=_SHOW_MS)
        self._showing.timeout.connect(self._show)
        self._settling = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._settling.timeout.connect(self._look_for_new)
        context.history.changed.connect(self._settling.start)
        self._stopped.connect(self._over, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether texts are being fetched."""
        return self._job is not None

    @property
    def seconds_each(self) -> float:
        """How long an article has taken so far, with its pause; 0 if that is not known yet."""
        if self._done < _MEASURED:
            return 0.0
        return (time.monotonic() - self._began_at) * _AT_ONCE / self._done

    def look(self) -> None:
        """Begin if something waits and may be fetched."""
        wanted = self._context.settings.value.download_waiting
        if self._job is not None or self._library.read_only or not wanted:
            return
        self._began_at, self._done = time.monotonic(), 0
        self._newest = self._library.downloads.later.newest()
        self._job = self._jobs.start_lasting(self._work(), self._ended, self._failed)
        self._showing.start()
        self.changed.emit()

    def look_again(self) -> None:
        """Begin anew: what waits has changed."""
        if self._job is None:
            self.look()
        else:
            self._begins_again = True
            self._stop()

    def _look_for_new(self) -> None:
        """Begin anew if an import has left more."""
        if self._library.downloads.later.newest() > self._newest:
            self.look_again()

    def pause(self, on: bool) -> None:
        """Pause, also on other days, or go on."""
        if on:
            self._stop()
        pause = self._library.downloads.later.pause
        self._jobs.write(lambda: pause(on), lambda _: self.look_again() if not on else None)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _work(self) -> "Callable[[Report], Left | None]":
        library, rows = self._library, self._rows

        def work(report: Report) -> "Left | None":
            try:
                return _fetch(library, report, rows)
            finally:  # a job that is stopped tells nobody
                self._stopped.emit()

        return work

    def _ended(self, left: "Left | None") -> None:
        self.is_offline = left is not None and left.is_offline

    def _failed(self, error: Exception) -> None:
        self._context.messages.report(error)

    def _over(self) -> None:
        self._job = None
        self._showing.stop()
        self._show()
        self.changed.emit()
        if self._begins_again:
            self._begins_again = False
            self.look()

    def _show(self) -> None:
        """Show the texts that have arrived."""
        rows = [self._rows.popleft() for _ in range(len(self._rows))]
        self._done += len(rows)
        if any(row.outcome is not Outcome.FAILED for row in rows):
            self.arrived.emit(ImportResult(tuple(rows)))


def _fetch(library: Library, report: Report, rows: deque[ImportRow]) -> "Left | None":
    if library.downloads.later.is_paused:
        return None
    articles = library.downloads.later.slow()
    if not articles:
        return None
    from reader.ingest.politely import download_slowly

    return download_slowly(library, articles, report, rows.append)

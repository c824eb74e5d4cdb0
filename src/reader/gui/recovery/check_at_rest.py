"""The check of the library at rest: in slices, while nobody uses the window."""

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from reader.errors import LibraryError
from reader.gui.context import Context
from reader.gui.widgets.stillness import Stillness
from reader.library.repair.check import Outcome
from reader.progress import Report

log = logging.getLogger(__name__)

_LOOK_MS = 5000
_STILL_SECONDS = 6.0
_AGAIN_SECONDS = 3600.0  # after a look that found nothing to do
_PAUSE_SECONDS = 0.01  # after each slice, so that other work gets its turn


class CheckAtRest(QObject):
    """Checks the library whenever that is due and the window is at rest.

    If the window is used, the check stops; it goes on from there at the next rest, also after a
    restart. ``then`` gets the outcome of each complete check.
    """

    def __init__(self, context: Context, then: Callable[[Outcome], None]) -> None:
        super().__init__(context.window)
        self._jobs = context.jobs
        self._messages = context.messages
        self._library = context.library
        self._then = then
        self._stillness = Stillness(context.window)
        self._next_at = 0.0
        self._is_checking = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Go on with the check in the background if the window is at rest."""
        library = self._library
        may_check = not (self._is_checking or library.read_only or library.is_damaged)
        is_still = self._stillness.seconds >= _STILL_SECONDS and not self._jobs.running
        if may_check and is_still and time.monotonic() >= self._next_at:
            self._is_checking = True
            self._jobs.start("", self._go_on, self._ended, self._failed)

    def _go_on(self, report: Report) -> Outcome | bool:
        """Return the outcome, False if no check is due, True if the window is used again."""

        def resting(done: int, total: int, text: str) -> None:
            report(done, total, text)
            if self._stillness.seconds < _STILL_SECONDS:
                raise _UsedError
            time.sleep(_PAUSE_SECONDS)

        try:
            return self._library.checkup.go_on(resting) or False
        except _UsedError:
            return True

    def _ended(self, outcome: Outcome | bool) -> None:
        self._is_checking = False
        if outcome is not True:
            self._next_at = time.monotonic() + _AGAIN_SECONDS
        if isinstance(outcome, Outcome):
            self._then(outcome)

    def _failed(self, error: Exception) -> None:
        self._is_checking = False
        self._next_at = time.monotonic() + _AGAIN_SECONDS
        if not isinstance(error, LibraryError):
            self._messages.report(error)
            return
        log.warning("the library could not be checked: %s", error)


class _UsedError(Exception):
    """The window is used again."""

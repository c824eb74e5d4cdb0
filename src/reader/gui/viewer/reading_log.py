"""Store views, reading positions, minutes and words in the library."""

import logging
from collections.abc import Callable
from datetime import date

from reader.anchor import Anchor
from reader.gui.context import Context

log = logging.getLogger(__name__)


class ReadingLog:
    """Writes in the background; a failure is logged and does not interrupt reading."""

    def __init__(self, context: Context) -> None:
        self._library = context.library
        self._jobs = context.jobs
        self._settings = context.settings
        self._history = context.history

    def count_view(self, id: int) -> None:
        """Count one more view of an article."""
        self._write(
            lambda: self._library.reading_log.count_view(id), lambda _: self._history.changed.emit()
        )

    def keep_place(self, id: int, position: Anchor, progress: float) -> None:
        """Store the reading position."""
        self._write(lambda: self._library.reading_log.keep_position(id, position, progress))

    def note_reading(self, id: int, seconds: int, words: int) -> None:
        """Add to the statistics, unless they are switched off."""
        if self._settings.value.statistics:
            day = date.today().isoformat()
            self._write(lambda: self._library.reading_log.note(day, id, seconds, words))

    def _write(
        self, change: Callable[[], None], then: Callable[[None], None] = lambda _: None
    ) -> None:
        if not self._library.read_only:
            self._jobs.write(change, then, lambda error: log.info("not kept: %s", error))

"""Store views, reading positions, minutes and words in the library."""

import logging
from collections.abc import Callable
from datetime import date

from reader.anchor import Anchor
from reader.errors import ReaderError
from reader.gui.context import Context
from reader.gui.viewer.reading_watch import ReadingWatch
from reader.gui.viewer.viewer import Viewer

log = logging.getLogger(__name__)


class ReadingLog:
    """Writes in the background; a failure is logged and does not interrupt reading."""

    def __init__(self, context: Context) -> None:
        self._library = context.library
        self._jobs = context.jobs
        self._settings = context.settings
        self._history = context.history
        self._pace: float | None = None

    def follow(self, viewer: Viewer, keeps: Callable[[], bool] = lambda: True) -> ReadingWatch:
        """Log the reading on a page, and return its watch; ``keeps`` is whether places are kept."""
        watch = ReadingWatch(viewer, self.note_reading)
        watch.viewed.connect(self.count_view)

        def keep(id: int, position: Anchor, progress: float) -> None:
            if keeps():
                self.keep_place(id, position, progress, read=viewer.reads_on)

        viewer.moved.connect(keep)
        return watch

    def words_a_minute(self) -> float:
        """Return how fast this person reads, as far as the log knows."""
        if self._pace is None:
            from reader.library.reading.statistics import pace

            try:
                self._pace = pace(self._library.reading_log.days())
            except ReaderError as error:
                log.info("the pace is not known: %s", error)
                self._pace = pace([])
        return self._pace

    def count_view(self, id: int) -> None:
        """Count one more view of an article."""
        self._write(
            lambda: self._library.reading_log.count_view(id), lambda _: self._history.changed.emit()
        )

    def keep_place(self, id: int, position: Anchor, progress: float, *, read: bool = True) -> None:
        """Store the reading position; one that was not ``read`` up to is not the furthest."""
        log = self._library.reading_log
        self._write(lambda: log.keep_position(id, position, progress, read=read))

    def note_reading(self, id: int, seconds: int, words: int) -> None:
        """Add to the statistics, unless they are switched off."""
        if self._settings.value.statistics:
            day = date.today().isoformat()
            self._write(
                lambda: self._library.reading_log.note(day, id, seconds, words),
                lambda _: self._forget_pace(),
            )

    def _forget_pace(self) -> None:
        self._pace = None  # to be found out again

    def _write(
        self, change: Callable[[], None], then: Callable[[None], None] = lambda _: None
    ) -> None:
        if not self._library.read_only:
            self._jobs.write(change, then, lambda error: log.info("not kept: %s", error))

"""Further attempts to download articles that could not be reached, while the window is open."""

from PySide6.QtCore import QObject, QTimer

from reader.errors import ReaderError
from reader.gui.adding.adding import Adding
from reader.gui.context import Context

_LOOK_MS = 60_000
_MOST = 50


class Retrying(QObject):
    """Looks each minute for articles whose pause is over, and downloads them."""

    def __init__(self, context: Context, adding: Adding) -> None:
        super().__init__(context.window)
        self._settings = context.settings
        self._library = context.library
        self._jobs = context.jobs
        self._adding = adding
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def look(self, *, at_start: bool = False) -> None:
        """Download the articles that are due, unless a job is about to, or the user wants none.

        ``at_start`` also those that could not be reached: there may be a network now.
        """
        if self._library.read_only or not self._settings.value.download_waiting:
            return
        try:
            due = self._library.downloads.due(at_start=at_start)
        except ReaderError:  # the next look may succeed
            return
        under_way = {id for job in self._jobs.running for id in job.articles}
        if ids := [id for id in due if id not in under_way][:_MOST]:
            self._adding.download(ids, quiet=True)

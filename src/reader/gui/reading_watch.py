"""How long and how far an article is read: only while the person is at it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from reader.gui.viewer import Viewer
from reader.model import Article

IDLE_SECONDS = 60.0
_WRITE_MS = 30_000
_GLANCE_SECONDS = 3.0
_FASTEST = 1000 / 60
"""Words a second: nobody reads faster, so a leap to the end is not counted as read."""


class _Visit:
    """What is known of the time with an article; ``told_`` is what was kept already."""

    def __init__(self, article: Article) -> None:
        self.article = article.id
        self.words = article.words
        self.began_at = self.progress = article.progress
        self.seconds = 0.0
        self.told_seconds = self.told_words = 0


class ReadingWatch(QObject):
    """Counts while the window is active and the page is moved; a minute without is no reading.

    ``keep(article, seconds, words)`` is called at most every 30 seconds, and when an article
    is left.
    """

    def __init__(
        self,
        viewer: Viewer,
        keep: Callable[[int, int, int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._keep = keep
        self._clock = clock
        self._visit: _Visit | None = None
        self._since: float | None = None
        self._until = 0.0
        self._writing = QTimer(self, singleShot=True, interval=_WRITE_MS)
        self._writing.timeout.connect(self.tell)
        viewer.shown.connect(self._begin)
        viewer.moved.connect(lambda id, _, progress: self._moved(id, progress))
        viewer.left.connect(self._end)
        viewer.installEventFilter(self)

    def tell(self) -> None:
        """Hand over what was read and not yet told."""
        visit = self._visit
        if visit is None:
            return
        self._count()
        if visit.seconds >= _GLANCE_SECONDS:
            gained = max(0.0, visit.progress - visit.began_at) * visit.words
            words = round(min(gained, visit.seconds * _FASTEST)) - visit.told_words
            seconds = int(visit.seconds) - visit.told_seconds
            visit.told_seconds += seconds
            visit.told_words += words
            if seconds or words:
                self._keep(visit.article, seconds, words)
        if self._since is not None and self._clock() < self._until:
            self._writing.start()

    def _begin(self, id: int) -> None:
        article = self._viewer.article
        if article is None or (self._visit is not None and self._visit.article == id):
            return
        self._visit = _Visit(article)
        if self._viewer.isActiveWindow() and self._viewer.isVisible():
            self._touch()

    def _moved(self, id: int, progress: float) -> None:
        if self._visit is not None and self._visit.article == id:
            self._visit.progress = max(self._visit.progress, progress)
            if self._since is not None:
                self._touch()

    def _end(self) -> None:
        if self._visit is not None:
            if self._viewer.document_ready:
                self._visit.progress = max(self._visit.progress, self._viewer.progress())
            self.tell()
        self._pause()
        self._visit = None

    def _touch(self) -> None:
        """The person is there: what passed since the last time counts, as far as it is not idle."""
        self._count()
        self._since = self._clock()
        self._until = self._since + IDLE_SECONDS
        if not self._writing.isActive():
            self._writing.start()

    def _count(self) -> None:
        if self._visit is not None and self._since is not None:
            now = self._clock()
            self._visit.seconds += max(0.0, min(now, self._until) - self._since)
            self._since = now

    def _pause(self) -> None:
        self._count()
        self._since = None
        self._writing.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rest while another window is active or something lies over the page."""
        kind = event.type()
        if kind in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.tell()
            self._pause()
        elif kind in (QEvent.Type.WindowActivate, QEvent.Type.Show) and self._visit is not None:
            self._touch()
        return super().eventFilter(watched, event)

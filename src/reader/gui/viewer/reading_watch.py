"""Whether, how long and how far an article is read: only while the person is at it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from reader import phrases
from reader.gui.viewer.viewer import Viewer
from reader.model import Article

IDLE_SECONDS = 60.0
_WRITE_MS = 30_000
_GLANCE_SECONDS = 3.0
VIEW_MS = 2000
"""How long an article is before the person's eyes until that is a view, in total."""
_FAIR_PART = 0.1
"""Who stays for this part of the reading time has begun an article, even without scrolling."""
_SHORTEST_STAY_MS = 5000
_FASTEST = 1000 / 60
"""Words a second: nobody reads faster, so a leap to the end is not counted as read."""


class _Visit:
    """The time spent with an article; the fields ``told_…`` are those stored already.

    ``counts`` is whether mere time makes it a view, ``viewed`` whether it is one already.
    """

    def __init__(self, article: Article, *, counts: bool) -> None:
        self.article = article.id
        self.counts = counts
        self.viewed = False
        self.words = article.words
        self.began_at = self.progress = article.progress
        self.seconds = 0.0
        self.told_seconds = self.told_words = 0


class Patience(QTimer):
    """Times out after some milliseconds, not counting those for which it was paused."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self._left: int | None = None
        self.timeout.connect(self.give_up)

    def begin(self, milliseconds: int) -> None:
        """Wait for so long, once it is resumed."""
        self.stop()
        self._left = milliseconds

    def resume(self) -> None:
        """Continue to wait for the remaining time."""
        if self._left is not None and not self.isActive():
            self.start(self._left)

    def pause(self) -> None:
        """Wait no longer, until it is resumed."""
        if self.isActive():
            self._left = self.remainingTime()
            self.stop()

    def give_up(self) -> None:
        """Wait for nothing."""
        self.stop()
        self._left = None


class ReadingWatch(QObject):
    """Counts while the window is active and the page moves; a minute without moving is a pause.

    ``keep(article, seconds, words)`` is called at most every 30 seconds, and when an article
    is left. ``viewed`` is emitted once for each opening, when the article was before the person's
    eyes for a while, or was scrolled by them.
    """

    viewed = Signal(int)

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
        self._viewing = Patience(self)
        self._viewing.timeout.connect(self._see)
        self._staying = Patience(self)
        self._staying.timeout.connect(viewer.tell_place)
        viewer.scrolled.connect(self._scrolled)
        viewer.moved.connect(lambda id, _, progress: self._moved(id, progress))
        viewer.left.connect(self._end)
        viewer.installEventFilter(self)

    def tell(self) -> None:
        """Pass on the reading that was not passed on yet."""
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

    def begin(self, article: Article, *, counts: bool = True) -> None:
        """Watch an article that was opened; the open one is not opened again.

        An article that a start shows again comes without ``counts``: it is a view only once it is
        read on, by scrolling.
        """
        visit = self._visit
        if visit is not None and visit.article == article.id:
            visit.counts = visit.counts or counts
            if not visit.viewed and not self._viewing.isActive() and counts:
                self._wait()
            return
        self._visit = _Visit(article, counts=counts)
        self._wait()
        if self.before_eyes():
            self._touch()

    def before_eyes(self) -> bool:
        """Return whether the person can see the page, and the window is the one they are at."""
        viewer = self._viewer
        minimized = viewer.window().isMinimized()
        return viewer.isVisible() and viewer.isActiveWindow() and not minimized

    def _wait(self) -> None:
        self._viewing.begin(VIEW_MS)
        if self.before_eyes():
            self._viewing.resume()

    def _see(self) -> None:
        """Count a view, and begin the article if the person stays for a fair part of it."""
        visit, article = self._visit, self._viewer.article
        if visit is None or article is None:
            return
        if not self.before_eyes():
            self._wait()
            return
        if visit.counts:
            self._view(visit)
        if article.html and not visit.progress:
            fair = _FAIR_PART * visit.words / phrases.WORDS_A_MINUTE * 60_000
            self._staying.begin(max(1, round(max(fair, _SHORTEST_STAY_MS)) - VIEW_MS))
            self._staying.resume()

    def _view(self, visit: _Visit) -> None:
        article = self._viewer.article
        if not visit.viewed and article is not None and article.html:
            visit.viewed = True
            self.viewed.emit(visit.article)

    def _scrolled(self) -> None:
        self._staying.give_up()
        if self._visit is not None and not self._visit.viewed:
            self._viewing.give_up()
            self._view(self._visit)
        if self._since is not None:
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
        self._viewing.give_up()
        self._staying.give_up()
        self._visit = None

    def _touch(self) -> None:
        """Count the time since the last sign of the user, without pauses."""
        if self._visit is None:
            return
        self._viewing.resume()
        self._staying.resume()
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
        self._viewing.pause()
        self._staying.pause()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rest while another window is active or something lies over the page."""
        kind = event.type()
        if kind in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self._viewer.flush()
            self.tell()
            self._pause()
        elif kind in (QEvent.Type.WindowActivate, QEvent.Type.Show) and self.before_eyes():
            self._touch()
        return super().eventFilter(watched, event)

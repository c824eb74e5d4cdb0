"""The page that scrolls by itself, or turns its pages, at a speed in words a minute."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent

from reader.gui.viewer.viewer import Viewer
from reader.settings import AUTOSCROLL_RANGE
from reader.settings_store import SettingsStore

STEP = 1.1
_FRAME_MS = 16
_KEEP_SECONDS = 5.0
_LEAST_ON_PAGE_SECONDS = 2.0
_LETTERS_A_WORD = 6.0
_LONGEST_FRAME = 0.1  # seconds, after which the computer was busy or asleep
_FASTER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SLOWER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_STOPS = (
    QEvent.Type.Wheel,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.Hide,
)


class Autoscroll(QObject):
    """Goes on until the end of the article, a key, the wheel or a click; + and - set its speed."""

    def __init__(
        self, viewer: Viewer, store: SettingsStore, tell: Callable[[str], object], key: str = ""
    ) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._store = store
        self._tell = tell
        self._key = key
        self._at = self._seen_at = self._kept_at = 0.0
        self._frames = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.step)
        viewer.left.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether the page moves."""
        return self._frames.isActive()

    def toggle(self) -> None:
        """Begin, or stop."""
        if self.is_running:
            self.stop()
        elif self._viewer.article is not None and not self._is_at_end():
            for part in (self._viewer, self._viewer.viewport()):
                part.installEventFilter(self)
            self._at = float(self._viewer.verticalScrollBar().value())
            self._kept_at = time.monotonic()
            self._wait()
            self._show_speed()

    def stop(self) -> None:
        """Stop at this place."""
        if self.is_running:
            self._frames.stop()
            for part in (self._viewer, self._viewer.viewport()):
                part.removeEventFilter(self)
            self._viewer.flush()

    def change_speed(self, factor: float) -> None:
        """Make it faster or slower by a factor."""
        least, most = AUTOSCROLL_RANGE
        speed = round(self._store.value.autoscroll * factor / 5) * 5
        self._store.update(autoscroll=min(max(speed, least), most))
        if self.is_running:
            self._wait()
        self._show_speed()

    def _show_speed(self) -> None:
        key = f" {self._key} begins and stops it," if self._key else ""
        words = self._store.value.autoscroll
        self._tell(f"Scrolling at {words} words a minute;{key} + and − change its speed.")

    # ---- moving

    def _wait(self) -> None:
        """Wait for the next pixel, or the next page."""
        self._seen_at = time.monotonic()
        if self._viewer.spread is not None:
            seconds = self._words_shown() * 60 / self._store.value.autoscroll
            self._frames.start(round(1000 * max(seconds, _LEAST_ON_PAGE_SECONDS)))
        else:
            self._frames.start(max(_FRAME_MS, round(1000 / self.pixels_a_second())))

    def step(self) -> None:
        """Move on by the time that has passed, or by a page."""
        if self._is_at_end():
            self.stop()
        elif self._viewer.spread is not None:
            self._viewer.spread.turn(1)
            self._wait()
        else:
            self._scroll()
        if time.monotonic() - self._kept_at > _KEEP_SECONDS:
            self._kept_at = time.monotonic()
            self._viewer.flush()

    def _scroll(self) -> None:
        now = time.monotonic()
        passed, self._seen_at = min(now - self._seen_at, _LONGEST_FRAME), now
        bar = self._viewer.verticalScrollBar()
        if abs(bar.value() - self._at) > 1:  # the page was laid out anew
            self._at = float(bar.value())
        before, self._at = int(self._at), self._at + passed * self.pixels_a_second()
        if int(self._at) != before:
            bar.setValue(int(self._at))

    def _is_at_end(self) -> bool:
        viewer, bar = self._viewer, self._viewer.verticalScrollBar()
        if viewer.spread is not None:
            return viewer.spread.is_at_end
        return viewer.document_ready and bar.value() >= bar.maximum()

    def pixels_a_second(self) -> float:
        """Return the speed of a text whose lines are full of words."""
        look, page = self._viewer.look, self._viewer.page
        letter = QFontMetricsF(page.formats.base).averageCharWidth() * self._viewer.zoom
        words_a_line = max(1.0, page.column / letter / _LETTERS_A_WORD)
        line = look.size_pt * 96 / 72 * look.leading * self._viewer.zoom
        return max(1.0, self._store.value.autoscroll / 60 / words_a_line * line)

    def _words_shown(self) -> float:
        """Return how many words are on the pages that are shown."""
        viewer = self._viewer
        words = viewer.article.words if viewer.article is not None else 0
        shown = 1 - viewer.share_below() - viewer.share_above()
        return max(0.0, shown) * words

    # ---- the person

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Change the speed by + and -; stop by any other key, the wheel or a click."""
        kind = event.type()
        if kind in _STOPS:
            self.stop()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if self._is_own(event):
                event.accept()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def _is_own(self, event: QKeyEvent) -> bool:
        own = (*_FASTER, *_SLOWER, Qt.Key.Key_Escape, Qt.Key.Key_Space)
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return event.key() in own and not event.modifiers() & commands

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _ALONE:
            return False
        if not self._is_own(event):
            self.stop()
            return False
        if event.key() in _FASTER:
            self.change_speed(STEP)
        elif event.key() in _SLOWER:
            self.change_speed(1 / STEP)
        else:
            self.stop()
        return True

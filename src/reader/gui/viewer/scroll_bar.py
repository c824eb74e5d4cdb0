"""The scroll bar of the page: it tells the person's scrolling from Qt's own layout."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollBar, QWidget


class PageBar(QScrollBar):
    """A vertical scroll bar; ``scrolled`` follows only moves that were made on purpose.

    Those are the wheel, the keys, dragging the bar, and every ``setValue`` of this program. Qt
    moves the bar by itself as well, to show a cursor or to stay within a shorter page; such a
    move does not pass through Python and is not reported.
    """

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._purposes = 0
        self._acting = False
        self.actionTriggered.connect(self._act)
        self.valueChanged.connect(self._changed)

    def setValue(self, value: int) -> None:
        """Scroll there on purpose."""
        with self.on_purpose():
            super().setValue(value)

    @contextmanager
    def on_purpose(self) -> Iterator[None]:
        """Report what moves the bar in here, as while an input event is handled."""
        self._purposes += 1
        try:
            yield
        finally:
            self._purposes -= 1

    def _act(self) -> None:
        # Qt has set the slider already; the value follows if it is another one.
        self._acting = self.sliderPosition() != self.value()

    def _changed(self) -> None:
        acting, self._acting = self._acting, False
        if acting or self._purposes:
            self.scrolled.emit()

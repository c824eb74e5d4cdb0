"""The scroll bar of the page, which distinguishes scrolling from layout changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollBar, QWidget


class PageBar(QScrollBar):
    """A vertical scroll bar; ``scrolled`` is emitted only for intended moves.

    These are made by the wheel, the keys, dragging, or a call of ``setValue``. Qt also moves the
    bar by itself, to show a cursor or if the page gets shorter; such a move does not call Python
    and is not reported.
    """

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._purposes = 0
        self._acting = False
        self.actionTriggered.connect(self._act)
        self.valueChanged.connect(self._changed)

    def setValue(self, value: int) -> None:
        """Scroll to a value, as an intended move."""
        with self.on_purpose():
            super().setValue(value)

    @contextmanager
    def on_purpose(self) -> Iterator[None]:
        """Report moves made in this context, as while an input event is handled."""
        self._purposes += 1
        try:
            yield
        finally:
            self._purposes -= 1

    def _act(self) -> None:
        # Qt has set the slider already; the value follows if it differs.
        self._acting = self.sliderPosition() != self.value()

    def _changed(self) -> None:
        acting, self._acting = self._acting, False
        if acting or self._purposes:
            self.scrolled.emit()

"""The scroll bar of the page, which distinguishes scrolling from layout changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollBar, QWidget

_WIDE = 11  # pixels, as in the style sheet


class PageBar(QScrollBar):
    """A vertical scroll bar; ``scrolled`` is emitted only for intended moves.

    These are made by the wheel, the keys, dragging, or a call of ``setValue``. Qt also moves the
    bar by itself, to show a cursor or if the page gets shorter; such a move does not call Python
    and is not reported.
    """

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.snap: Callable[[float], int] | None = None
        """If pages are turned, returns the top of those with a line at a height."""
        self._top = 0
        self._purposes = 0
        self._acting = False
        self.actionTriggered.connect(self._act)
        self.valueChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        """Return the same width in every style, or a change of it would lay out the page anew."""
        return QSize(_WIDE, super().sizeHint().height())

    def setValue(self, value: int) -> None:
        """Scroll to a value, or to the page there, as an intended move."""
        with self.on_purpose():
            self._go(value if self.snap is None else self.snap(value))

    def _go(self, value: int) -> None:
        if self.snap is not None:
            self._top = value
            self.setMaximum(max(value, self.maximum()))  # what is below may not be laid out yet
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
        value, acting, self._acting = self.value(), self._acting, False
        if self.snap is not None and value != self._top:
            # Qt scrolls as far as it has to: what is to be seen is at the edge.
            self._go(self.snap(value if value < self._top else value + self.pageStep() - 2))
            return
        if acting or self._purposes:
            self.scrolled.emit()

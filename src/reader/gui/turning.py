"""Pages turned softly, so that the eye can follow; at once where the desktop wants no motion."""

from PySide6.QtCore import QByteArray, QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QScrollBar, QWidget

_MS = 140


class Turning(QPropertyAnimation):
    """Moves a scroll bar; asked again on its way, it goes on from where it was to end."""

    def __init__(self, bar: QScrollBar, widget: QWidget) -> None:
        super().__init__(bar, QByteArray(b"value"), widget)
        self._bar = bar
        self._widget = widget
        self.setEasingCurve(QEasingCurve.Type.OutCubic)

    @property
    def running(self) -> bool:
        """Whether it is on its way."""
        return self.state() is QPropertyAnimation.State.Running

    def by(self, pixels: int) -> None:
        """Scroll by so many pixels, within what there is."""
        start = self.endValue() if self.running else self._bar.value()
        self.stop()
        self.setDuration(_MS if self._likes_motion() else 0)
        self.setStartValue(self._bar.value())
        self.setEndValue(min(max(start + pixels, 0), self._bar.maximum()))
        self.start()

    def _likes_motion(self) -> bool:
        from PySide6.QtWidgets import QStyle  # a thousand names that a start can do without

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._widget.style().styleHint(hint, None, self._widget) > 0

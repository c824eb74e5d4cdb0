"""Smooth scrolling, unless the desktop turns off animations."""

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtWidgets import QScrollBar, QWidget

_MS = 140


class Turning(QVariantAnimation):
    """Animates a scroll bar; a new request continues from the end of the running one."""

    def __init__(self, bar: QScrollBar, widget: QWidget) -> None:
        super().__init__(widget)
        self._bar = bar
        self._widget = widget
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        # Not as an animated property, which would bypass the ``setValue`` of the bar.
        self.valueChanged.connect(self._turn)

    @property
    def running(self) -> bool:
        """Whether the animation is running."""
        return self.state() is QVariantAnimation.State.Running

    def by(self, pixels: int) -> None:
        """Scroll by some pixels, within the range of the bar."""
        start = self.endValue() if self.running else self._bar.value()
        self.stop()
        end = min(max(start + pixels, 0), self._bar.maximum())
        if not self._likes_motion():
            self._bar.setValue(end)
            return
        self.setDuration(_MS)
        self.setStartValue(self._bar.value())
        self.setEndValue(end)
        self.start()

    def _turn(self, value: object) -> None:
        if self.running and isinstance(value, int):
            self._bar.setValue(value)

    def _likes_motion(self) -> bool:
        from PySide6.QtWidgets import QStyle  # a large class that would slow down the start

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return self._widget.style().styleHint(hint, None, self._widget) > 0

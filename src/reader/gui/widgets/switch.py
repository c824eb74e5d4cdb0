"""A switch: a check box that is drawn as something to slide."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

_TRACK = QSize(40, 24)
_RING = 3  # pixels around the track for the ring of the focus
_KNOB = 16


class Switch(QCheckBox):
    """Something that is on or off; its name for screen readers comes from the label beside it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of the track and of the ring around it."""
        return _TRACK + QSize(2 * _RING, 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        """Return the only size that it has."""
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        """Return whether a click meets the switch: all of it counts."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, the knob, and the ring if the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.sizeHint()
        top = (self.height() - size.height()) / 2
        track = QRectF(_RING, top + _RING, _TRACK.width(), _TRACK.height())
        accent, edge = (
            self._colour(QPalette.ColorRole.Accent),
            self._colour(QPalette.ColorRole.Shadow),
        )
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 14, 14)
        base = self._colour(QPalette.ColorRole.Base)
        on = self.isChecked()
        painter.setPen(QPen(accent if on else edge, 1))
        painter.setBrush(accent if on else base)
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(base if on else edge)
        painter.drawEllipse(self._knob(track))

    def _knob(self, track: QRectF) -> QRectF:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inset = (track.height() - _KNOB) / 2
        at_end = self.isChecked() is not is_rtl
        left = track.right() - inset - _KNOB if at_end else track.left() + inset
        return QRectF(left, track.top() + inset, _KNOB, _KNOB)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        if not self.isEnabled():
            role = QPalette.ColorRole.Mid if role is not QPalette.ColorRole.Base else role
        return self.palette().color(role)

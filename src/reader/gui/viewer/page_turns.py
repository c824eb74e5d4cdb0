"""What turns pages: keys, the wheel, a swipe, a click at the edge."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from reader.gui.viewer.turned import TurnedBrowser

_EDGE = 0.15  # of the width, in which a click turns
_NOTCH = 120
_PAUSE_SECONDS = 0.25  # without the wheel, after which it begins anew
_SWIPE = 48  # pixels
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_WAYS: Mapping[int, int] = {
    Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1,
}  # fmt: skip
_SIDEWAYS = (Qt.Key.Key_Right, Qt.Key.Key_Left)


class PageTurns:
    """Asks ``turn`` to go on by a page, 1, or back, -1."""

    def __init__(self, viewer: "TurnedBrowser", turn: Callable[[int], object]) -> None:
        self._viewer = viewer
        self._turn = turn
        self._rolled = 0.0
        self._rolled_at = 0.0
        self._has_turned = False
        self._pressed: QPointF | None = None

    def key(self, event: QKeyEvent) -> bool:
        """Turn by a key; return whether it was one that does."""
        key, viewer = event.key(), self._viewer
        if event.modifiers() not in _NO_MODIFIERS:
            return False
        if key == Qt.Key.Key_Home:
            viewer.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End and viewer.spread is not None:
            viewer.spread.to_end()
        elif key in _WAYS:
            self._turn(-_WAYS[key] if key in _SIDEWAYS and viewer.is_rtl else _WAYS[key])
        else:
            return False
        return True

    # ---- the wheel, and two fingers on a touchpad

    def wheel(self, event: QWheelEvent) -> None:
        """Turn a page for each notch, and one for each stroke of a touchpad."""
        event.accept()
        if event.phase() == Qt.ScrollPhase.ScrollMomentum:
            return
        now = time.monotonic()
        begins = event.phase() == Qt.ScrollPhase.ScrollBegin
        if begins or now - self._rolled_at > _PAUSE_SECONDS:
            self._rolled, self._has_turned = 0.0, False
        self._rolled_at = now
        across, down = event.angleDelta().x(), event.angleDelta().y()
        if abs(across) > abs(down):
            self._roll(across if self._viewer.is_rtl else -across, event)
        else:
            self._roll(-down, event)

    def _roll(self, by: float, event: QWheelEvent) -> None:
        if by * self._rolled < 0:
            self._rolled, self._has_turned = 0.0, False
        self._rolled += by
        is_stroke = not event.pixelDelta().isNull()
        if abs(self._rolled) >= _NOTCH and not (is_stroke and self._has_turned):
            self._has_turned = True
            way = 1 if self._rolled > 0 else -1
            self._rolled -= way * _NOTCH
            self._turn(way)

    # ---- fingers, and clicks at the edges

    def pressed(self, event: QMouseEvent, at: QPointF) -> bool:
        """Remember the start of a click or a swipe; return whether it is a finger's."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        had_selection = self._viewer.textCursor().hasSelection()
        self._pressed = at if is_left and not event.modifiers() and not had_selection else None
        return is_left and event.deviceType() == QInputDevice.DeviceType.TouchScreen

    def swiped(self, at: QPointF) -> bool:
        """Turn by a finger that went sideways; return whether it did."""
        gone = at - (self._pressed or at)
        if abs(gone.x()) < max(_SWIPE, 2 * abs(gone.y())):
            return False
        self._turn(-1 if (gone.x() > 0) != self._viewer.is_rtl else 1)
        self._pressed = None
        return True

    def clicked(self, at: QPointF) -> None:
        """Turn by a click at an edge."""
        start, self._pressed = self._pressed, None
        if start is None or self._viewer.textCursor().hasSelection():
            return
        wide, edge = self._viewer.width(), self._viewer.width() * _EDGE
        still = (at - start).manhattanLength() < QApplication.startDragDistance()
        if still and not edge <= at.x() <= wide - edge:
            self._turn(1 if (at.x() > edge) != self._viewer.is_rtl else -1)

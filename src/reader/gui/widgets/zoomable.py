"""A text browser that can be zoomed by keys, wheel and pinch gestures."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from reader.settings import ZOOM_RANGE

ZOOM_STEP = 1.1
_NEAR_ONE = 0.03


class ZoomableBrowser(QTextBrowser):
    """A text browser with a ``zoom`` factor; 1 is the original size."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def zoom_in(self) -> None:
        """Zoom in by a step."""
        self.set_zoom(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out by a step."""
        self.set_zoom(self.zoom / ZOOM_STEP)

    def reset_zoom(self) -> None:
        """Reset the zoom to 1."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom, limited to 0.4 to 4."""
        wanted = min(max(round(zoom, 3), ZOOM_RANGE[0]), ZOOM_RANGE[1])
        if abs(wanted - 1) < _NEAR_ONE:
            wanted = 1.0
        if wanted != self.zoom:
            self.zoom = wanted
            self.zoom_changed.emit(wanted)
            self._show_zoom()

    def _show_zoom(self) -> None:
        """Lay out the page with the new zoom."""
        raise NotImplementedError

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            if steps:
                self.set_zoom(self.zoom * ZOOM_STEP**steps)
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Handle the wheel beside the column, and the pinch gesture of a touchpad."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        zooms = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zooms:
            self.set_zoom(self.zoom * (1 + event.value()))
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Handle the pinch gesture of a touch screen."""
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                self.set_zoom(self.zoom * pinch.scaleFactor())
                return True
        return super().viewportEvent(event)

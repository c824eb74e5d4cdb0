"""A browser that hears all the ways in which people ask for another size."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

ZOOM_STEP = 1.1


class ZoomableBrowser(QTextBrowser):
    """Turns Ctrl+wheel and pinches into ``set_zoom``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def set_zoom(self, zoom: float) -> None:
        """Show everything in another size; 1 is its own."""
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
        """Hear the wheel beside the column and the pinch of a touchpad."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        zooms = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zooms:
            self.set_zoom(self.zoom * (1 + event.value()))
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Hear the pinch of a touch screen."""
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                self.set_zoom(self.zoom * pinch.scaleFactor())
                return True
        return super().viewportEvent(event)

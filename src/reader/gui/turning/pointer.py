"""The pointer, which hides from the page while it rests."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from reader.gui.viewer.viewer import Viewer

REST_MS = 2000
_MOVES = (
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Enter,
    QEvent.Type.Leave,
    QEvent.Type.ContextMenu,
)


class Pointer(QObject):
    """Hides the pointer over the page once it has rested for two seconds, while it is ``set``."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._parts: tuple[QWidget, ...] = (viewer, viewer.viewport())
        self._before: list[QCursor] = []
        self._is_watching = False
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._hide)

    @property
    def is_hidden(self) -> bool:
        """Whether the pointer is hidden now."""
        return bool(self._before)

    def set_hiding(self, hides: bool) -> None:
        """Hide the pointer from now on whenever it rests, or never."""
        if hides == self._is_watching:
            return
        self._is_watching = hides
        for part in self._parts:
            if hides:
                part.setMouseTracking(True)
                part.installEventFilter(self)
            else:
                part.removeEventFilter(self)
        if hides:
            self._resting.start()
        else:
            self._resting.stop()
            self._show()

    def _hide(self) -> None:
        if not self._before:
            self._before = [part.cursor() for part in self._parts]
            for part in self._parts:
                part.setCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        before, self._before = self._before, []
        for part, cursor in zip(self._parts, before, strict=False):
            part.setCursor(cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the pointer when it moves."""
        if event.type() in _MOVES:
            self._show()
            self._resting.start()
        return super().eventFilter(watched, event)

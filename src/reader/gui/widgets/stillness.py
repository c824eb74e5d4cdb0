"""How long nobody has used a window, for work that waits until then."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from reader.gui.widgets.screens import handle_of

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.NativeGesture,
        QEvent.Type.TouchUpdate,
    }
)


class Stillness(QObject):
    """Notes when a window was last used, by keys, buttons, wheel or touch."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._used_at = time.monotonic()
        # The handle gets few events; a filter on the application would see all of them.
        (handle_of(window) or window).installEventFilter(self)

    @property
    def seconds(self) -> float:
        """For how long the window was not used; may be asked from any thread."""
        return time.monotonic() - self._used_at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the user does something."""
        if event.type() in _INPUT:
            self._used_at = time.monotonic()
        return super().eventFilter(watched, event)

"""Full screen: the page without bars."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from reader.gui.turning.bars import Bars

_MODE = "full screen"


class FullScreen(QObject):
    """Hides the bars of a window in full screen; ``tell`` shows a message."""

    def __init__(
        self, window: QMainWindow, action: QAction, bars: Bars, tell: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        self._bars = bars
        self._tell = tell
        self._is_told = False
        window.installEventFilter(self)

    def toggle(self) -> None:
        """Turn full screen on or off."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the state of the window."""
        if event.type() == QEvent.Type.WindowStateChange:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Hide the bars, or show them again."""
        full = self._window.isFullScreen()
        self._action.setChecked(full)
        if full:
            self._bars.hide_for(_MODE, self.toggle)
            self._tell_way_out()
        else:
            self._bars.give_back(_MODE)

    def _tell_way_out(self) -> None:
        if not self._is_told:
            self._is_told = True
            keys = self._action.shortcut().toString()
            also = f" or {keys}" if keys else ""
            self._tell(f"Full screen. Esc{also} leaves it; the bars are at the top edge.")

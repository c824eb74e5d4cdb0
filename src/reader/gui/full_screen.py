"""Full screen: the page alone; the bars come while the pointer is at the top edge."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

_LOOK_MS = 150
_EDGE = 3  # pixels from the top, within which the pointer asks for the bars
_BELOW = 12


class FullScreen(QObject):
    """Hides the bars of a window in full screen, and leaves it with Esc.

    ``bars`` returns the bars that are visible outside of full screen; ``tell`` shows a message.
    """

    def __init__(
        self,
        window: QMainWindow,
        action: QAction,
        bars: Callable[[], Sequence[QWidget]],
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        self._bars = bars
        self._tell = tell
        self._hidden: list[QWidget] = []
        self._is_told = False
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        window.installEventFilter(self)

    def toggle(self) -> None:
        """Turn full screen on or off."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_bars(self) -> None:
        """Show the bars again, until the pointer or the keyboard is elsewhere."""
        for bar in self._hidden:
            bar.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the state of the window; leave full screen with an Esc that nobody else takes."""
        if event.type() == QEvent.Type.WindowStateChange:
            self._follow()
        elif _is_escape(event) and self._window.isFullScreen():
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Hide the bars, or show them again."""
        full = self._window.isFullScreen()
        self._action.setChecked(full)
        if full and not self._looking.isActive():
            self._hidden = [bar for bar in self._bars() if bar.isVisible()]
            for bar in self._hidden:
                bar.hide()
            self._looking.start()
            self._tell_way_out()
        elif not full:
            self._looking.stop()
            self.show_bars()
            self._hidden = []

    def _tell_way_out(self) -> None:
        if not self._is_told:
            self._is_told = True
            keys = self._action.shortcut().toString()
            also = f" or {keys}" if keys else ""
            self._tell(f"Full screen. Esc{also} leaves it; the bars are at the top edge.")

    def _look(self) -> None:
        """Show the bars while the pointer is at the top, a menu is open or they are used."""
        at = self._window.mapFromGlobal(QCursor.pos())
        inside = self._window.rect().contains(at)
        shown = any(bar.isVisible() for bar in self._hidden)
        if not shown:
            if inside and at.y() <= _EDGE:
                self.show_bars()
            return
        focus = QApplication.focusWidget()
        used = any(bar is focus or bar.isAncestorOf(focus) for bar in self._hidden if focus)
        bottom = max(bar.mapTo(self._window, bar.rect().bottomLeft()).y() for bar in self._hidden)
        if at.y() > bottom + _BELOW and not used and QApplication.activePopupWidget() is None:
            for bar in self._hidden:
                bar.hide()


def _is_escape(event: QEvent) -> bool:
    pressed = event.type() == QEvent.Type.KeyPress
    return pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

"""The bars of a window, hidden while a mode wants the page alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

_LOOK_MS = 150
_EDGE = 3  # pixels from the top, within which the pointer asks for the bars
_BELOW = 12


class Bars(QObject):
    """Hides bars while there is a mode without them; an Esc that nobody takes leaves the last one.

    ``bars`` returns those that are visible otherwise. They come while the pointer is at the top
    edge. ``changed`` carries whether they are hidden now.
    """

    changed = Signal(bool)

    def __init__(self, window: QMainWindow, bars: Callable[[], Sequence[QWidget]]) -> None:
        super().__init__(window)
        self._window = window
        self._bars = bars
        self._added: list[QWidget] = []
        self._hidden: list[QWidget] = []
        self._modes: dict[str, Callable[[], object]] = {}
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        window.installEventFilter(self)

    @property
    def are_hidden(self) -> bool:
        """Whether a mode hides the bars."""
        return bool(self._modes)

    def add(self, bar: QWidget) -> None:
        """Hide another bar too from now on."""
        self._added.append(bar)
        if self.are_hidden:
            bar.setVisible(any(each.isVisible() for each in self._hidden))
            self._hidden.append(bar)

    def hide_for(self, mode: str, leave: Callable[[], object]) -> None:
        """Hide the bars for a mode, which ``leave`` ends."""
        was_hidden, self._modes[mode] = self.are_hidden, leave
        if not was_hidden:
            self._hidden = [bar for bar in (*self._bars(), *self._added) if bar.isVisible()]
            for bar in self._hidden:
                bar.hide()
            self._looking.start()
            self.changed.emit(True)

    def give_back(self, mode: str) -> None:
        """Show the bars again if no other mode hides them."""
        if self._modes.pop(mode, None) is not None and not self._modes:
            self._looking.stop()
            self.show_bars()
            self._hidden = []
            self.changed.emit(False)

    def show_bars(self) -> None:
        """Show the bars until the pointer or the keyboard is elsewhere."""
        for bar in self._hidden:
            bar.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the last mode with an Esc that nobody else takes."""
        if self._modes and _is_escape(event):
            [*self._modes.values()][-1]()
            return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """Show the bars while the pointer is at the top, a menu is open or they are used."""
        at = self._window.mapFromGlobal(QCursor.pos())
        inside = self._window.rect().contains(at)
        if not any(bar.isVisible() for bar in self._hidden):
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

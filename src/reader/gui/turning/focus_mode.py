"""Focus mode: the page alone, without bars and panes."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from reader.gui.panes.panes import Panes
from reader.gui.turning.bars import Bars
from reader.gui.viewer.foot import Foot

_MODE = "focus"


class FocusMode(QObject):
    """Shows the page alone, and gives back the window as it was; ``tell`` shows a message."""

    def __init__(
        self, action: QAction, bars: Bars, panes: Panes, foot: Foot, tell: Callable[[str], object]
    ) -> None:
        super().__init__(bars)
        self._action = action
        self._bars = bars
        self._panes = panes
        self._foot = foot
        self._tell = tell
        self._is_told = False
        self.is_on = False
        panes.arranged.connect(self._follow)

    def toggle(self) -> None:
        """Turn focus mode on or off."""
        self._set(not self.is_on)

    def _set(self, on: bool) -> None:
        self.is_on = on
        self._action.setChecked(on)
        self._panes.set_alone(on)
        self._foot.set_quiet(on)
        if on:
            self._bars.hide_for(_MODE, self.toggle)
            self._tell_way_out()
        else:
            self._bars.give_back(_MODE)

    def _follow(self) -> None:
        """Leave when the user goes to the list or the shelves."""
        if self.is_on and not self._panes.is_alone:
            self._set(False)

    def _tell_way_out(self) -> None:
        if not self._is_told:
            self._is_told = True
            keys = self._action.shortcut().toString()
            also = f" or {keys}" if keys else ""
            self._tell(f"Focus mode. Esc{also} leaves it; the toolbar is at the top edge.")

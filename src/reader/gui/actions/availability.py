"""The actions that can be done now, in menus, toolbar and palette."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from reader.gui.actions import conditions, menus

if TYPE_CHECKING:
    from reader.gui.window import Window

_HISTORY_MS = 150


class Availability:
    """The actions of a window, shown as enabled or not.

    The steps that can be undone come a moment after the window, so that it opens at once.
    """

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._knows_history = False
        QTimer.singleShot(_HISTORY_MS, window.viewer, self.show_all)

    def show(self) -> None:
        """Show which actions can be done now."""
        found = conditions.of(self._window, with_history=self._knows_history)
        menus.show_state(self._window.qactions, found)

    def show_all(self) -> None:
        """Show also which steps can be undone."""
        self._knows_history = True
        self.show()

    def prepare(self) -> None:
        """Show the state of the actions, and add those that are found at run time."""
        from reader.gui.appearance import found

        window = self._window
        entries = [*found.own_themes(), *found.presets(window.settings)]
        menus.replace(window, window.qactions, entries, lambda entry: entry.handler(window))
        self.show_all()

"""Actions of tabs, of the second page and of windows."""

from typing import TYPE_CHECKING

from reader.gui.action import Action, Needs, Pane

if TYPE_CHECKING:
    from reader.gui.window import Window


def _open(window: "Window") -> None:
    """Open the selected rows in tabs, or else the row that has the keyboard, or the article."""
    here = window.list.currentIndex().row()
    if window.list.hasFocus() and not window.list.several and here >= 0:
        window.controllers.page.tabs.open_row(here)
    else:
        window.controllers.page.tabs.open_all(window.selection.ids())


ACTIONS: tuple[Action, ...] = (
    Action(
        "tabs.open",
        "Open in New Tab",
        _open,
        menu="View",
        group="tabs",
        keys=("Ctrl+Return",),
        at=(Pane.LIST, Pane.SIDEBAR),
        needs=Needs.LISTED,
    ),
    Action(
        "tabs.next",
        "Next Tab",
        lambda window: window.controllers.page.tabs.step(1),
        menu="View",
        group="tabs",
        keys=("Ctrl+Tab",),
    ),
    Action(
        "tabs.previous",
        "Previous Tab",
        lambda window: window.controllers.page.tabs.step(-1),
        menu="View",
        group="tabs",
        keys=("Ctrl+Shift+Tab",),
    ),
    Action(
        "tabs.close",
        "Close Tab",
        lambda window: window.controllers.page.tabs.close(),
        menu="View",
        group="tabs",
        keys=("Ctrl+W",),
        tip="Close the tab, or the article if there are no tabs",
    ),
    Action(
        "tabs.reopen",
        "Reopen Closed Tab",
        lambda window: window.controllers.page.tabs.reopen(),
        menu="View",
        group="tabs",
        keys=("Ctrl+Shift+T",),
    ),
)

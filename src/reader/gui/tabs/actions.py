"""Actions of tabs, of the second page and of windows."""

from typing import TYPE_CHECKING

from reader.gui.action import Action, Needs, Pane
from reader.gui.list.row import ROW
from reader.model import Row

if TYPE_CHECKING:
    from reader.gui.window import Window


_MOST_WINDOWS = 5


def _ids(window: "Window") -> list[int]:
    """Return the selected rows, or else the row that has the keyboard, or the open article."""
    row = window.list.currentIndex().data(ROW)
    if window.list.hasFocus() and not window.list.several and isinstance(row, Row):
        return [row.id]
    return window.selection.ids()


def _open_beside(window: "Window") -> None:
    for id in _ids(window)[:1]:
        window.controllers.around.tabs.open_beside(id)


def _open_windows(window: "Window") -> None:
    for id in _ids(window)[:_MOST_WINDOWS]:
        window.controllers.around.article_windows.open(id)


ACTIONS: tuple[Action, ...] = (
    Action(
        "tabs.open",
        "Open in New Tab",
        lambda window: window.controllers.around.tabs.open_all(_ids(window)),
        menu="Article",
        group="tabs",
        keys=("Ctrl+Return",),
        at=(Pane.LIST, Pane.SIDEBAR),
        needs=Needs.LISTED,
    ),
    Action(
        "tabs.beside",
        "Open Beside",
        _open_beside,
        menu="Article",
        group="tabs",
        keys=("Ctrl+Alt+Return",),
        tip="Show the article on a second page beside the first",
        needs=Needs.LISTED,
    ),
    Action(
        "tabs.window",
        "Open in New Window",
        _open_windows,
        menu="Article",
        group="tabs",
        keys=("Ctrl+Shift+U",),
        needs=Needs.LISTED,
    ),
    Action(
        "tabs.original",
        "Original Page Beside",
        lambda window: window.controllers.around.beside.toggle_original(),
        menu="Article",
        group="tabs",
        keys=("Ctrl+\\",),
        tip="Show the whole page that the article was made of beside it, or close the second page",
        needs=Needs.ARTICLE,
    ),
    Action(
        "tabs.next",
        "Next Tab",
        lambda window: window.controllers.around.tabs.step(1),
        menu="Article",
        group="tabs",
        keys=("Ctrl+Tab",),
    ),
    Action(
        "tabs.previous",
        "Previous Tab",
        lambda window: window.controllers.around.tabs.step(-1),
        menu="Article",
        group="tabs",
        keys=("Ctrl+Shift+Tab",),
    ),
    Action(
        "tabs.close",
        "Close Tab",
        lambda window: window.controllers.around.tabs.close(),
        menu="Article",
        group="tabs",
        keys=("Ctrl+W",),
        tip="Close the tab, or the article if there are no tabs",
    ),
    Action(
        "tabs.reopen",
        "Reopen Closed Tab",
        lambda window: window.controllers.around.tabs.reopen(),
        menu="Article",
        group="tabs",
        keys=("Ctrl+Shift+T",),
    ),
)

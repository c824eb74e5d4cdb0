"""Actions of the window itself."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "window.quit",
        "Quit",
        lambda window: window.close(),
        menu="File",
        group="quit",
        keys=("Ctrl+Q",),
    ),
    Action(
        "window.select_all",
        "Select All",
        lambda window: window.select_all(),
        menu="Edit",
        group="copy",
        keys=("Ctrl+A",),
    ),
    Action(
        "article.next",
        "Next Article",
        lambda window: window.next_article(),
        menu="Article",
        group="go",
        keys=("J", "N"),
        icon="next",
    ),
    Action(
        "article.previous",
        "Previous Article",
        lambda window: window.previous_article(),
        menu="Article",
        group="go",
        keys=("K", "P"),
        icon="previous",
    ),
    Action(
        "window.show_panes",
        "Shelves and List",
        lambda window: window.fold(),
        menu="View",
        group="panes",
        keys=("F9",),
        checkable=True,
    ),
    Action(
        "window.full_screen",
        "Full Screen",
        lambda window: window.full_screen(),
        menu="View",
        group="panes",
        keys=("F11",),
        checkable=True,
    ),
)

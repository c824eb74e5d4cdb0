"""Actions of the list."""

from reader.gui.action import Action, Pane

ACTIONS: tuple[Action, ...] = (
    Action(
        "list.read",
        "Read",
        lambda window: window.list.read(),
        menu="Article",
        group="go",
        keys=("Ctrl+Return",),
        at=(
            Pane.LIST,
            Pane.SIDEBAR,
        ),
    ),
    Action(
        "list.larger",
        "Larger List Text",
        lambda window: window.list.larger(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    Action(
        "list.smaller",
        "Smaller List Text",
        lambda window: window.list.smaller(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt+-",),
    ),
    Action(
        "list.focus",
        "Go to List",
        lambda window: window.go_to_list(),
        menu="View",
        group="focus",
        keys=("Alt+2",),
    ),
)

"""Actions of the list."""

from reader.gui.action import Action, Needs, Pane

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
        needs=Needs.LISTED,
    ),
    Action(
        "list.larger",
        "Larger Text",
        lambda window: window.list.larger(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    Action(
        "list.smaller",
        "Smaller Text",
        lambda window: window.list.smaller(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt+-",),
    ),
    Action(
        "list.focus",
        "List",
        lambda window: window.list.setFocus(),
        menu="View",
        group="focus",
        keys=("Alt+2",),
    ),
)

"""Actions of the search field."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "search.search",
        "Search All Articles…",
        lambda window: window.controllers.search.focus_field(),
        menu="Edit",
        group="find",
        keys=("Ctrl+Shift+F",),
        icon="find",
        tip="Search all articles",
    ),
    Action(
        "search.card",
        "Help on Searching",
        lambda window: window.controllers.search.show_card(),
        menu="Help",
        group="help",
        keys=("Ctrl+Alt+F",),
        tip="Show what can be searched for",
    ),
)

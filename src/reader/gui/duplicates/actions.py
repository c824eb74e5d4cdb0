"""Actions on duplicates."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "duplicates.find",
        "Find Duplicates…",
        lambda window: window.controllers.duplicates.find(),
        menu="Shelf",
        group="tidy",
        keys=("Ctrl+Shift+D",),
    ),
)

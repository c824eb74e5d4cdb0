"""The action of the statistics."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "statistics.toggle",
        "Statistics",
        lambda window: window.controllers.statistics.toggle(),
        menu="Queue",
        group="session",
        keys=("Ctrl+Shift+S",),
    ),
)

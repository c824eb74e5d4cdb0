"""Actions on the copies of the library."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "backups.show",
        "Backups…",
        lambda window: window.controllers.backups.show(),
        menu="File",
        group="backups",
        keys=("Ctrl+Alt+B",),
        tip="Show the copies of the library, and restore from them",
    ),
    Action(
        "backups.now",
        "Back Up Now",
        lambda window: window.controllers.backups.back_up(),
        menu="File",
        group="backups",
        keys=("Ctrl+Alt+N",),
        tip="Make a copy of the library",
    ),
)

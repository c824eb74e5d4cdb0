"""Actions that import from other programs."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "import.show",
        "Import…",
        lambda window: window.controllers.importing.show(),
        menu="File",
        group="import",
        keys=("Ctrl+I",),
        tip="Take in what another program exported, and see earlier imports",
    ),
)

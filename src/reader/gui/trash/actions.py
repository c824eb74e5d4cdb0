"""Actions that delete for good."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "article.delete",
        "Delete for Good…",
        lambda window: window.controllers.trash.delete(),
        menu="Article",
        group="remove",
        keys=("Shift+Del",),
        needs=Needs.CHOSEN | Needs.IN_TRASH,
    ),
    Action(
        "trash.empty",
        "Empty Trash…",
        lambda window: window.controllers.trash.empty(),
        menu="Shelf",
        group="tidy",
        keys=("Ctrl+Shift+Backspace",),
        needs=Needs.TRASH,
    ),
    Action(
        "trash.choose_days",
        "Days in the Trash…",
        lambda window: window.controllers.trash.choose_days(),
        menu="Shelf",
        group="tidy",
        keys=("Ctrl+Alt+D",),
    ),
)

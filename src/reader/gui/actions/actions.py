"""Actions of the palette and the help."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "palette.open",
        "Command Palette…",
        lambda window: window.controllers.palette.open_palette(),
        menu="Edit",
        group="palette",
        keys=("Ctrl+K",),
    ),
    Action(
        "help.keys",
        "Keys",
        lambda window: window.controllers.help.show_keys(),
        menu="Help",
        group="help",
        keys=("F1", "?"),
    ),
    Action(
        "help.change_keys",
        "Change Keys…",
        lambda window: window.controllers.help.change_keys(),
        menu="Help",
        group="help",
        keys=("Ctrl+F1",),
    ),
    Action(
        "help.about",
        "About Reader",
        lambda window: window.controllers.help.show_about(),
        menu="Help",
        group="help",
        keys=("Shift+F1",),
    ),
)

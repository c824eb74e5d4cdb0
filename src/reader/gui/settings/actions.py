"""The action of the settings window."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "window.settings",
        "Settings…",
        lambda window: window.controllers.preferences.open_settings(),
        menu="Edit",
        group="settings",
        keys=("Ctrl+,",),
        icon="settings",
    ),
)

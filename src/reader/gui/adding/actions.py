"""Actions that add articles."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

from reader.gui.action import Action

if TYPE_CHECKING:
    from reader.gui.window import Window


def _button_of(window: "Window") -> QToolButton | None:
    """Return the visible button of the action, None if the window shows none."""
    action = window.qactions["add.url"]
    buttons = window.findChildren(QToolButton)
    return next(
        (each for each in buttons if each.defaultAction() is action and each.isVisible()), None
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "add.url",
        "Add…",
        lambda window: window.controllers.adding.open_sheet(_button_of(window)),
        menu="File",
        group="add",
        keys=("Ctrl+L", "Ctrl+N"),
        icon="add",
        tip="Add addresses, files or folders",
    ),
    Action(
        "add.files",
        "Add Files…",
        lambda window: window.controllers.adding.add_files(),
        menu="File",
        group="add",
        keys=("Ctrl+O",),
        tip="Add articles from files",
    ),
    Action(
        "add.folder",
        "Add Folder…",
        lambda window: window.controllers.adding.add_folder(),
        menu="File",
        group="add",
        keys=("Ctrl+Shift+O",),
    ),
    Action(
        "add.watch_folder",
        "Watch a Folder…",
        lambda window: window.controllers.adding.watching.choose(),
        menu="File",
        group="add",
        keys=("Ctrl+Shift+W",),
        checkable=True,
        tip="Add files automatically when they are saved into a folder",
    ),
    Action(
        "add.paste",
        "Add from Clipboard",
        lambda window: window.controllers.adding.paste(),
        menu="File",
        group="add",
        keys=("Ctrl+V",),
    ),
    Action(
        "article.download_again",
        "Download Again",
        lambda window: window.controllers.adding.download_again(),
        menu="Article",
        group="text",
        keys=("Ctrl+R",),
    ),
)

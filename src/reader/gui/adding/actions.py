"""Actions that add articles."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "add.url",
        "Save Address…",
        lambda window: window.controllers.adding.save_address(),
        menu="File",
        group="add",
        keys=("Ctrl+L",),
    ),
    Action(
        "add.files",
        "Add Files…",
        lambda window: window.controllers.adding.add_files(),
        menu="File",
        group="add",
        keys=("Ctrl+O",),
        icon="add",
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
        group="repair",
        keys=("Ctrl+R",),
        needs=Needs.CHOSEN | Needs.WEB,
    ),
)

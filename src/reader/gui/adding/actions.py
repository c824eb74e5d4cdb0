"""Actions that add articles."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "add.url",
        "Add…",
        lambda window: window.controllers.adding.open_sheet(window.toolbar.add),
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
        group="repair",
        keys=("Ctrl+R",),
        needs=Needs.CHOSEN | Needs.WEB,
    ),
)

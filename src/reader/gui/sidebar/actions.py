"""Actions of the sidebar and its shelves."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "sidebar.go_to_site",
        "Go to Site…",
        lambda window: window.controllers.shelf_editing.go_to_site(),
        menu="Shelf",
        group="go",
        keys=("Ctrl+Shift+I",),
    ),
    Action(
        "search.save",
        "Save a Search…",
        lambda window: window.controllers.shelf_editing.save_search(),
        menu="Shelf",
        group="go",
        keys=("Ctrl+Shift+B",),
    ),
    Action(
        "shelf.rename",
        "Rename…",
        lambda window: window.controllers.shelf_editing.rename(),
        menu="Shelf",
        group="change",
        keys=("Shift+F2",),
    ),
    Action(
        "shelf.change_search",
        "Change Search…",
        lambda window: window.controllers.shelf_editing.change_search(),
        menu="Shelf",
        group="change",
        keys=("Ctrl+F2",),
    ),
    Action(
        "shelf.colour",
        "Colour…",
        lambda window: window.controllers.shelf_editing.colour(),
        menu="Shelf",
        group="change",
        keys=("Ctrl+Shift+C",),
    ),
    Action(
        "shelf.move_up",
        "Move Up",
        lambda window: window.controllers.shelf_editing.move_up(),
        menu="Shelf",
        group="change",
        keys=("Ctrl+Shift+Up",),
    ),
    Action(
        "shelf.move_down",
        "Move Down",
        lambda window: window.controllers.shelf_editing.move_down(),
        menu="Shelf",
        group="change",
        keys=("Ctrl+Shift+Down",),
    ),
    Action(
        "shelf.delete",
        "Delete…",
        lambda window: window.controllers.shelf_editing.delete(),
        menu="Shelf",
        group="change",
        keys=("Ctrl+Shift+Del",),
    ),
    Action(
        "sidebar.focus",
        "Go to Shelves",
        lambda window: window.go_to_sidebar(),
        menu="View",
        group="focus",
        keys=("Alt+1",),
    ),
)

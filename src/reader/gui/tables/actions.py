"""Actions on the tables of the page."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "tables.open",
        "Open Table",
        lambda window: window.controllers.page_in_use.tables.open_nearest(),
        menu="View",
        group="turning",
        keys=("Ctrl+Shift+N",),
        tip="Open the table that is seen in a window, to sort, filter and copy it",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
)

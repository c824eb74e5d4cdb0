"""Actions about the place in the article."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "contents.toggle",
        "Contents",
        lambda window: window.controllers.around.contents.toggle(),
        menu="View",
        group="panes",
        keys=("Shift+F9",),
        icon="contents",
        checkable=True,
        tip="The headings of the article",
        needs=Needs.ARTICLE | Needs.TEXT,
    ),
    Action(
        "contents.focus",
        "Contents of the Article",
        lambda window: window.controllers.around.contents.go_to(),
        menu="View",
        group="focus",
        keys=("Alt+4",),
        needs=Needs.ARTICLE | Needs.TEXT,
    ),
    Action(
        "place.jump",
        "Go to Percent…",
        lambda window: window.controllers.page_in_use.places.jump(),
        menu="View",
        group="scroll",
        keys=("Ctrl+D",),
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
    Action(
        "place.furthest",
        "Furthest Place",
        lambda window: window.controllers.page_in_use.places.go_to_furthest(),
        menu="View",
        group="scroll",
        keys=("Ctrl+Alt+End",),
        tip="Go to the furthest place that you have read",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
    Action(
        "place.start_again",
        "Start Again",
        lambda window: window.controllers.page_in_use.places.start_again(),
        menu="View",
        group="scroll",
        keys=("Ctrl+Home",),
        tip="Begin the article anew, and keep the furthest place",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
)

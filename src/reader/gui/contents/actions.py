"""Actions about the place in the article."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "contents.toggle",
        "Contents",
        lambda window: window.controllers.page.contents.toggle(),
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
        lambda window: window.controllers.page.contents.go_to(),
        menu="View",
        group="focus",
        keys=("Alt+4",),
        needs=Needs.ARTICLE | Needs.TEXT,
    ),
)

"""Actions on the pictures of the page."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "pictures.enlarge",
        "Enlarge Picture",
        lambda window: window.controllers.page_in_use.pictures.enlarge_nearest(),
        menu="View",
        group="turning",
        keys=("Ctrl+Shift+V",),
        icon="picture",
        tip="Enlarge the picture that is seen; arrows go on to the others",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
)

"""Actions on missing texts."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "texts.missing",
        "Missing Texts…",
        lambda window: window.controllers.missing_texts.show(),
        menu="File",
        group="import",
        tip="See which texts wait or do not come, and why",
    ),
    Action(
        "article.look_in_archive",
        "Look in the Internet Archive",
        lambda window: window.controllers.missing_texts.look_for_chosen(),
        menu="Article",
        group="repair",
        needs=Needs.CHOSEN | Needs.WEB,
        tip="Send the address to archive.org, and take the text of its copy",
    ),
)

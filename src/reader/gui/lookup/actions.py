"""Actions on words."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "word.look_up",
        "Look Up",
        lambda window: window.controllers.page_in_use.look_up.look_up(),
        menu="Edit",
        group="words",
        keys=("D",),
        tip="Look up the selected word, or the one under the pointer, in your dictionaries",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
    Action(
        "word.vocabulary",
        "Vocabulary…",
        lambda window: window.controllers.around.vocabulary.show(),
        menu="Edit",
        group="words",
        keys=("Ctrl+Shift+A",),
        tip="The words that were looked up, with their sentences",
    ),
)

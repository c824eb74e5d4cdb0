"""Undo, redo and the list of all steps."""

from typing import TYPE_CHECKING

from reader.gui.action import Action, Needs

if TYPE_CHECKING:
    from reader.gui.window import Window


def _show(window: "Window", article: int = 0) -> None:
    from reader.gui.history.dialog import HistoryDialog  # imported lazily for a fast start
    from reader.gui.widgets.dialogs import passing

    context = window.context
    dialog = HistoryDialog(context.library, context.jobs, context.history, article, window)
    dialog.article_chosen.connect(window.navigation.open_listed)
    with passing(dialog):
        pass


def _show_of_article(window: "Window") -> None:
    ids = window.selection.ids()
    _show(window, ids[0] if ids else 0)


ACTIONS: tuple[Action, ...] = (
    Action(
        "history.undo",
        "Undo",
        lambda window: window.context.history.undo(),
        menu="Edit",
        group="undo",
        keys=("Ctrl+Z",),
        icon="undo",
        needs=Needs.UNDO,
    ),
    Action(
        "history.redo",
        "Redo",
        lambda window: window.context.history.redo(),
        menu="Edit",
        group="undo",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
        needs=Needs.REDO,
    ),
    Action(
        "history.show",
        "History…",
        _show,
        menu="Edit",
        group="undo",
        keys=("Ctrl+Shift+H",),
        tip="All steps, and which of them can be undone",
    ),
    Action(
        "history.show_article",
        "History of This Article…",
        _show_of_article,
        menu="Article",
        group="repair",
        keys=("Ctrl+Alt+H",),
        needs=Needs.CHOSEN,
    ),
)

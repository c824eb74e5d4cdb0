"""Actions of the list."""

from typing import TYPE_CHECKING

from reader.gui.action import Action, Needs, Pane

if TYPE_CHECKING:
    from reader.gui.window import Window


def show_form(window: "Window") -> None:
    """Show the rows of the list in the form of the settings."""
    settings, actions = window.settings, window.qactions
    compact = settings.density == "compact"
    window.list.set_form(compact=compact, excerpt=settings.excerpt)
    actions["list.compact"].setChecked(compact)
    actions["list.excerpt"].setChecked(settings.excerpt)


def _toggle_density(window: "Window") -> None:
    compact = window.settings.density == "compact"
    window.context.settings.update(density="comfortable" if compact else "compact")


def _toggle_excerpt(window: "Window") -> None:
    window.context.settings.update(excerpt=not window.settings.excerpt)


ACTIONS: tuple[Action, ...] = (
    Action(
        "list.read",
        "Read",
        lambda window: window.list.read(),
        menu="Article",
        group="go",
        keys=("Shift+Return",),
        at=(
            Pane.LIST,
            Pane.SIDEBAR,
        ),
        needs=Needs.LISTED,
    ),
    Action(
        "list.larger",
        "Larger Text",
        lambda window: window.list.larger(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    Action(
        "list.smaller",
        "Smaller Text",
        lambda window: window.list.smaller(),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt+-",),
    ),
    Action(
        "list.compact",
        "Compact Rows",
        lambda window: _toggle_density(window),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt+C",),
        checkable=True,
        tip="Show each article of the list in one line, or with its picture and site",
    ),
    Action(
        "list.excerpt",
        "Show Excerpts",
        lambda window: _toggle_excerpt(window),
        menu="View",
        group="list_text",
        keys=("Ctrl+Alt+X",),
        checkable=True,
        tip="Show the beginning of each article in the list",
    ),
    Action(
        "list.jump",
        "Jump to Title…",
        lambda window: window.controllers.jump.open(),
        menu="View",
        group="focus",
        keys=("Ctrl+J",),
        tip="Type the beginning of a title in the list",
    ),
    Action(
        "list.focus",
        "List",
        lambda window: window.go_to_list(),
        menu="View",
        group="focus",
        keys=("Alt+2",),
    ),
)

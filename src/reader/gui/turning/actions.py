"""Actions that turn pages, scroll, and show the page alone."""

from typing import TYPE_CHECKING

from reader.gui.action import Action, Needs

if TYPE_CHECKING:
    from reader.gui.window import Window

SHOWN = frozenset({"paged", "columns", "ruler", "ruler_lines"})
"""The settings that ``show_turning`` shows."""
_MOST_LINES = 7


def show_turning(window: "Window") -> None:
    """Show the pages as the settings have it: turned or scrolled, with or without a ruler."""
    settings, actions = window.settings, window.qactions
    actions["page.paged"].setChecked(settings.paged)
    actions["page.columns"].setChecked(settings.paged and settings.columns > 1)
    actions["page.ruler"].setChecked(settings.ruler)
    for page in window.controllers.pages:
        page.show_turning(settings)


def _toggle_paged(window: "Window") -> None:
    window.context.settings.update(paged=not window.settings.paged)


def _toggle_columns(window: "Window") -> None:
    """Choose two columns, which are of pages, or one."""
    settings = window.settings
    two = not (settings.paged and settings.columns > 1)
    window.context.settings.update(paged=True, columns=2 if two else 1)


def _toggle_ruler(window: "Window") -> None:
    window.context.settings.update(ruler=not window.settings.ruler)


def _higher_ruler(window: "Window") -> None:
    """Show the ruler, with two lines more; after the most, with one."""
    settings = window.settings
    lines = settings.ruler_lines
    if settings.ruler:
        lines = lines + 2 if lines + 2 <= _MOST_LINES else 1
    window.context.settings.update(ruler=True, ruler_lines=lines)


ACTIONS: tuple[Action, ...] = (
    Action(
        "page.paged",
        "Turn Pages",
        _toggle_paged,
        menu="View",
        group="turning",
        keys=("Ctrl+Alt+P",),
        checkable=True,
        tip="Turn pages instead of scrolling",
        on_page=True,
    ),
    Action(
        "page.columns",
        "Two Columns",
        _toggle_columns,
        menu="View",
        group="turning",
        keys=("Ctrl+Alt+O",),
        checkable=True,
        tip="Turn pages of two columns, if the window is wide enough",
        on_page=True,
    ),
    Action(
        "page.autoscroll",
        "Scroll by Itself",
        lambda window: window.controllers.page_in_use.autoscroll.toggle(),
        menu="View",
        group="turning",
        keys=("Ctrl+Alt+G",),
        tip="Begin or stop; + and − change the speed",
        needs=Needs.ARTICLE | Needs.TEXT,
        on_page=True,
    ),
    Action(
        "page.ruler",
        "Reading Ruler",
        _toggle_ruler,
        menu="View",
        group="turning",
        keys=("Ctrl+Alt+Y",),
        checkable=True,
        tip="Dim all but some lines, which follow the pointer, Up and Down",
        on_page=True,
    ),
    Action(
        "page.ruler_lines",
        "Lines of the Ruler",
        _higher_ruler,
        menu="View",
        group="turning",
        keys=("Ctrl+Alt+Shift+Y",),
        tip="One line, three, five or seven",
        on_page=True,
    ),
    Action(
        "window.focus_mode",
        "Focus Mode",
        lambda window: window.controllers.around.focus_mode.toggle(),
        menu="View",
        group="turning",
        keys=("Shift+F11",),
        checkable=True,
        tip="Show the page alone",
    ),
)

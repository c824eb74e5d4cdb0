"""The table of all actions: the source of menus, toolbar, help, palette and README."""

from collections.abc import Mapping
from types import MappingProxyType

from reader.gui import window_actions
from reader.gui.action import Action
from reader.gui.actions import actions as help_actions
from reader.gui.adding import actions as adding
from reader.gui.cleanup import actions as cleanup
from reader.gui.duplicates import actions as duplicates
from reader.gui.editing import actions as editing
from reader.gui.list import actions as article_list
from reader.gui.printing import actions as printing
from reader.gui.search import actions as search
from reader.gui.session import actions as session
from reader.gui.settings import actions as settings
from reader.gui.sidebar import actions as sidebar
from reader.gui.statistics import actions as statistics
from reader.gui.trash import actions as trash
from reader.gui.viewer import actions as viewer

MENUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "File": ("add", "print", "quit"),
        "Edit": ("undo", "copy", "find", "palette", "settings"),
        "Article": ("state", "text", "go", "remove"),
        "Queue": ("order", "session"),
        "Shelf": ("go", "change", "tidy"),
        "View": ("zoom", "list_text", "panes", "scroll", "focus"),
        "Help": ("help",),
    }
)
"""The menus, each with its groups; a separator stands between two groups."""

_ROOMS = (
    editing.ACTIONS,
    cleanup.ACTIONS,
    adding.ACTIONS,
    printing.ACTIONS,
    search.ACTIONS,
    viewer.ACTIONS,
    article_list.ACTIONS,
    window_actions.ACTIONS,
    session.ACTIONS,
    sidebar.ACTIONS,
    duplicates.ACTIONS,
    trash.ACTIONS,
    statistics.ACTIONS,
    settings.ACTIONS,
    help_actions.ACTIONS,
)
_PLACES = [(menu, group) for menu, groups in MENUS.items() for group in groups]

ACTIONS: tuple[Action, ...] = tuple(
    sorted(
        (action for room in _ROOMS for action in room),
        key=lambda action: _PLACES.index((action.menu, action.group)),
    )
)
"""All actions in the order of the menus; within a group, in the order of the rooms."""

VIM_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "list.read": ("O",),
        "page.to_start": ("G, G",),
        "page.to_end": ("Shift+G",),
    }
)
"""Additional keys by the ids of their actions, for users of vim."""

MORE_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "From the list to the page"),
    ("Dragging", "Move articles in the queue"),
    ("Ctrl+Wheel", "Zoom"),
    ("Menu, Shift+F10", "Menu of the selected articles"),
    ("Esc", "Close the find bar, the palette, the statistics"),
)
"""Keys without an action, for the help sheet."""

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the ids of their actions."""


def keys_of_menus(keys: Keys) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the help sheet: each menu with (keys, text) of its actions."""
    sheet = [(menu, _keys(menu, keys)) for menu in MENUS]
    return [*sheet, ("Reading", list(MORE_KEYS))]


def _keys(menu: str, keys: Keys) -> list[tuple[str, str]]:
    actions = [action for action in ACTIONS if action.menu == menu and keys.get(action.id)]
    return [(", ".join(keys[action.id]), action.text.rstrip("…")) for action in actions]

"""The table of all actions: the source of menus, toolbar, help, palette and README."""

from collections.abc import Mapping
from types import MappingProxyType

from reader.gui import window_actions
from reader.gui.action import Action
from reader.gui.actions import actions as help_actions
from reader.gui.adding import actions as adding
from reader.gui.appearance import actions as appearance
from reader.gui.backups import actions as backups
from reader.gui.cleanup import actions as cleanup
from reader.gui.contents import actions as contents
from reader.gui.duplicates import actions as duplicates
from reader.gui.editing import actions as editing
from reader.gui.exporting import actions as exporting
from reader.gui.failures import actions as failures
from reader.gui.history import actions as history
from reader.gui.importing import actions as importing
from reader.gui.list import actions as article_list
from reader.gui.lookup import actions as lookup
from reader.gui.pictures import actions as pictures
from reader.gui.printing import actions as printing
from reader.gui.search import actions as search
from reader.gui.session import actions as session
from reader.gui.settings import actions as settings
from reader.gui.sidebar import actions as sidebar
from reader.gui.statistics import actions as statistics
from reader.gui.tables import actions as tables
from reader.gui.tabs import actions as tabs
from reader.gui.trash import actions as trash
from reader.gui.turning import actions as turning
from reader.gui.viewer import actions as viewer

MENUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "File": ("add", "import", "export", "print", "backups", "quit"),
        "Edit": ("undo", "copy", "find", "words", "palette", "settings"),
        "Article": ("state", "text", "repair", "go", "tabs", "remove"),
        "Queue": ("order", "session"),
        "Shelf": ("go", "change", "tidy"),
        "View": (
            "zoom", "look", "theme", "column", "list_text", "turning", "panes", "scroll", "focus",
        ),
        "Help": ("help",),
    }
)  # fmt: skip
"""The menus, each with its groups; a separator stands between two groups."""

SUBMENUS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Edit", "find"): "Find",
        ("Edit", "words"): "Words",
        ("Article", "repair"): "Repair",
        ("Article", "go"): "Go",
        ("Article", "tabs"): "Tabs and Windows",
        ("View", "theme"): "Theme",
        ("View", "column"): "Typeface and Column",
        ("View", "look"): "Look",
        ("View", "list_text"): "List",
        ("View", "turning"): "Reading",
        ("View", "scroll"): "Scroll",
        ("View", "focus"): "Go To",
    }
)
"""The groups that are submenus, with their titles; no separator stands before them."""

_ROOMS = (
    history.ACTIONS,
    editing.ACTIONS,
    cleanup.ACTIONS,
    adding.ACTIONS,
    importing.ACTIONS,
    failures.ACTIONS,
    exporting.ACTIONS,
    printing.ACTIONS,
    backups.ACTIONS,
    search.ACTIONS,
    viewer.ACTIONS,
    contents.ACTIONS,
    turning.ACTIONS,
    lookup.ACTIONS,
    appearance.ACTIONS,
    pictures.ACTIONS,
    tables.ACTIONS,
    article_list.ACTIONS,
    window_actions.ACTIONS,
    tabs.ACTIONS,
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
    ("Menu", "Menu of what has the keyboard"),
    ("Alt", "The menus, by their underlined letters"),
    ("Esc", "Close the find bar, the palette, the statistics; leave full screen"),
)
"""Keys without an action, for the help sheet."""

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the ids of their actions."""


def submenu_of(action: Action) -> str:
    """Return the title of the submenu of an action, ``""`` if it stands in the menu itself."""
    return SUBMENUS.get((action.menu, action.group), "")


def name_of(action: Action) -> str:
    """Return the name of an action outside of its menu: ``Theme: Dark``, ``Find Next``."""
    title = submenu_of(action)
    return f"{title}: {action.plain}" if title and title not in action.plain else action.plain


def sheet_of(keys: Keys) -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """Return the help sheet: each menu with the keys and the name of its actions."""
    more: list[tuple[tuple[str, ...], str]] = [((keys,), text) for keys, text in MORE_KEYS]
    return [*((menu, _with_keys(menu, keys)) for menu in MENUS), ("Reading", more)]


def keys_of_menus(keys: Keys) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the help sheet with the keys of each action as one text."""
    return [
        (menu, [(", ".join(had), text) for had, text in lines]) for menu, lines in sheet_of(keys)
    ]


def _with_keys(menu: str, keys: Keys) -> list[tuple[tuple[str, ...], str]]:
    actions = [action for action in ACTIONS if action.menu == menu and keys.get(action.id)]
    return [(tuple(keys[action.id]), name_of(action)) for action in actions]

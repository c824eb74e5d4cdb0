"""THE table of everything a person can do: menus, toolbar, help sheet and README come from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Action(NamedTuple):
    """One thing to do.

    ``does`` is the way from the window to the method that does it (``viewer.zoom_in``), and
    names the action;
    ``keys`` are shortcuts in Qt's portable text, the first is shown; ``menu`` is the
    menu it stands in, ``""`` for none; ``checkable`` ones show a state. Where ``at`` names parts
    of the window, the keys count only while one of them has the keyboard: Space presses buttons.
    """

    does: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    tip: str = ""
    at: tuple[str, ...] = ()


MENUS = ("File", "Edit", "Article", "Queue", "Shelf", "View", "Help")


def _line(menu: str) -> Action:
    return Action("", "", menu)


_READING = ("viewer", "list", "shelves")

ACTIONS: tuple[Action, ...] = (
    Action("adding.save_address", "Save Address…", "File", ("Ctrl+L",)),
    Action(
        "adding.add_files", "Add Files…", "File", ("Ctrl+O",), "add", tip="Add articles from files"
    ),
    Action("adding.add_folder", "Add Folder…", "File", ("Ctrl+Shift+O",)),
    Action(
        "adding.watching.choose",
        "Watch a Folder…",
        "File",
        ("Ctrl+Shift+W",),
        checkable=True,
        tip="Let what is saved into a folder come in by itself",
    ),
    Action("adding.paste", "Add from Clipboard", "File", ("Ctrl+V",)),
    _line("File"),
    Action("paper.print_article", "Print…", "File", ("Ctrl+P",), "print"),
    Action("paper.save_pdf", "Save as PDF…", "File", ("Ctrl+Shift+P",), "pdf"),
    _line("File"),
    Action("close", "Quit", "File", ("Ctrl+Q",)),
    Action("changes.undo", "Undo", "Edit", ("Ctrl+Z",), "undo"),
    Action("changes.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    _line("Edit"),
    Action("viewer.copy", "Copy", "Edit", ("Ctrl+C",), "copy"),
    Action("select_all", "Select All", "Edit", ("Ctrl+A",)),
    _line("Edit"),
    Action(
        "searching.focus_field",
        "Search All Articles…",
        "Edit",
        ("Ctrl+Shift+F",),
        "find",
        tip="Search all articles",
    ),
    Action("find_bar.open_bar", "Find in Article…", "Edit", ("Ctrl+F", "/"), "find"),
    Action("find_bar.find_next", "Find Next", "Edit", ("F3", "Ctrl+G")),
    Action("find_bar.find_previous", "Find Previous", "Edit", ("Shift+F3", "Ctrl+Shift+G")),
    _line("Edit"),
    Action("commands.open_palette", "Command Palette…", "Edit", ("Ctrl+K",)),
    Action(
        "changes.read_later",
        "Read Later",
        "Article",
        ("L",),
        "read-later",
        checkable=True,
        tip="Put the article into the queue, or take it out",
    ),
    Action(
        "changes.archive",
        "Archive",
        "Article",
        ("E",),
        "archive",
        tip="Done with it: archive, and from the queue on to the next",
    ),
    Action("changes.favourite", "Favourite", "Article", ("S",), "favourite", checkable=True),
    Action("changes.edit_tags", "Tags…", "Article", ("T",), "tag"),
    Action("changes.rename", "Edit Title…", "Article", ("F2",)),
    _line("Article"),
    Action("care.clean_up", "Clean Up…", "Article", ("Ctrl+E",)),
    Action("care.open_rules", "Rules for Sites…", "Article", ("Ctrl+Alt+R",)),
    Action("care.whole_page", "Show Whole Page", "Article", ("Ctrl+Shift+E",)),
    Action("care.older_texts", "Older Texts…", "Article", ("Ctrl+Alt+T",)),
    Action("care.extract_again", "Extract Again", "Article", ("Ctrl+Alt+E",)),
    Action("care.fetch_missing", "Fetch Missing Pictures", "Article", ("Ctrl+Alt+M",)),
    Action("adding.download_again", "Download Again", "Article", ("Ctrl+R",)),
    Action("care.open_original", "Open Original", "Article", ("V",)),
    _line("Article"),
    Action("list.read", "Read", "Article", ("Ctrl+Return",), at=("list", "shelves")),
    Action("next_article", "Next Article", "Article", ("J", "N"), "next"),
    Action("previous_article", "Previous Article", "Article", ("K", "P"), "previous"),
    _line("Article"),
    Action("changes.trash", "Move to Trash", "Article", ("Del",), "trash"),
    Action("changes.restore", "Restore from Trash", "Article", ("Ctrl+Shift+R",), "restore"),
    Action("emptying.delete", "Delete for Good…", "Article", ("Shift+Del",)),
    Action("changes.next_up", "Next Up", "Queue", ("U",), tip="Behind the article that is read"),
    Action("changes.to_top", "To Top", "Queue", ("Alt+Home",)),
    Action("changes.to_end", "To End", "Queue", ("Alt+End",)),
    Action("changes.move_up", "Move Up", "Queue", ("Alt+Up",)),
    Action("changes.move_down", "Move Down", "Queue", ("Alt+Down",)),
    _line("Queue"),
    Action("session.begin", "I Have 20 Minutes…", "Queue", ("Ctrl+M",)),
    Action(
        "session.stop",
        "End the Session",
        "Queue",
        ("Ctrl+Shift+M",),
        tip="End the session; what was not read stays in the queue",
    ),
    Action("session.surprise", "Surprise Me", "Queue", ("R",)),
    Action("shelving.go_to_site", "Go to Site…", "Shelf", ("Ctrl+Shift+I",)),
    Action("shelving.save_search", "Save a Search…", "Shelf", ("Ctrl+Shift+B",)),
    _line("Shelf"),
    Action("shelving.rename", "Rename…", "Shelf", ("Shift+F2",)),
    Action("shelving.change_search", "Change Search…", "Shelf", ("Ctrl+F2",)),
    Action("shelving.colour", "Colour…", "Shelf", ("Ctrl+Shift+C",)),
    Action("shelving.move_up", "Move Up", "Shelf", ("Ctrl+Shift+Up",)),
    Action("shelving.move_down", "Move Down", "Shelf", ("Ctrl+Shift+Down",)),
    Action("shelving.delete", "Delete…", "Shelf", ("Ctrl+Shift+Del",)),
    _line("Shelf"),
    Action("doubles.find", "Find Duplicates…", "Shelf", ("Ctrl+Shift+D",)),
    Action("emptying.empty", "Empty Trash…", "Shelf", ("Ctrl+Shift+Backspace",)),
    Action("emptying.choose_days", "Days in the Trash…", "Shelf", ("Ctrl+Alt+D",)),
    Action("viewer.zoom_in", "Zoom In", "View", ("Ctrl++", "Ctrl+="), "zoom-in"),
    Action("viewer.zoom_out", "Zoom Out", "View", ("Ctrl+-",), "zoom-out"),
    Action("viewer.reset_zoom", "Reset Zoom", "View", ("Ctrl+0",), "zoom-reset"),
    _line("View"),
    Action("list.larger", "Larger List Text", "View", ("Ctrl+Alt++", "Ctrl+Alt+=")),
    Action("list.smaller", "Smaller List Text", "View", ("Ctrl+Alt+-",)),
    _line("View"),
    Action("fold", "Shelves and List", "View", ("F9",), checkable=True),
    Action("full_screen", "Full Screen", "View", ("F11",), checkable=True),
    Action("statistics.toggle", "Statistics", "View", ("Ctrl+Shift+S",)),
    _line("View"),
    Action("keyboard.page_on", "Page On", "View", ("Space",), at=_READING),
    Action("keyboard.page_back", "Page Back", "View", ("Shift+Space",), at=_READING),
    Action("keyboard.to_start", "Beginning of Article", "View", ("Home",), at=("viewer",)),
    Action("keyboard.to_end", "End of Article", "View", ("End",), at=("viewer",)),
    Action("viewer.go_back", "Back from a Note", "View", ("Alt+Left", "Backspace"), at=("viewer",)),
    _line("View"),
    Action("shelves.setFocus", "Go to Shelves", "View", ("Alt+1",)),
    Action("list.setFocus", "Go to List", "View", ("Alt+2",)),
    Action("viewer.setFocus", "Go to Page", "View", ("Alt+3",)),
    Action("help.show_keys", "Keys", "Help", ("F1", "?")),
    Action("keyboard.change_keys", "Change Keys…", "Help", ("Ctrl+F1",)),
    Action("help.show_about", "About Reader", "Help", ("Shift+F1",)),
)

TOOLBAR: tuple[str, ...] = (
    "adding.add_files",
    "",
    "changes.read_later",
    "changes.archive",
    "changes.favourite",
    "changes.edit_tags",
    "changes.trash",
    " ",
    "previous_article",
    "next_article",
    "",
    "viewer.zoom_out",
    "viewer.reset_zoom",
    "viewer.zoom_in",
    "",
    "find_bar.open_bar",
    "paper.print_article",
    "paper.save_pdf",
)
"""Ways of actions; ``""`` is a line, ``" "`` takes the room that is left."""

VIM_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "list.read": ("O",),
        "keyboard.to_start": ("G, G",),
        "keyboard.to_end": ("Shift+G",),
    }
)
"""More keys by the ways of their actions, for people who like those of vim; J and K are there."""

MORE_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "From the list to the page"),
    ("Dragging", "In the queue: to another place"),
    ("Ctrl+Wheel", "Zoom"),
    ("Menu, Shift+F10", "What can be done with the chosen articles"),
    ("Esc", "Close the find bar, the palette, the statistics"),
)
"""Keys that are no action of their own, for the help sheet."""

Keys = Mapping[str, tuple[str, ...]]
"""Keys by the ways of their actions."""


def keys_of_menus(keys: Keys) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the help sheet shows: menus with (keys, text) of their actions."""
    sheet = [(menu, _keys(menu, keys)) for menu in MENUS]
    return [*sheet, ("Reading", list(MORE_KEYS))]


def _keys(menu: str, keys: Keys) -> list[tuple[str, str]]:
    found = [each for each in ACTIONS if each.menu == menu and keys.get(each.does)]
    return [(", ".join(keys[each.does]), each.text.rstrip("…")) for each in found]

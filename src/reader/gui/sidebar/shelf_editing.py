"""Editing of shelves: rename, colour, move and delete tags and saved searches."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu

from reader import phrases
from reader.gui.context import Context
from reader.gui.list.row import plain
from reader.gui.sidebar.lines import ALL_SITES, Line, Shelf
from reader.gui.sidebar.row import colour_of
from reader.gui.sidebar.shelves import Shelves
from reader.gui.widgets import theme
from reader.gui.widgets.dialogs import confirmed, passing
from reader.gui.widgets.plain_text import literal
from reader.library.shelves.tag_store import clean
from reader.library.shelves.tags import COLOURS

_WIDE = 420
_PRINT = ("print.print",)
_OF_SHELVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "queue": ("session.begin", "session.surprise"),
        "all": ("duplicates.find",),
        "archive": ("duplicates.find",),
        "trash": ("trash.empty", "trash.choose_days"),
    }
)
_OF_SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "section:saved": ("search.save",),
        "section:sites": ("sidebar.go_to_site", "cleanup.open_rules"),
        ALL_SITES: ("sidebar.go_to_site", "cleanup.open_rules"),
    }
)
_ONLY = "Only tags and saved searches can be changed. Select one in the sidebar."


class ShelfEditing:
    """Edits the selected shelf; each change is an undo step.

    ``actions`` are Qt's actions by their ids, for the context menu; ``question`` returns the text
    of the search field.
    """

    def __init__(
        self,
        context: Context,
        shelves: Shelves,
        actions: Mapping[str, QAction],
        question: Callable[[], str],
    ) -> None:
        self._window = context.window
        self._library = context.library
        self._messages = context.messages
        self._history = context.history
        self._shelves = shelves
        self._actions = actions
        self._question = question

    # ---- sites

    def go_to_site(self) -> None:
        """Let the user choose a site, and show its shelf."""
        from reader.gui.sidebar.name_dialog import NameDialog

        sites = self._library.counting.sites()
        dialog = NameDialog(sites, "Go to Site", "Find a site", self._window)
        with passing(dialog) as accepted:
            site = dialog.name
        if accepted and site:
            self._shelves.select(f"site:{site}")

    # ---- tags and saved searches

    def rename(self) -> None:
        """Rename the tag or saved search."""
        shelf = self._chosen()
        if shelf is None:
            return
        title = "Rename Tag" if shelf.query.tag else "Rename Search"
        hint = "A slash puts a tag inside another.\nThe name of another tag merges the two."
        label = f"Name of the tag:\n{hint}" if shelf.query.tag else "Name of the search:"
        name = self._ask(title, label, shelf.title)
        if not name or name == shelf.title:
            return
        if shelf.query.tag:
            name = clean(name)
            change = partial(self._library.tags.rename, shelf.query.tag, name)
            self._history.run(change, lambda _: self._shelves.select(f"tag:{name}"))
        else:
            self._history.run(partial(self._library.saved.rename, _uid(shelf), name))

    def colour(self) -> None:
        """Let the user choose a colour for the tag."""
        shelf = self._chosen(only_tags=True)
        if shelf is not None:
            menu = self._colours(shelf, QMenu(self._window))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._shelves.place_of_menu())

    def delete(self) -> None:
        """Remove the tag from all articles, or delete the saved search."""
        shelf = self._chosen()
        if shelf is None:
            return
        if not shelf.query.tag:
            self._history.run(partial(self._library.saved.delete, _uid(shelf)))
            self._shelves.select("queue")
            return
        tag, count = shelf.query.tag, self._library.count(shelf.query)
        within = any(other.startswith(f"{tag}/") for other, _ in self._library.counts().tags)
        name = f"“{tag}” and the tags inside it" if within else f"“{tag}”"
        text = f"Remove the tag {name} from {phrases.plural(count, 'article')}?"
        if confirmed(self._window, text, "The articles stay. You can undo it.", "Delete"):
            self._history.run(partial(self._library.tags.delete, tag))
            self._shelves.select("queue")

    def save_search(self) -> None:
        """Ask for a search and its name, and save it as a shelf."""
        told = self._ask_search("Save a Search", "", self._question())
        if told is not None:
            self._history.run(partial(self._library.saved.add, *told))

    def change_search(self) -> None:
        """Change the text of the saved search, and its name."""
        shelf = self._chosen()
        if shelf is None or not shelf.question:
            return
        told = self._ask_search("Change Search", shelf.title, shelf.question)
        if told is None:
            return
        uid, (name, question) = _uid(shelf), told
        if name != shelf.title:
            self._history.run(partial(self._library.saved.rename, uid, name))
        if question != shelf.question:
            self._history.run(partial(self._library.saved.ask, uid, question))

    def _ask_search(self, title: str, name: str, question: str) -> tuple[str, str] | None:
        """Return a name and a search, None if the user cancels."""
        from reader.gui.sidebar.search_dialog import SearchDialog

        dialog = SearchDialog(title, name, question, self._window)
        with passing(dialog) as accepted:
            return (dialog.name, dialog.question) if accepted else None

    def move_up(self) -> None:
        """Move the saved search up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the saved search down."""
        self._move(1)

    def merge(self) -> None:
        """Let the user choose another tag, and make the selected one the same."""
        from reader.gui.sidebar.name_dialog import NameDialog

        shelf = self._chosen(only_tags=True)
        if shelf is None:
            return
        tag = shelf.query.tag
        others = [each for each in self._library.counts().tags if each[0] != tag]
        dialog = NameDialog(others, f"Merge “{plain(tag)}” with", "Find a tag", self._window)
        with passing(dialog) as accepted:
            name = dialog.name
        if accepted and name:
            change = partial(self._library.tags.rename, tag, name)
            self._history.run(change, lambda _: self._shelves.select(f"tag:{name}"))

    def show_menu(self, place: QPoint, line: Line) -> None:
        """Show the context menu of a line of the sidebar."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        if line.folded is not None:
            fold = menu.addAction("Unfold" if line.folded else "Fold")
            fold.triggered.connect(partial(self._shelves.set_folded, line.key, not line.folded))
            menu.addSeparator()
        for group in _menu_of(line):
            for name in group:
                menu.addAction(self._actions[name])
            menu.addSeparator()
        menu.popup(place)

    def _colours(self, shelf: Shelf, menu: QMenu) -> QMenu:
        for name in ("", *COLOURS):
            action = menu.addAction(name.capitalize() or "No Colour")
            action.setCheckable(True)
            action.setChecked(name == shelf.colour)
            if name:
                shade = colour_of(name, self._shelves.colours)
                action.setIcon(theme.icon("tag", shade))
            change = partial(self._library.tags.colour, shelf.query.tag, name)
            action.triggered.connect(partial(self._history.run, change))
        return menu

    def _move(self, by: int) -> None:
        shelf = self._chosen()
        if shelf is not None and shelf.question:
            self._history.run(partial(self._library.saved.move, _uid(shelf), by))

    def _chosen(self, *, only_tags: bool = False) -> Shelf | None:
        """Return the selected shelf, or None with a message if it cannot be changed."""
        shelf = self._shelves.shelf()
        if shelf is not None and (shelf.query.tag or (shelf.question and not only_tags)):
            return shelf
        self._messages.tell(
            _ONLY if not only_tags else "Only tags have colours. Select a tag in the sidebar."
        )
        return None

    def _ask(self, title: str, label: str, text: str) -> str:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(literal(label))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setTextValue(text)
        dialog.resize(_WIDE, dialog.sizeHint().height())
        return " ".join(dialog.textValue().split()) if dialog.exec() else ""


def _menu_of(line: Line) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the actions in the context menu of a line, by groups."""
    shelf = line.shelf
    if shelf is None:
        return (_OF_SECTIONS.get(line.key, ()),)
    if shelf.question:
        names = ("rename", "change_search", "move_up", "move_down", "delete")
        return (tuple(f"shelf.{name}" for name in names),)
    if shelf.query.tag:
        return _PRINT, tuple(f"shelf.{name}" for name in ("rename", "colour", "merge", "delete"))
    if shelf.query.site:
        return _PRINT, ("cleanup.open_rules", "sidebar.go_to_site")
    return _PRINT, _OF_SHELVES.get(shelf.key, ())


def _uid(shelf: Shelf) -> str:
    return shelf.key.removeprefix("saved:")

"""Menus and shortcuts, made from the table of actions."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from reader.gui.action import Action, Needs, Pane
from reader.gui.actions import keymap
from reader.gui.actions.table import ACTIONS, MENUS, Keys
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.theme import icon
from reader.model import Article, State, Theme

QActions = dict[str, QAction]
"""Qt's actions by the ids of the table."""

_OF_ARTICLE = (
    "list.read",
    "",
    *(f"article.{name}" for name in ("read_later", "archive", "favourite", "edit_tags")),
    "article.edit_title",
    *(f"queue.{name}" for name in ("next_up", "to_top", "to_end", "move_up", "move_down")),
    "",
    "article.copy_link",
    "article.open_original",
    "print.print",
    "article.download_again",
    "",
)


def build(
    window: QMainWindow,
    panes: Mapping[Pane, QWidget],
    keys: Keys,
    run: Callable[[Action], object],
) -> QActions:
    """Fill the menu bar and return the actions; ``run`` is called with the triggered one."""
    actions: QActions = {}
    menus = {name: window.menuBar().addMenu(name) for name in MENUS}
    group = ""
    for entry in ACTIONS:
        menu = menus[entry.menu]
        if not menu.isEmpty() and entry.group != group:
            menu.addSeparator()
        group = entry.group
        actions[entry.id] = action = _action(entry, window, keys[entry.id])
        action.triggered.connect(lambda _=False, entry=entry: run(entry))
        menu.addAction(action)
        if not entry.at:
            window.addAction(action)  # its keys work also if the menu bar is hidden
        for pane in entry.at:
            panes[pane].addAction(action)
    return actions


def set_keys(actions: QActions, keys: Keys) -> None:
    """Replace the shortcuts of the actions, and name them in the tool tips."""
    for entry in ACTIONS:
        _set_keys(actions[entry.id], entry, keys[entry.id])


def menu(window: QMainWindow, name: str) -> QMenu:
    """Return the menu of a name."""
    titles = window.menuBar().actions()
    menu = next(title for title in titles if title.text() == name).menu()
    assert isinstance(menu, QMenu)
    return menu


def of_article(window: QMainWindow, actions: QActions) -> QMenu:
    """Return a context menu for the selected articles; it is deleted when it is closed."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    queue = QMenu("Queue", menu)
    in_trash = actions["article.restore"].isEnabled()
    last = ("article.restore", "article.delete") if in_trash else ("article.trash",)
    for name in (*_OF_ARTICLE, *last):
        if not name:
            menu.addSeparator()
        elif name.startswith("queue."):
            if queue.isEmpty():
                menu.addMenu(queue)
            queue.addAction(actions[name])
        elif name in actions:
            menu.addAction(actions[name])
    return menu


def show_state(actions: QActions, article: Article | None, queue_order: bool) -> None:
    """Enable and check the actions for the open article, None if none is open.

    ``queue_order`` is whether the list shows the queue in its own order.
    """
    met = _met(article, queue_order)
    for entry in ACTIONS:
        actions[entry.id].setEnabled(entry.needs in met)
    actions["article.read_later"].setChecked(article is not None and article.state is State.QUEUE)
    actions["article.favourite"].setChecked(article is not None and article.favourite)


def show_watched(actions: QActions, folder: str) -> None:
    """Check the action if a folder is watched, and name the folder in its tool tip."""
    action = actions["add.watch_folder"]
    action.setChecked(bool(folder))
    default = next(entry.tip for entry in ACTIONS if entry.id == "add.watch_folder")
    set_tip(action, f"Watching {folder}" if folder else default)
    for menu in action.associatedObjects():
        if isinstance(menu, QMenu):
            menu.setToolTipsVisible(bool(folder))


def paint_icons(actions: QActions, colours: Theme) -> None:
    """Paint the icons of the actions in the colours of the theme."""
    for entry in ACTIONS:
        if entry.icon:
            on = actions[entry.id].isChecked()
            name, shade = (f"{entry.icon}-on", colours.accent) if on else (entry.icon, colours.text)
            actions[entry.id].setIcon(icon(name, shade))


def _met(article: Article | None, queue_order: bool) -> Needs:
    met = Needs.QUEUE_ORDER if queue_order else Needs.NOTHING
    if article is not None:
        trashed = article.state is State.TRASH
        met |= Needs.ARTICLE | (Needs.IN_TRASH if trashed else Needs.NOT_IN_TRASH)
    return met


def _action(entry: Action, window: QMainWindow, keys: tuple[str, ...]) -> QAction:
    action = QAction(entry.text, window)
    action.setCheckable(entry.checkable)
    _set_keys(action, entry, keys)
    if entry.at:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    return action


def _set_keys(action: QAction, entry: Action, keys: tuple[str, ...]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])
    shortcut = f" ({keymap.native(keys[0])})" if keys else ""
    set_tip(action, (entry.tip or entry.text.rstrip("…")) + shortcut)

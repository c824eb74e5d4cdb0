"""From the table of actions to menus and a toolbar."""

from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from reader.gui.actions import keymap
from reader.gui.actions.table import ACTIONS, MENUS, TOOLBAR, Action, Keys
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.theme import icon
from reader.model import Article, State, Theme

NEEDING_ARTICLE = tuple(
    f"changes.{name}" for name in ("read_later", "archive", "favourite", "edit_tags", "rename")
)
"""What is done to an article, by the ways of the actions."""

ORDERING = tuple(f"changes.{name}" for name in ("next_up", "to_top", "to_end"))
"""What is done to the place of an article in the queue."""

STEPPING = ("changes.move_up", "changes.move_down")
"""The same, where the queue is shown in its own order."""

_NEEDING_PAGE = ("paper.print_article", "paper.save_pdf", "find_bar.open_bar", "viewer.copy")


def build(window: QMainWindow, keys: Keys) -> dict[str, QAction]:
    """Fill the menu bar; return the actions by their ways, with the keys given.

    A way is gone when its action is called, so that parts may be made when they are needed.
    """
    made: dict[str, QAction] = {}
    menus = {name: window.menuBar().addMenu(name) for name in MENUS}
    for entry in ACTIONS:
        if not entry.does:
            menus[entry.menu].addSeparator()
            continue
        action = _action(entry, window, keys)
        action.triggered.connect(_going(window, entry.does))
        menus[entry.menu].addAction(action)
        made[entry.does] = action
    return made


def set_keys(actions: dict[str, QAction], keys: Keys) -> None:
    """Give the actions other keys, and let their tips say so."""
    for entry in ACTIONS:
        if entry.does:
            _set_keys(actions[entry.does], entry, keys[entry.does])


def menu(window: QMainWindow, name: str) -> QMenu:
    """Return the menu of that name."""
    found = next(each for each in window.menuBar().actions() if each.text() == name).menu()
    assert isinstance(found, QMenu)
    return found


def toolbar(actions: dict[str, QAction]) -> QToolBar:
    """Return the toolbar of the table, its main button with text."""
    bar = QToolBar("Toolbar")
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in TOOLBAR:
        if name == " ":
            room = QWidget()
            room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(room)
        elif not name:
            bar.addSeparator()
        else:
            bar.addAction(actions[name])
    style = Qt.ToolButtonStyle
    _button(bar, actions["changes.read_later"]).setToolButtonStyle(style.ToolButtonTextBesideIcon)
    size = _button(bar, actions["viewer.reset_zoom"])
    size.setToolButtonStyle(style.ToolButtonTextOnly)
    size.setMinimumWidth(56)
    return bar


def of_article(window: QMainWindow, verbs: dict[str, QAction]) -> QMenu:
    """Return a menu of what can be done with the chosen articles; it goes once it is closed."""
    made = QMenu(window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    trashed = verbs["changes.restore"].isEnabled()
    last = ("changes.restore", "emptying.delete") if trashed else ("changes.trash",)
    for name in (*NEEDING_ARTICLE, *ORDERING, "adding.download_again", *last):
        made.addAction(verbs[name])
    return made


def show_state(actions: dict[str, QAction], article: Article | None, colours: Theme) -> None:
    """Show what can be done to the article on the page, None for none, and what it is."""
    trashed = article is not None and article.state is State.TRASH
    queued = article is not None and article.state is State.QUEUE
    actions["changes.read_later"].setChecked(queued)
    actions["changes.favourite"].setChecked(article is not None and article.favourite)
    for name in (*NEEDING_ARTICLE, *ORDERING, *_NEEDING_PAGE):
        actions[name].setEnabled(article is not None)
    actions["changes.trash"].setEnabled(article is not None and not trashed)
    actions["changes.restore"].setEnabled(trashed)
    _paint_icons(actions, colours)


def show_watched(actions: dict[str, QAction], folder: str) -> None:
    """Show which folder is watched, ``""`` for none: a tick, and a tip that names it."""
    action = actions["adding.watching.choose"]
    action.setChecked(bool(folder))
    usual = next(each.tip for each in ACTIONS if actions.get(each.does) is action)
    set_tip(action, f"Watching {folder}" if folder else usual)
    for menu in action.associatedObjects():
        if isinstance(menu, QMenu):
            menu.setToolTipsVisible(bool(folder))


def _paint_icons(actions: dict[str, QAction], colours: Theme) -> None:
    """Give the toolbar its icons in the colours of the theme."""
    for entry in ACTIONS:
        if entry.icon and entry.does in TOOLBAR:
            on = actions[entry.does].isChecked()
            name, shade = (f"{entry.icon}-on", colours.accent) if on else (entry.icon, colours.text)
            actions[entry.does].setIcon(icon(name, shade))


def _going(window: QMainWindow, way: str) -> Callable[[], None]:
    return lambda: attrgetter(way)(window)()


def _action(entry: Action, window: QMainWindow, keys: Keys) -> QAction:
    action = QAction(entry.text, window)
    action.setCheckable(entry.checkable)
    _set_keys(action, entry, keys[entry.does])
    if entry.at:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    for part in entry.at:
        getattr(window, part).addAction(action)
    return action


def _set_keys(action: QAction, entry: Action, keys: tuple[str, ...]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])
    said = f" ({keymap.native(keys[0])})" if keys else ""
    set_tip(action, (entry.tip or entry.text.rstrip("…")) + said)


def _button(bar: QToolBar, action: QAction) -> QToolButton:
    button = bar.widgetForAction(action)
    assert isinstance(button, QToolButton)
    return button

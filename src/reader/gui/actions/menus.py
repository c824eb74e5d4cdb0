"""Menus and shortcuts, made from the table of actions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from reader.gui.action import Action, Needs, Pane, unmarked
from reader.gui.actions import keymap, mnemonics
from reader.gui.actions.conditions import Conditions, reason
from reader.gui.actions.table import ACTIONS, MENUS, SUBMENUS, Keys, submenu_of
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.theme import icon
from reader.model import Theme

_LONGEST_STEP = 60

QActions = dict[str, QAction]
"""Qt's actions by the ids of the table."""

_OF_ARTICLE = (
    "list.read",
    "tabs.open",
    "tabs.beside",
    "tabs.window",
    "",
    *(f"article.{name}" for name in ("read_later", "archive", "favourite", "edit_tags")),
    "article.edit_title",
    *(f"queue.{name}" for name in ("next_up", "to_top", "to_end", "move_up", "move_down")),
    "",
    "copy.link",
    "article.open_original",
    "print.print",
    "export.show",
    "device.send",
    "article.download_again",
    "history.show_article",
    "",
)


def build(
    window: QMainWindow,
    panes: Mapping[Pane, QWidget],
    keys: Keys,
    run: Callable[[Action], object],
) -> QActions:
    """Fill the menu bar and return the actions; ``run`` is called with the triggered one."""
    actions = {entry.id: _action(entry, window, keys[entry.id], run) for entry in ACTIONS}
    for entry in ACTIONS:
        if not entry.at:
            window.addAction(actions[entry.id])  # its keys work also if the menu bar is hidden
        for pane in entry.at:
            panes[pane].addAction(actions[entry.id])
    _group(actions)
    for name in MENUS:
        _fill(window.menuBar().addMenu(name), name, actions)
    give_letters(window.menuBar(), _letters_with_alt(keys))
    return actions


def before_showing(window: QMainWindow, prepare: Callable[[], object]) -> None:
    """Call a function before a menu of the bar is shown."""
    for title in window.menuBar().actions():
        _below(window.menuBar(), unmarked(title.text())).aboutToShow.connect(prepare)


def add(
    window: QMainWindow,
    actions: QActions,
    entries: Iterable[Action],
    run: Callable[[Action], object],
) -> None:
    """Add actions that were found at run time to the end of their groups."""
    for entry in entries:
        actions[entry.id] = _action(entry, window, entry.keys, run)
        into = menu(window, entry.menu, submenu_of(entry))
        into.addAction(actions[entry.id])
        give_letters(into)
    _group(actions)


def replace(
    window: QMainWindow,
    actions: QActions,
    entries: Sequence[Action],
    run: Callable[[Action], object],
) -> None:
    """Add actions that were found at run time, and remove those that are gone or have changed."""
    texts, known = {entry.id: entry.text for entry in entries}, {entry.id for entry in ACTIONS}
    for id in [id for id in actions if id not in known]:
        if texts.get(id) != entry_of(actions[id]).text:
            actions.pop(id).deleteLater()
    new = [entry for entry in entries if entry.id not in actions]
    if new:
        add(window, actions, new, run)


def give_letters(entries: QWidget, taken: Collection[str] = ()) -> None:
    """Give each entry of a menu, or of the menu bar, a letter of its own that is not taken."""
    shown = [action for action in entries.actions() if not action.isSeparator()]
    for action in shown:
        if action.property("wish") is None:
            action.setProperty("wish", action.text())
    found = mnemonics.letters([action.property("wish") for action in shown], taken)
    for action, letter in zip(shown, found, strict=True):
        action.setProperty("letter", letter)
        set_text(action, unmarked(action.text()))


def set_text(action: QAction, text: str) -> None:
    """Set the plain text of an action; it keeps its letter."""
    action.setText(mnemonics.marked(text, action.property("letter") or ""))


def _fill(menu: QMenu, name: str, actions: QActions) -> None:
    """Fill a menu of the bar with its groups and submenus."""
    menu.setToolTipsVisible(True)  # they tell why an entry is disabled
    for group in MENUS[name]:
        into = menu
        if title := SUBMENUS.get((name, group), ""):
            into = menu.addMenu(title)
            into.setToolTipsVisible(True)
        elif not menu.isEmpty():
            menu.addSeparator()
        for entry in ACTIONS:
            if (entry.menu, entry.group) == (name, group):
                into.addAction(actions[entry.id])
        give_letters(into)
    give_letters(menu)


def _group(actions: QActions) -> None:
    """Make the values of a setting exclude each other."""
    groups: dict[str, QActionGroup] = {}
    for action in actions.values():
        choice = entry_of(action).choice
        if choice is None or choice[1] is True:
            continue  # a setting that is on or off
        if action.actionGroup() is not None:
            groups[choice[0]] = action.actionGroup()
        else:
            group = groups.get(choice[0]) or QActionGroup(action)
            groups[choice[0]] = group
            group.addAction(action)


def set_keys(actions: QActions, keys: Keys) -> None:
    """Replace the shortcuts of the actions, and name them in the tool tips."""
    for entry in ACTIONS:
        _set_keys(actions[entry.id], keys[entry.id])
    window = actions["window.quit"].parent()
    if isinstance(window, QMainWindow):
        give_letters(window.menuBar(), _letters_with_alt(keys))


def menu(window: QMainWindow, name: str, submenu: str = "") -> QMenu:
    """Return the menu of a name, or a submenu of it."""
    found = _below(window.menuBar(), name)
    return _below(found, submenu) if submenu else found


def entry_of(action: QAction) -> Action:
    """Return the entry of the table that an action was made of."""
    entry = action.data()
    assert isinstance(entry, Action)
    return entry


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


def show_state(actions: QActions, conditions: Conditions) -> None:
    """Enable, check and name the actions; the tool tip of a disabled one gives the reason."""
    for action in actions.values():
        entry = entry_of(action)
        missing = entry.needs & ~(conditions.on_page if entry.on_page else conditions.met)
        if action.isEnabled() == bool(missing) or action.property("missing") != missing.value:
            action.setProperty("missing", missing.value)
            action.setEnabled(not missing)
            _show_tip(action)
        if entry.choice is not None:
            setting, value = entry.choice
            action.setChecked(getattr(conditions.settings, setting) == value)
    for id, is_on in conditions.checked.items():
        actions[id].setChecked(is_on)
    _name_goals(actions, conditions.goals)
    for id, step in (("history.undo", conditions.undo), ("history.redo", conditions.redo)):
        short = step if len(step) <= _LONGEST_STEP else f"{step[:_LONGEST_STEP].rstrip()}…"
        set_text(actions[id], ": ".join(filter(None, (entry_of(actions[id]).plain, short))))


def _name_goals(actions: QActions, goals: Mapping[str, str]) -> None:
    """Name the places that actions lead to in their tool tips."""
    for id, name in goals.items():
        action = actions[id]
        short = name if len(name) <= _LONGEST_STEP else f"{name[:_LONGEST_STEP].rstrip()}…"
        goal = f"{entry_of(action).plain} to “{short}”" if name else ""
        if action.property("goal") != goal:
            action.setProperty("goal", goal)
            _name_keys(action)


def show_watched(actions: QActions, folder: str) -> None:
    """Check the action if a folder is watched, and name the folder in its tool tip."""
    action = actions["add.watch_folder"]
    action.setChecked(bool(folder))
    default = next(entry.tip for entry in ACTIONS if entry.id == "add.watch_folder")
    action.setProperty("tip", f"Watching {folder}" if folder else default)
    _show_tip(action)


def show_minutes(actions: QActions, minutes: int) -> None:
    """Name the minutes of a reading session in its action."""
    set_text(actions["session.begin"], f"I Have {minutes} Minutes…")


def paint_icons(actions: QActions, colours: Theme) -> None:
    """Paint the icons of the actions in the colours of the theme; those painted so are left."""
    for entry in ACTIONS:
        action = actions[entry.id]
        on = action.isChecked()
        name, shade = (f"{entry.icon}-on", colours.accent) if on else (entry.icon, colours.text)
        if entry.icon and action.property("painted") != f"{name} {shade}":
            action.setProperty("painted", f"{name} {shade}")
            action.setIcon(icon(name, shade))


def _letters_with_alt(keys: Keys) -> set[str]:
    """Return the letters that are keys with Alt: they would be those of the menu bar."""
    strokes = [key.split(", ")[0] for had in keys.values() for key in had]
    return {key[-1].casefold() for key in strokes if key[:-1] == "Alt+"}


def _below(bar: QWidget, title: str) -> QMenu:
    found = next(each for each in bar.actions() if unmarked(each.text()) == title).menu()
    assert isinstance(found, QMenu)
    return found


def _action(
    entry: Action, window: QMainWindow, keys: tuple[str, ...], run: Callable[[Action], object]
) -> QAction:
    action = QAction(entry.text, window)
    action.setData(entry)
    action.setProperty("missing", 0)
    action.setCheckable(entry.checkable or entry.choice is not None)
    _set_keys(action, keys)
    if entry.at:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _=False: run(entry))
    return action


def _set_keys(action: QAction, keys: tuple[str, ...]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setProperty("key", f" ({keymap.native(keys[0])})" if keys else "")
    _name_keys(action)


def _name_keys(action: QAction) -> None:
    entry = entry_of(action)
    tip = action.property("goal") or entry.tip or entry.plain
    action.setProperty("tip", tip + action.property("key"))
    _show_tip(action)


def _show_tip(action: QAction) -> None:
    """Show the tip of an action and, if it is disabled, why."""
    missing, tip = action.property("missing"), action.property("tip")
    why = reason(Needs(missing)) if missing else ""
    set_tip(action, f"{tip}. {why}" if why else tip)

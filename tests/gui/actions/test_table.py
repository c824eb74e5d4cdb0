"""The table of actions: complete, unambiguous, and the base of toolbar and help sheet."""

import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollBar, QToolBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.action import Needs, Pane, unmarked
from reader.gui.actions import keymap
from reader.gui.actions.conditions import Conditions
from reader.gui.actions.menus import (
    entry_of,
    menu,
    of_article,
    paint_icons,
    set_keys,
    show_state,
    show_watched,
)
from reader.gui.actions.table import ACTIONS, MENUS, SUBMENUS, VIM_KEYS, keys_of_menus
from reader.gui.panes.toolbar import SHOWN
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State
from reader.resources import resource

SUBMENUS_BY_TITLE = [(name, title) for (name, _), title in SUBMENUS.items()]


def test_no_key_does_two_things(qtbot: QtBot) -> None:
    keys = [QKeySequence(key).toString() for each in ACTIONS for key in each.keys]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert twice == []
    assert all(keys), "every key is one that Qt knows"


def test_every_action_stands_in_a_menu_once() -> None:
    ways = [each.id for each in ACTIONS]
    assert len(ways) == len(set(ways))
    assert {(each.menu, each.group) for each in ACTIONS} == {
        (menu, group) for menu, groups in MENUS.items() for group in groups
    }


def test_the_toolbar_shows_actions_that_have_icons() -> None:
    by_way = {each.id: each for each in ACTIONS}
    for way in SHOWN:
        assert by_way[way].icon
        assert resource("icons", f"{by_way[way].icon}.svg").is_file()


def test_checkable_actions_with_icons_have_one_for_on() -> None:
    for each in ACTIONS:
        if each.checkable and each.icon:
            assert resource("icons", f"{each.icon}-on.svg").is_file()


def test_what_the_client_asked_for_has_a_button_and_a_key() -> None:
    wanted = ("page.zoom_in", "page.zoom_out", "article.read_later", "print.print")
    by_way = {each.id: each for each in ACTIONS}
    for way in wanted:
        assert by_way[way].icon
        assert by_way[way].keys


def test_the_help_sheet_names_every_key() -> None:
    shown = {keys for _, lines in keys_of_menus(keymap.USUAL) for keys, _ in lines}
    assert {", ".join(each.keys) for each in ACTIONS if each.keys} <= shown


def test_the_page_of_keys_is_that_of_the_table() -> None:
    root = Path(__file__).resolve().parents[3]
    page = runpy.run_path(str(root / "tools" / "write_keys.py"))["page"]
    assert (root / "docs" / "keys.md").read_text("utf-8") == page(), "run tools/write_keys.py"


def test_every_action_has_a_key() -> None:
    assert [each.text for each in ACTIONS if not each.keys] == []


def test_every_way_of_the_table_leads_to_something_to_do(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    ids = {each.id for each in ACTIONS}
    assert set(window.qactions) == ids
    for each in ACTIONS:
        with_keyboard = [
            w for w in window.findChildren(QWidget) if window.qactions[each.id] in w.actions()
        ]
        shows = (QMenu, QToolBar, QToolButton)
        assert sum(not isinstance(w, shows) for w in with_keyboard) == len(each.at)
        assert (window.qactions[each.id] in window.actions()) == (not each.at)
    assert SHOWN | set(VIM_KEYS) <= ids


def _entries(menu: QMenu) -> list[QAction]:
    return [each for each in menu.actions() if not each.isSeparator()]


def test_a_menu_has_the_actions_of_the_table_in_their_order(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    assert tuple(unmarked(each.text()) for each in window.menuBar().actions()) == tuple(MENUS)
    for name, groups in MENUS.items():
        shown: list[str] = []
        for entry in _entries(menu(window, name)):
            inner = entry.menu()
            below = _entries(inner) if isinstance(inner, QMenu) else [entry]
            shown += [entry_of(each).id for each in below]
        assert shown == [
            each.id
            for group in groups
            for each in ACTIONS
            if (each.menu, each.group) == (name, group)
        ]


def test_no_menu_is_longer_than_a_glance(make_window: Callable[..., Window]) -> None:
    window = make_window()
    lengths = {name: len(_entries(menu(window, name))) for name in MENUS}
    assert lengths["Article"] <= 12
    assert max(lengths.values()) <= 14, lengths


def test_every_entry_of_a_menu_has_a_letter_that_no_other_has(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    places = {each: menu(window, *each) for each in SUBMENUS_BY_TITLE}
    shown = {"": window.menuBar().actions()}
    shown |= {name: _entries(menu(window, name)) for name in MENUS}
    shown |= {"/".join(name): _entries(place) for name, place in places.items()}
    for name, entries in shown.items():
        letters = [QKeySequence.mnemonic(each.text()).toString() for each in entries]
        assert all(letters), (name, letters)
        assert len({*letters}) == len(letters), (name, letters)


@pytest.mark.parametrize("name", MENUS)
def test_alt_and_its_letter_open_a_menu(
    qtbot: QtBot, make_window: Callable[..., Window], name: str
) -> None:
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    title = next(each for each in window.menuBar().actions() if unmarked(each.text()) == name)
    (stroke,) = QKeySequence.mnemonic(title.text()).toString().split(", ")
    QTest.keySequence(window.viewer, QKeySequence(stroke))
    popup = QApplication.activePopupWidget()
    assert popup is menu(window, name)
    popup.close()


@pytest.mark.parametrize("pane", Pane)
def test_every_key_reaches_its_action_from_every_pane(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article], pane: Pane
) -> None:
    add("One")
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    here = {Pane.PAGE: window.viewer, Pane.LIST: window.list, Pane.SIDEBAR: window.shelves}[pane]
    here.setFocus()
    heard: list[str] = []
    for id, action in window.qactions.items():
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, id=id: heard.append(id))
        action.setEnabled(True)
    for each in ACTIONS:
        for key in each.keys if not each.at or pane in each.at else ():
            QTest.keySequence(here, QKeySequence(key))
            assert heard == [each.id], key
            heard.clear()


def test_every_widget_that_can_be_used_has_a_name(
    make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> None:
    library.tags.add([add("One").id], "art")
    window = make_window()
    window.search_field.setText("foo:bar")
    window.controllers.page.find_bar.open_bar()
    window.controllers.palette.open_palette()
    window.controllers.search.show_card()
    window.context.messages.tell("Archived.", "Undo", lambda: None)
    unnamed = []
    for widget in window.findChildren(QWidget):
        face = QAccessible.queryAccessibleInterface(widget)
        hidden = widget.isHidden()  # a button of another message has no text yet
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and face is not None and not hidden:
            name = face.text(QAccessible.Text.Name)
            if not name and not isinstance(widget, QScrollBar):
                unnamed.append((type(widget).__name__, widget.objectName()))
    assert unnamed == []
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_the_help_sheet_ends_with_what_is_no_action_and_leaves_out_what_has_no_key() -> None:
    sheet = dict(keys_of_menus({**keymap.USUAL, "window.quit": ()}))
    assert [*sheet] == [*MENUS, "Reading"]
    assert sheet["File"][-1] == ("Ctrl+Alt+N", "Back Up Now")
    assert sheet["Edit"][1] == ("Ctrl+Shift+Z, Ctrl+Y", "Redo")
    assert sheet["Reading"] == [
        ("Enter", "From the list to the page"),
        ("Dragging", "Move articles in the queue"),
        ("Ctrl+Wheel", "Zoom"),
        ("Menu", "Menu of what has the keyboard"),
        ("Alt", "The menus, by their underlined letters"),
        ("Esc", "Close the find bar, the palette, the statistics; leave full screen"),
    ]
    assert VIM_KEYS == {
        "list.read": ("O",), "page.to_start": ("G, G",), "page.to_end": ("Shift+G",),
    }  # fmt: skip


def test_icons_have_the_colour_of_the_text_and_are_filled_while_they_are_on(
    make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    window, theme = make_window(), themes.theme("dark")
    for is_on in (False, True):
        shown = Conditions(~Needs.NOTHING, {"article.favourite": is_on})
        show_state(window.qactions, shown)
        paint_icons(window.qactions, theme)
        image = window.qactions["article.favourite"].icon().pixmap(24, 24).toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert (theme.accent in colours) == is_on
        assert (theme.text in colours) != is_on
        middle = image.pixelColor(image.rect().center())
        assert (middle.alpha() > 0) == is_on


def test_the_context_menu_of_an_article_ends_with_what_its_state_allows(
    make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> None:
    article = add()
    window = make_window()
    for last in (["Move to Trash"], ["Restore from Trash", "Delete for Good…"]):
        shown = of_article(window, window.qactions)
        assert [unmarked(each.text()) for each in shown.actions()] == [
            "Read", "Open in New Tab", "Open Beside", "Open in New Window", "",
            "Read Later", "Archive", "Favourite", "Tags…", "Edit Title…", "Queue", "",
            "Copy Link", "Open Original", "Print…", "Export…", "Send to Reader Device",
            "Download Again",
            "History of This Article…", "", *last,
        ]  # fmt: skip
        assert shown.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        library.set_state([article.id], State.TRASH)
        window.refresh()


def test_the_watched_folder_is_named_where_it_was_chosen(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    action = window.qactions["add.watch_folder"]
    usual = "Add files automatically when they are saved into a folder"
    for folder, tip in (("/home/a/In & Out", "Watching /home/a/In & Out"), ("", usual)):
        show_watched(window.qactions, folder)
        assert action.isChecked() == bool(folder)
        assert action.toolTip().replace("\u2060", "") == tip


def test_other_keys_are_heard_and_named_in_the_tips(make_window: Callable[..., Window]) -> None:
    window = make_window()
    set_keys(
        window.qactions, {**keymap.USUAL, "article.archive": ("A", "Ctrl+Alt+A"), "window.quit": ()}
    )
    archive, close = window.qactions["article.archive"], window.qactions["window.quit"]
    assert [each.toString() for each in archive.shortcuts()] == ["A", "Ctrl+Alt+A"]
    assert "on to the next one (A)" in archive.toolTip()
    assert close.shortcuts() == []
    assert close.toolTip() == "Quit"
    assert window.qactions["article.trash"].shortcut().toString() == "Del"


def test_what_every_program_has_is_on_the_keys_that_it_has_everywhere() -> None:
    standard = QKeySequence.StandardKey
    wanted = {
        "history.undo": standard.Undo, "history.redo": standard.Redo,
        "page.copy": standard.Copy, "window.select_all": standard.SelectAll,
        "add.paste": standard.Paste, "add.files": standard.Open,
        "print.print": standard.Print, "find.find": standard.Find,
        "find.next": standard.FindNext, "find.previous": standard.FindPrevious,
        "page.zoom_in": standard.ZoomIn, "page.zoom_out": standard.ZoomOut,
        "article.trash": standard.Delete, "help.keys": standard.HelpContents,
    }  # fmt: skip
    for way, key in wanted.items():
        usual = {each.toString() for each in QKeySequence.keyBindings(key)}
        first = next(each.keys[0] for each in ACTIONS if each.id == way)
        assert QKeySequence(first).toString() in usual, (way, usual)
    assert next(each.keys for each in ACTIONS if each.id == "window.quit") == ("Ctrl+Q",)

"""The table of actions: complete, unambiguous, and the base of toolbar and help sheet."""

import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.actions import keymap
from reader.gui.actions.menus import (
    menu,
    of_article,
    paint_icons,
    set_keys,
    show_state,
    show_watched,
)
from reader.gui.actions.table import ACTIONS, MENUS, TOOLBAR, VIM_KEYS, keys_of_menus
from reader.gui.window import Window
from reader.model import Article, State
from reader.resources import resource


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
    for way in TOOLBAR:
        if way.strip():
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
        assert way in TOOLBAR
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
    assert set(TOOLBAR) - {"", " "} | set(VIM_KEYS) <= ids


def test_a_menu_has_the_actions_of_the_table_in_their_order(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    shown = {each.text(): each.menu() for each in window.menuBar().actions()}
    assert tuple(shown) == tuple(MENUS)
    for name, entries in shown.items():
        wanted = []
        for group in MENUS[name]:
            wanted += [each.text for each in ACTIONS if (each.menu, each.group) == (name, group)]
            wanted.append("")
        wanted.pop()
        if name == "Queue":
            wanted[wanted.index("I Have 20 Minutes…")] = window.qactions["session.begin"].text()
        assert [each.text() for each in entries.actions()] == wanted  # type: ignore[attr-defined]


def test_the_toolbar_has_its_buttons_in_order_and_the_view_at_its_end(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    (bar,) = window.findChildren(QToolBar)
    shown = ["--" if each.isSeparator() else each.text() for each in bar.actions()]
    assert [each for each in shown if each] == [
        "Add…", "--", "Read Later", "Archive", "Favourite", "Tags…", "Move to Trash",
        "Previous Article", "Next Article", "--", "Zoom Out", "Reset Zoom", "Zoom In", "--",
        "Find in Article…", "Print…", "Save as PDF…",
    ]  # fmt: skip
    later, size = (
        bar.widgetForAction(window.qactions[each])
        for each in ("article.read_later", "page.reset_zoom")
    )
    assert isinstance(later, QToolButton)
    assert isinstance(size, QToolButton)
    assert later.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert size.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextOnly
    assert size.minimumWidth() == 56, "it does not jump from 90 % to 100 %"
    assert later.geometry().right() < bar.width() / 2 < size.geometry().left()
    assert not bar.isMovable()
    assert bar.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu


def test_the_help_sheet_ends_with_what_is_no_action_and_leaves_out_what_has_no_key() -> None:
    sheet = dict(keys_of_menus({**keymap.USUAL, "window.quit": ()}))
    assert [*sheet] == [*MENUS, "Reading"]
    assert sheet["File"][-1] == ("Ctrl+Shift+P", "Save as PDF")
    assert sheet["Edit"][1] == ("Ctrl+Shift+Z, Ctrl+Y", "Redo")
    assert sheet["Reading"] == [
        ("Enter", "From the list to the page"),
        ("Dragging", "Move articles in the queue"),
        ("Ctrl+Wheel", "Zoom"),
        ("Menu, Shift+F10", "Menu of the selected articles"),
        ("Esc", "Close the find bar, the palette, the statistics"),
    ]
    assert VIM_KEYS == {
        "list.read": ("O",), "page.to_start": ("G, G",), "page.to_end": ("Shift+G",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "off", "on"),
    [
        (None, {"Read Later", "Move to Trash", "Restore from Trash", "To Top", "Print…", "Copy"},
         set()),
        (State.QUEUE, {"Restore from Trash"}, {"Read Later", "Favourite"}),
        (State.ARCHIVE, {"Restore from Trash"}, {"Favourite"}),
        (State.TRASH, {"Move to Trash"}, {"Favourite"}),
    ],
)  # fmt: skip
def test_what_can_be_done_follows_from_the_article_on_the_page(
    make_window: Callable[..., Window], add: Callable[..., Article],
    state: State | None, off: set[str], on: set[str],
) -> None:  # fmt: skip
    window = make_window()
    article = add()._replace(state=state, favourite=True) if state else None
    show_state(window.qactions, article, queue_order=False)
    watched = {
        "Read Later", "Archive", "Favourite", "Tags…", "Edit Title…", "Next Up", "To Top", "To End",
        "Print…", "Save as PDF…", "Find in Article…", "Copy", "Move to Trash", "Restore from Trash",
    }  # fmt: skip
    found = [each for each in window.qactions.values() if each.text() in watched]
    disabled = {each.text() for each in found if not each.isEnabled()}
    assert disabled == (off if article else watched)
    assert {each.text() for each in found if each.isChecked()} == on
    menu = of_article(window, window.qactions)
    last = ["Restore from Trash", "Delete for Good…"] if state is State.TRASH else ["Move to Trash"]
    assert [each.text() for each in menu.actions()] == [
        "Read Later", "Archive", "Favourite", "Tags…", "Edit Title…", "Next Up", "To Top", "To End",
        "Download Again", *last,
    ]  # fmt: skip
    assert menu.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


def test_icons_have_the_colour_of_the_text_and_are_filled_while_they_are_on(
    make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    window, theme = make_window(), themes.theme("dark")
    article = add()
    for is_on in (False, True):
        show_state(window.qactions, article._replace(favourite=is_on), queue_order=False)
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


def test_the_watched_folder_is_named_where_it_was_chosen(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    action, entries = window.qactions["add.watch_folder"], menu(window, "File")
    usual = "Add files automatically when they are saved into a folder"
    for folder, tip in (("/home/a/In & Out", "Watching /home/a/In & Out"), ("", usual)):
        show_watched(window.qactions, folder)
        assert action.isChecked() == bool(folder)
        assert action.toolTip().replace("\u2060", "") == tip
        assert entries.toolTipsVisible() == bool(folder)


def test_other_keys_are_heard_and_named_in_the_tips(make_window: Callable[..., Window]) -> None:
    window = make_window()
    set_keys(
        window.qactions, {**keymap.USUAL, "article.archive": ("A", "Ctrl+Alt+A"), "window.quit": ()}
    )
    archive, close = window.qactions["article.archive"], window.qactions["window.quit"]
    assert [each.toString() for each in archive.shortcuts()] == ["A", "Ctrl+Alt+A"]
    assert archive.toolTip().endswith("on to the next one (A)")
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

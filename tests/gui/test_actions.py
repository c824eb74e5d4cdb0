"""The table of actions: complete, unambiguous, and the base of toolbar and help sheet."""

from collections import Counter
from collections.abc import Callable
from operator import attrgetter

from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from reader.gui import keymap
from reader.gui.actions import ACTIONS, MENUS, TOOLBAR, VIM_KEYS, keys_of_menus
from reader.gui.window import Window
from reader.resources import resource


def test_no_key_does_two_things(qtbot: QtBot) -> None:
    keys = [QKeySequence(key).toString() for each in ACTIONS for key in each.keys]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    assert twice == []
    assert all(keys), "every key is one that Qt knows"


def test_every_action_stands_in_a_menu_once() -> None:
    ways = [each.does for each in ACTIONS if each.does]
    assert len(ways) == len(set(ways))
    assert {each.menu for each in ACTIONS} == set(MENUS)


def test_the_toolbar_shows_actions_that_have_icons() -> None:
    by_way = {each.does: each for each in ACTIONS}
    for way in TOOLBAR:
        if way.strip():
            assert by_way[way].icon
            assert resource("icons", f"{by_way[way].icon}.svg").is_file()


def test_checkable_actions_with_icons_have_one_for_on() -> None:
    for each in ACTIONS:
        if each.checkable and each.icon:
            assert resource("icons", f"{each.icon}-on.svg").is_file()


def test_what_the_client_asked_for_has_a_button_and_a_key() -> None:
    wanted = ("viewer.zoom_in", "viewer.zoom_out", "changes.read_later", "paper.print_article")
    by_way = {each.does: each for each in ACTIONS}
    for way in wanted:
        assert way in TOOLBAR
        assert by_way[way].keys


def test_the_help_sheet_names_every_key() -> None:
    shown = {keys for _, lines in keys_of_menus(keymap.USUAL) for keys, _ in lines}
    assert {", ".join(each.keys) for each in ACTIONS if each.keys} <= shown


def test_every_action_has_a_key() -> None:
    assert [each.text for each in ACTIONS if each.does and not each.keys] == []


def test_every_way_of_the_table_leads_to_something_to_do(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    ways = {each.does for each in ACTIONS if each.does}
    for way in ways:
        assert callable(attrgetter(way)(window)), way
    for part in {part for each in ACTIONS for part in each.at}:
        assert window.isAncestorOf(getattr(window, part)), part
    assert set(TOOLBAR) - {"", " "} | set(VIM_KEYS) <= ways


def test_a_menu_has_the_actions_of_the_table_in_their_order(
    make_window: Callable[..., Window],
) -> None:
    window = make_window()
    shown = {each.text(): each.menu() for each in window.menuBar().actions()}
    assert tuple(shown) == MENUS
    for name, menu in shown.items():
        wanted = [each.text for each in ACTIONS if each.menu == name]
        if name == "Queue":
            wanted[wanted.index("I Have 20 Minutes…")] = window.verbs["session.begin"].text()
        assert [each.text() for each in menu.actions()] == wanted  # type: ignore[attr-defined]


def test_what_every_program_has_is_on_the_keys_that_it_has_everywhere() -> None:
    standard = QKeySequence.StandardKey
    wanted = {
        "changes.undo": standard.Undo, "changes.redo": standard.Redo,
        "viewer.copy": standard.Copy, "select_all": standard.SelectAll,
        "adding.paste": standard.Paste, "adding.add_files": standard.Open,
        "paper.print_article": standard.Print, "find_bar.open_bar": standard.Find,
        "find_bar.find_next": standard.FindNext, "find_bar.find_previous": standard.FindPrevious,
        "viewer.zoom_in": standard.ZoomIn, "viewer.zoom_out": standard.ZoomOut,
        "changes.trash": standard.Delete, "help.show_keys": standard.HelpContents,
    }  # fmt: skip
    for way, key in wanted.items():
        usual = {each.toString() for each in QKeySequence.keyBindings(key)}
        first = next(each.keys[0] for each in ACTIONS if each.does == way)
        assert QKeySequence(first).toString() in usual, (way, usual)
    assert next(each.keys for each in ACTIONS if each.does == "close") == ("Ctrl+Q",)

"""The keyboard walks through the panes, opens the menus and asks for context menus."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.actions import menus
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> Window:
    library.tags.add([add("One").id], "art")
    window = make_window(shelf="tag:art")
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    return window


def _focus(window: Window) -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_f6_walks_through_the_panes_and_back(qtbot: QtBot, window: Window) -> None:
    panes = [window.viewer, window.shelves, window.list, window.viewer]
    for wanted in panes[1:]:
        qtbot.keyClick(_focus(window), Qt.Key.Key_F6)
        assert _focus(window) is wanted
    for wanted in panes[-2::-1]:
        qtbot.keyClick(_focus(window), Qt.Key.Key_F6, SHIFT)
        assert _focus(window) is wanted


def test_f6_goes_on_from_the_search_field_and_reaches_a_message(
    qtbot: QtBot, window: Window
) -> None:
    window.search_field.setFocus()
    qtbot.keyClick(window.search_field, Qt.Key.Key_F6)
    assert window.viewer.hasFocus()
    window.context.messages.tell("Archived.", "Undo", lambda: None)
    qtbot.keyClick(window.viewer, Qt.Key.Key_F6)
    assert window.context.messages.isAncestorOf(_focus(window))


@pytest.mark.parametrize(("key", "pane"), [("1", "shelves"), ("2", "list"), ("3", "viewer")])
def test_alt_and_a_digit_go_to_a_pane(qtbot: QtBot, window: Window, key: str, pane: str) -> None:
    window.search_field.setFocus()
    qtbot.keyClick(window.search_field, key, Qt.KeyboardModifier.AltModifier)
    assert getattr(window, pane).hasFocus()


def test_f10_opens_the_first_menu(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F10)
    bar = window.menuBar()
    assert bar.activeAction() is bar.actions()[0]
    file = menus.menu(window, "File")
    assert file.isVisible()
    assert file.activeAction() is file.actions()[0], "Return has something to press"
    menus.menu(window, "File").close()


@pytest.mark.parametrize("pane", ["list", "viewer", "shelves", "search_field"])
def test_shift_f10_shows_the_menu_of_what_has_the_keyboard(
    qtbot: QtBot, window: Window, pane: str
) -> None:
    widget: QWidget = getattr(window, pane)
    widget.setFocus()
    shown: list[QMenu] = []

    def look() -> bool:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            shown.append(popup)
            popup.close()
        return bool(shown)

    qtbot.keyClick(widget, Qt.Key.Key_F10, SHIFT)
    qtbot.waitUntil(look)
    assert shown[0].actions()


def test_f6_reaches_every_pane_if_there_is_room_for_one(qtbot: QtBot, window: Window) -> None:
    window.resize(600, 600)
    QApplication.processEvents()
    window.go_to_page()
    for wanted in (window.shelves, window.list, window.viewer, window.shelves):
        qtbot.keyClick(_focus(window), Qt.Key.Key_F6)
        assert _focus(window) is wanted


def test_f6_stops_at_the_contents_while_they_are_shown(qtbot: QtBot, window: Window) -> None:
    contents = window.controllers.around.contents
    contents.open()
    qtbot.keyClick(window.viewer, Qt.Key.Key_F6)
    assert contents.panel.isAncestorOf(_focus(window))
    qtbot.keyClick(_focus(window), Qt.Key.Key_F6)
    assert _focus(window) is window.shelves
    contents.close()
    qtbot.keyClick(_focus(window), Qt.Key.Key_F6, SHIFT)
    assert _focus(window) is window.viewer


def test_keys_that_lead_to_the_list_show_where_it_is(qtbot: QtBot, window: Window) -> None:
    window.list.by_keys = False
    qtbot.keyClick(window.viewer, Qt.Key.Key_F6, SHIFT)
    assert window.list.hasFocus()
    assert window.list.by_keys

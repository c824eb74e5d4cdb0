"""Focus mode shows the page alone, and gives back the window as it was."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from reader.gui.turning import pointer
from reader.gui.window import Window
from reader.model import Article


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    add("One", "Some words. " * 400)
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    QCursor.setPos(window.mapToGlobal(window.rect().center()))
    return window


def _parts(window: Window) -> list[bool]:
    parts = (window.menuBar(), window.toolbar, window.shelves, window.middle, window.viewer)
    return [part.isVisible() for part in parts]


@pytest.mark.parametrize("key", ["Shift+F11", "Esc"])
def test_the_page_is_alone_until_focus_mode_is_left(qtbot: QtBot, window: Window, key: str) -> None:
    qtbot.keySequence(window.viewer, "Shift+F11")
    assert _parts(window) == [False, False, False, False, True]
    assert "Esc or Shift+F11 leaves it" in window.context.messages.text()
    qtbot.keySequence(window.viewer, key)
    assert _parts(window) == [True] * 5
    assert not window.qactions["window.focus_mode"].isChecked()


def test_going_to_the_list_leaves_it(qtbot: QtBot, window: Window) -> None:
    qtbot.keySequence(window.viewer, "Shift+F11")
    qtbot.keySequence(window.viewer, "Alt+2")
    assert _parts(window) == [True] * 5
    assert window.list.hasFocus()


def test_full_screen_and_focus_mode_are_left_one_after_the_other(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    qtbot.keySequence(window.viewer, "Shift+F11")
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert window.isFullScreen()
    assert _parts(window) == [False, False, True, True, True]
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert _parts(window) == [True] * 5


@pytest.mark.parametrize("key", ["Shift+F11", "F11"])
def test_tabs_hide_and_come_back(
    qtbot: QtBot, window: Window, add: Callable[..., Article], key: str
) -> None:
    tabs = window.controllers.around.tabs
    tabs.open(add("Two", "Words.").id)
    assert tabs.bar.isVisible()
    qtbot.keySequence(window.viewer, key)
    assert not tabs.bar.isVisible()
    tabs.open(add("Three", "Words.").id)
    tabs.step(1)
    assert not tabs.bar.isVisible()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert tabs.bar.isVisible()
    qtbot.keySequence(window.viewer, key)
    tabs.close()
    tabs.close()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert not tabs.bar.isVisible()


def test_the_pointer_hides_while_it_rests(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pointer, "REST_MS", 30)
    qtbot.keySequence(window.viewer, "Shift+F11")
    viewport = window.viewer.viewport()
    before = Qt.CursorShape.BlankCursor
    qtbot.waitUntil(lambda: viewport.cursor().shape() == before)
    qtbot.mouseMove(viewport, QPoint(50, 80))
    qtbot.waitUntil(lambda: viewport.cursor().shape() != before)

"""Full screen hides the bars, says how to leave it, and gives all back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.window import Window
from reader.model import Article


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    add("One")
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    QCursor.setPos(window.mapToGlobal(window.rect().center()))
    return window


def _bars(window: Window) -> list[bool]:
    return [window.menuBar().isVisible(), window.toolbar.isVisible()]


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_the_bars_are_hidden_until_full_screen_is_left(
    qtbot: QtBot, window: Window, key: Qt.Key
) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert _bars(window) == [False, False]
    assert window.qactions["window.full_screen"].isChecked()
    assert "Esc or F11 leaves it" in window.context.messages.text()
    qtbot.keyClick(window.viewer, key)
    assert not window.isFullScreen()
    assert _bars(window) == [True, True]
    assert not window.qactions["window.full_screen"].isChecked()


def test_the_bars_stay_hidden_when_the_window_has_the_size_of_the_screen(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.size() == QApplication.primaryScreen().size())
    assert _bars(window) == [False, False]


def test_esc_closes_what_is_open_before_it_leaves_full_screen(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    window.controllers.page.find_bar.open_bar()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.controllers.page.find_bar.isHidden()
    assert window.isFullScreen()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert not window.isFullScreen(), "Esc never turns it on"


def test_the_way_out_is_told_once(qtbot: QtBot, window: Window) -> None:
    for _ in range(3):
        qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    assert window.isFullScreen()
    window.context.messages.hide()
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    assert not window.context.messages.isVisible()


def test_the_pointer_at_the_top_brings_the_bars_and_takes_them_away(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    QCursor.setPos(window.mapToGlobal(QPoint(200, 1)))
    qtbot.waitUntil(lambda: _bars(window) == [True, True])
    QCursor.setPos(window.mapToGlobal(QPoint(200, 400)))
    qtbot.waitUntil(lambda: _bars(window) == [False, False])


def test_f10_opens_a_menu_in_full_screen(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_F11)
    qtbot.keyClick(window.viewer, Qt.Key.Key_F10)
    assert window.menuBar().isVisible()
    assert window.menuBar().activeAction() is window.menuBar().actions()[0]

"""The page scrolls by itself, until its end or the person's hand."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.gui.turning.autoscroll import Autoscroll
from reader.gui.window import Window
from reader.model import Article


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    add("One", "\n\n".join("Some words of an article. " * 30 for _ in range(40)))
    window = make_window(autoscroll=1500)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.viewer.hasFocus() and window.viewer.document_ready)
    return window


@pytest.fixture
def autoscroll(window: Window) -> Autoscroll:
    window.qactions["page.autoscroll"].trigger()
    return window.controllers.page.autoscroll


def test_it_scrolls_until_a_key_is_pressed(
    qtbot: QtBot, window: Window, autoscroll: Autoscroll
) -> None:
    bar = window.viewer.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 50)
    assert "1500 words a minute" in window.context.messages.text()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Minus)
    assert window.settings.autoscroll < 1500
    assert autoscroll.is_running
    qtbot.keyClick(window.viewer, Qt.Key.Key_Space)
    assert not autoscroll.is_running
    here = bar.value()
    qtbot.wait(60)
    assert bar.value() == here


def test_it_stops_at_the_end_and_opens_nothing(
    qtbot: QtBot, window: Window, autoscroll: Autoscroll
) -> None:
    before = window.viewer.article_id
    window.controllers.page.paging.to_end()
    qtbot.waitUntil(lambda: not autoscroll.is_running)
    assert window.viewer.article_id == before
    autoscroll.toggle()
    assert not autoscroll.is_running


def test_pages_are_turned(qtbot: QtBot, window: Window, autoscroll: Autoscroll) -> None:
    autoscroll.stop()
    window.viewer.set_paged(1)
    autoscroll.toggle()
    autoscroll.step()
    assert window.viewer.spread is not None
    assert window.viewer.spread.number == 1
    assert autoscroll.is_running

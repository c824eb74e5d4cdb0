"""The bar of tabs: narrower, then scrolling; closed by the pointer and moved by dragging."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.document.images import Pictures
from reader.gui.tabs.bar import TabBar
from reader.gui.tabs.button import Entry, Looks, TabButton

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bar(qtbot: QtBot, pictures: Pictures) -> TabBar:
    made = TabBar(Looks(pictures, lambda: themes.theme("light")))
    qtbot.addWidget(made)
    made.resize(700, 36)
    return made


def _show(bar: TabBar, count: int, here: int = 0) -> list[TabButton]:
    bar.show_tabs([Entry(f"Title {n} & <b>more</b>", "site", "") for n in range(count)], here)
    bar.show()
    return [each for each in bar.findChildren(TabButton) if each.isVisibleTo(bar)]


def _seen(bar: TabBar) -> list[int]:
    """Return the numbers of the tabs that are seen whole, from left to right."""
    room = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[0].rect()
    tabs = [each for each in bar.findChildren(TabButton) if room.contains(each.geometry())]
    return [int(each.entry.title.split()[1]) for each in sorted(tabs, key=lambda tab: tab.x())]


@pytest.mark.parametrize("rtl", [False, True])
def test_sixty_tabs_scroll_to_the_one_on_the_page(bar: TabBar, *, rtl: bool) -> None:
    way = Qt.LayoutDirection
    bar.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)
    assert len(_show(bar, 60, 59)) < 12, "tabs are made only as far as they are seen"
    (menu,) = bar.findChildren(QToolButton)
    last = [55, 56, 57, 58, 59]
    assert _seen(bar) == (last[::-1] if rtl else last)
    assert menu.isVisible()
    _show(bar, 60, 0)
    assert 0 in _seen(bar)
    bar.resize(9000, 36)
    assert not menu.isVisible()
    assert len(_seen(bar)) == 60


def test_the_keyboard_reaches_all_of_sixty_tabs(bar: TabBar, qtbot: QtBot) -> None:
    tabs = _show(bar, 60)
    bar.activateWindow()
    tabs[0].setFocus()
    qtbot.waitUntil(tabs[0].hasFocus)
    QTest.keyClick(tabs[0], Qt.Key.Key_Left)
    assert 59 in _seen(bar)
    last = bar.focusWidget()
    assert isinstance(last, TabButton)
    assert last.entry.title.startswith("Title 59")
    QTest.keyClick(last, Qt.Key.Key_Home)
    assert tabs[0].hasFocus()


def test_the_cross_and_the_middle_button_close(bar: TabBar) -> None:
    tabs = _show(bar, 3)
    closed: list[int] = []
    bar.close_wanted.connect(closed.append)
    QTest.mouseClick(tabs[1], _LEFT, _NONE, QPoint(tabs[1].width() - 15, 18))
    QTest.mouseClick(tabs[2], Qt.MouseButton.MiddleButton)
    QTest.keyClick(tabs[0], Qt.Key.Key_Delete)
    assert closed == [1, 2, 0]


@pytest.mark.parametrize("rtl", [False, True])
def test_a_tab_that_is_held_at_the_end_is_carried_on(
    bar: TabBar, qtbot: QtBot, *, rtl: bool
) -> None:
    way = Qt.LayoutDirection
    bar.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)
    tab = _show(bar, 60)[1]
    QTest.mousePress(tab, _LEFT, _NONE, QPoint(50, 18))
    QTest.mouseMove(tab, QPoint(20, 18))
    end = tab.mapFromParent(QPoint(-50 if rtl else 750, 18))
    QTest.mouseMove(tab, end)
    qtbot.waitUntil(lambda: bar.shown[8].title.startswith("Title 1 "))
    QTest.mouseRelease(tab, _LEFT, _NONE, QPoint(50, 18))
    assert 1 in _seen(bar)


def test_a_tab_is_dragged_to_another_place(bar: TabBar) -> None:
    tabs = _show(bar, 3)
    moves: list[tuple[int, int]] = []
    bar.moved.connect(lambda *move: moves.append(move))
    wide = tabs[0].width()
    QTest.mousePress(tabs[0], _LEFT, _NONE, QPoint(20, 18))
    QTest.mouseMove(tabs[0], QPoint(60, 18))
    QTest.mouseMove(tabs[0], QPoint(20 + round(1.1 * wide) - tabs[0].x(), 18))
    QTest.mouseRelease(tabs[0], _LEFT, _NONE, QPoint(20, 18))
    assert moves == [(0, 1)]
    assert [tabs[1].x(), tabs[0].x()] == [0, wide]
    QTest.keyClick(tabs[0], Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert moves[1:] == [(1, 2)]

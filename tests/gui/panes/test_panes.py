"""The panes: three, two or one by the width, with the sidebar as a drawer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.panes.panes import Arrangement, Drawer
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]


def _sized(window: Window, width: int, height: int = 640) -> None:
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()


@pytest.fixture
def window(make_window: Make, add: Callable[..., Article]) -> Window:
    for number in range(4):
        add(f"Article {number}")
    return make_window()


@pytest.mark.parametrize(
    ("width", "arrangement"),
    [
        (2560, Arrangement.THREE),
        (1080, Arrangement.THREE),
        (1079, Arrangement.TWO),
        (700, Arrangement.TWO),
        (699, Arrangement.ONE),
        (420, Arrangement.ONE),
    ],
)
def test_the_width_decides_how_the_panes_stand(
    window: Window, width: int, arrangement: Arrangement
) -> None:
    _sized(window, width)
    assert window.width() == width
    assert window.panes.arrangement is arrangement
    shown = (window.shelves.isVisible(), window.middle.isVisible(), window.page.isVisible())
    wanted = {
        Arrangement.THREE: (True, True, True),
        Arrangement.TWO: (False, True, True),
        Arrangement.ONE: (False, True, False),
    }
    assert shown == wanted[arrangement]


def test_the_panes_come_back_as_wide_as_they_were(window: Window) -> None:
    _sized(window, 1400)
    window.panes.setSizes([230, 390, 780])
    window.panes.splitterMoved.emit(230, 1)
    before = window.panes.sizes()
    for width in (600, 900, 420, 1400):
        _sized(window, width)
    assert window.panes.sizes() == before


def test_in_one_pane_return_shows_the_article_and_the_button_leads_back(
    qtbot: QtBot, window: Window
) -> None:
    _sized(window, 600)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.article is not None
    assert window.article.id == window.list.current_id(), "actions apply to the row"
    assert not window.page.isVisible()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert window.page.isVisible()
    assert not window.middle.isVisible()
    assert window.article is not None
    assert window.viewer.hasFocus()
    qtbot.mouseClick(window.toolbar.back, Qt.MouseButton.LeftButton)
    assert window.middle.isVisible()
    assert not window.page.isVisible()
    assert window.list.hasFocus()


def test_in_one_pane_a_click_shows_the_article(qtbot: QtBot, window: Window) -> None:
    _sized(window, 600)
    area = window.list.visualRect(window.list.model().index(1, 0))
    qtbot.mouseClick(window.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    qtbot.waitUntil(window.page.isVisible)
    assert window.article is not None


def test_the_drawer_opens_over_the_list_and_esc_gives_the_keyboard_back(window: Window) -> None:
    _sized(window, 900)
    window.list.setFocus()
    window.qactions["window.show_sidebar"].trigger()
    assert window.shelves.isVisible()
    assert window.shelves.hasFocus()
    assert window.middle.isVisible()
    QTest.keyClick(window.shelves, Qt.Key.Key_Escape)
    assert not window.shelves.isVisible()
    assert window.list.hasFocus()


def test_a_click_beside_the_drawer_closes_it(qtbot: QtBot, window: Window) -> None:
    _sized(window, 500)
    window.qactions["window.show_sidebar"].trigger()
    drawer = window.findChild(Drawer)
    assert drawer is not None
    assert drawer.isVisible()
    qtbot.mouseClick(
        drawer, Qt.MouseButton.LeftButton, pos=QPoint(drawer.width() - 5, drawer.height() // 2)
    )
    assert not drawer.isVisible()


def test_choosing_a_shelf_closes_the_drawer_and_shows_the_list(window: Window) -> None:
    _sized(window, 600)
    window.list.read()
    window.qactions["window.show_sidebar"].trigger()
    window.shelves.select("all")
    assert not window.shelves.isVisible()
    assert window.middle.isVisible()


def test_going_to_a_pane_makes_it_visible(window: Window) -> None:
    _sized(window, 600)
    for id, pane in (
        ("page.focus", window.viewer),
        ("list.focus", window.list),
        ("sidebar.focus", window.shelves),
    ):
        window.qactions[id].trigger()
        assert pane.isVisible(), id
        assert pane.hasFocus(), id


def test_the_sidebar_can_be_hidden_beside_the_list(window: Window) -> None:
    _sized(window, 1300)
    window.qactions["window.show_sidebar"].trigger()
    assert not window.shelves.isVisible()
    assert window.middle.isVisible()
    window.qactions["window.show_sidebar"].trigger()
    assert window.shelves.isVisible()


@pytest.mark.parametrize("width", [900, 1300])
@pytest.mark.parametrize("id", ["sidebar.focus", "list.focus", "window.next_pane"])
def test_going_to_a_folded_pane_makes_it_visible(window: Window, width: int, id: str) -> None:
    _sized(window, width)
    window.viewer.setFocus()
    window.qactions["window.show_panes"].trigger()
    assert not window.middle.isVisible()
    assert not window.qactions["window.show_panes"].isChecked()
    window.qactions[id].trigger()
    panes = (window.shelves, window.list, window.viewer)
    pane = next(pane for pane in panes if pane.hasFocus())
    assert pane is not window.viewer
    assert pane.isVisible()
    assert window.qactions["window.show_panes"].isChecked() is window.middle.isVisible()


@pytest.mark.parametrize("id", ["sidebar.focus", "window.show_sidebar"])
def test_the_sidebar_comes_back_from_the_fold_with_the_list(window: Window, id: str) -> None:
    _sized(window, 1300)
    window.qactions["window.show_panes"].trigger()
    window.qactions[id].trigger()
    assert window.shelves.isVisible()
    assert window.middle.isVisible()
    assert window.qactions["window.show_panes"].isChecked()
    window.qactions["window.show_panes"].trigger()
    assert not window.shelves.isVisible()
    window.qactions["window.show_panes"].trigger()
    assert window.shelves.isVisible()


@pytest.mark.parametrize("width", [420, 600, 900, 1300])
def test_a_drawer_takes_the_direction_of_the_window(window: Window, width: int) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _sized(window, width)
    window.panes.show_sidebar()
    QApplication.processEvents()
    right = window.shelves.mapTo(window, QPoint(window.shelves.width(), 0)).x()
    assert abs(right - window.width()) <= 1


def test_an_article_counts_as_seen_only_if_its_page_is_visible(
    qtbot: QtBot, window: Window
) -> None:
    _sized(window, 600)
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.article is not None
    id = window.article.id
    assert not window.watch.before_eyes()
    QTest.keyClick(window.list, Qt.Key.Key_Return)
    assert window.watch.before_eyes()
    qtbot.waitUntil(lambda: window.library.article(id).views == 1, timeout=8000)


def test_the_keyboard_goes_to_the_page_when_its_pane_is_hidden(window: Window) -> None:
    _sized(window, 1300)
    window.activateWindow()
    window.list.setFocus()
    window.panes.fold(True)
    assert window.viewer.hasFocus()

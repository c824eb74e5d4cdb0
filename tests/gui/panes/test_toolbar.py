"""The toolbar: set to the panes, words while there is room, and no action lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from reader.gui.panes.toolbar import SHOWN
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]
_WIDTHS = (420, 479, 600, 699, 700, 900, 1080, 1366, 1920, 2560)


@pytest.fixture
def window(make_window: Make, add: Callable[..., Article]) -> Window:
    article = add("One")
    window = make_window()
    window.navigation.open_listed(article.id)
    return window


def _sized(window: Window, width: int) -> None:
    window.resize(width, 600)
    for _ in range(3):
        QApplication.processEvents()


def _buttons(window: Window) -> list[QToolButton]:
    return [x for x in window.toolbar.findChildren(QToolButton) if x.isVisible()]


def _in_menu(button: QToolButton) -> set[str]:
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return {action.text() for action in menu.actions() if action.text()}


@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("shows_page", [False, True])
def test_no_button_is_cut_or_over_another_and_each_action_is_there(
    window: Window, width: int, shows_page: bool
) -> None:
    _sized(window, width)
    window.panes.show_page(shows_page)
    QApplication.processEvents()
    buttons = _buttons(window)
    areas = []
    for button in buttons:
        row = button.parentWidget()
        assert row is not None
        assert row.rect().contains(button.geometry()), button.accessibleName()
        assert button.width() >= button.sizeHint().width(), button.accessibleName()
        assert min(button.width(), button.height()) >= 24
        areas.append(button.geometry().translated(row.mapTo(window, QPoint(0, 0))))
    assert not [(a, b) for n, a in enumerate(areas) for b in areas[n + 1 :] if a.intersects(b)]
    reached = {x.defaultAction().text() for x in buttons if x.defaultAction()}
    for more in (window.toolbar.more, window.toolbar.more_of_list):
        if more.isVisible():
            reached |= _in_menu(more)
    row = window.toolbar.article if window.panes.shows_page else window.toolbar.library
    wanted = {window.qactions[id].text() for id in row.buttons} - {window.toolbar.add.text()}
    assert wanted - reached <= {window.qactions["add.url"].text()}


def test_words_stand_beside_the_icons_while_there_is_room(window: Window) -> None:
    style = Qt.ToolButtonStyle
    _sized(window, 2560)
    later = window.toolbar.article.buttons["article.read_later"]
    assert later.toolButtonStyle() is style.ToolButtonTextBesideIcon
    _sized(window, 1280)
    assert later.toolButtonStyle() is style.ToolButtonIconOnly
    assert later.toolTip()
    assert window.toolbar.add.toolButtonStyle() is style.ToolButtonTextBesideIcon


def test_the_part_of_the_article_begins_with_the_page(qtbot: QtBot, window: Window) -> None:
    for width in (800, 1280, 2000):
        _sized(window, width)
        page = window.page.mapTo(window, QPoint(0, 0)).x()
        assert window.toolbar.article.mapTo(window, QPoint(0, 0)).x() == page
    window.panes.setSizes([260, 400, 1340])
    window.panes.splitterMoved.emit(260, 1)
    qtbot.waitUntil(
        lambda: (
            window.toolbar.article.mapTo(window, QPoint(0, 0)).x()
            == window.page.mapTo(window, QPoint(0, 0)).x()
        )
    )


def test_below_a_width_the_menus_are_in_the_toolbar_and_keys_go_on(window: Window) -> None:
    _sized(window, 479)
    assert not window.menuBar().isVisible()
    menus = {action.text() for action in window.menuBar().actions()}
    assert menus <= _in_menu(window.toolbar.more_of_list)
    window.panes.show_page()
    assert menus <= _in_menu(window.toolbar.more)
    window.viewer.setFocus()
    before = window.viewer.zoom
    QTest.keyClick(window.viewer, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.viewer.zoom > before
    _sized(window, 480)
    assert window.menuBar().isVisible()


def test_tab_stops_once_in_a_row_and_arrows_walk_in_it(window: Window) -> None:
    _sized(window, 1280)
    row = window.toolbar.article
    stops = [x for x in _buttons(window) if x.parentWidget() is row and _is_stop(x)]
    assert len(stops) == 1
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen = {stops[0].accessibleName()}
    for _ in range(20):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Right)
        reached = QApplication.focusWidget()
        assert isinstance(reached, QToolButton)
        seen.add(reached.accessibleName())
    usable = {
        x.accessibleName() for x in _buttons(window) if x.parentWidget() is row and x.isEnabled()
    }
    assert seen == usable


def _is_stop(button: QToolButton) -> bool:
    return bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)


def test_the_way_back_names_the_shelf(window: Window) -> None:
    _sized(window, 600)
    window.panes.show_page()
    window.shelves.select("all")
    window.panes.show_page()
    assert window.toolbar.back.text() == "All"


def test_every_button_has_a_name_and_the_table_has_an_action_for_it(window: Window) -> None:
    assert set(window.qactions) >= SHOWN
    assert all(x.accessibleName() for x in window.toolbar.findChildren(QToolButton))


@pytest.mark.parametrize("width", [700, 1366])
def test_without_the_list_no_button_is_cut(window: Window, width: int) -> None:
    _sized(window, width)
    window.panes.fold(True)
    QApplication.processEvents()
    for button in window.toolbar.library.buttons.values():
        assert window.toolbar.library.rect().contains(button.geometry()), button.accessibleName()


def test_the_tip_of_add_names_its_key_also_after_that_has_changed(window: Window) -> None:
    assert "Ctrl+Alt+Y" not in window.toolbar.add.toolTip()
    window.context.settings.update(keys={"add.url": ("Ctrl+Alt+Y",)})
    assert "Ctrl+Alt+Y" in window.toolbar.add.toolTip()
    assert window.toolbar.add.toolTip() == window.qactions["add.url"].toolTip()

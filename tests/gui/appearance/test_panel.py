"""The panel for text and theme changes the page at once, and is used by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.appearance import families
from reader.gui.appearance.panel import LookPanel
from reader.gui.appearance.scopes import Scope
from reader.gui.widgets import theme
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def panel(
    make_window: Make, add: Add, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> tuple[Window, LookPanel]:
    add("One")
    window = make_window(theme="light")
    monkeypatch.setattr(theme, "apply", lambda _: None)  # which takes its time with many windows
    window.activateWindow()
    window.viewer.setFocus()
    qtbot.waitUntil(window.viewer.hasFocus)
    window.qactions["look.panel"].trigger()
    return window, window.controllers.around.look_panel


def test_a_slider_changes_the_page_and_says_its_value(panel: tuple[Window, LookPanel]) -> None:
    window, shown = panel
    row = shown._rows["leading"]
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert window.viewer.look.leading == 1.6
    assert (row.value.text(), row.slider.accessibleName()) == ("1.60", "Leading, 1.60")
    row.more.click()
    assert window.viewer.look.leading == 1.65
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton)
    assert window.viewer.look.leading == 1.55
    end = row.slider.rect().center()
    end.setX(row.slider.width() - 1)
    QTest.mousePress(row.slider, Qt.MouseButton.LeftButton, pos=end)
    assert (window.viewer.look.leading, row.more.isEnabled()) == (3.0, False)
    QTest.mouseRelease(row.slider, Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(row.slider, Qt.Key.Key_Delete)
    assert window.viewer.look.leading == 1.55


def test_tiles_are_radio_buttons_that_choose_by_arrows(panel: tuple[Window, LookPanel]) -> None:
    window, shown = panel
    focused = shown._swatches.checkedButton()
    assert focused is not None
    assert focused.hasFocus()
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert window.settings.theme == "sepia"
    serif, sans, *_ = shown._tiles.buttons()
    serif.setFocus()
    QTest.keyClick(serif, Qt.Key.Key_Right)
    assert (window.settings.font, sans.isChecked()) == ("sans", True)


def test_tab_stays_inside_and_esc_gives_the_keyboard_back(
    panel: tuple[Window, LookPanel],
) -> None:
    window, shown = panel
    seen = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert shown.isAncestorOf(focused)
        assert focused.accessibleName() or focused.property("text")
        seen.append(focused)
        shown.focusNextPrevChild(True)
    assert {row.slider for row in shown._rows.values()} <= {*seen}
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isHidden()
    assert window.viewer.hasFocus()


def test_choices_concern_the_article_alone_while_its_box_is_checked(
    panel: tuple[Window, LookPanel],
) -> None:
    window, shown = panel
    assert shown._scope.text() == "All articles"
    shown._own[Scope.ARTICLE].click()
    assert (shown._scope.text(), shown._reset.text()) == ("This article", "Reset These")
    shown._checks["justified"].click()
    assert (window.viewer.look.justified, window.settings.justified) == (True, False)
    shown._reset.click()
    assert not window.viewer.look.justified
    assert not shown._own[Scope.SITE].isEnabled(), "it belongs to no site"


def test_a_typeface_is_found_and_one_that_has_vanished_is_named(
    panel: tuple[Window, LookPanel],
) -> None:
    window, shown = panel
    shown.show_families(on=True)
    name = families.installed()[0]
    assert shown._families is not None
    QTest.keyClicks(shown._families.field, name)
    QTest.keyClick(shown._families.field, Qt.Key.Key_Down)
    assert window.viewer.look.font == name
    window.appearance.choose(font="Gone Grotesk")
    assert shown._gone.isVisible()
    assert "Gone Grotesk is not installed" in shown._gone.text()
    assert "Gone Grotesk" in [tile.accessibleName() for tile in shown._tiles.buttons()]
    shown._tiles.buttons()[0].click()
    assert not shown._gone.isVisible()

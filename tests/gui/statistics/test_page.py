"""The page of statistics: shown in the place of the page, cleared and switched off."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from reader.gui.statistics.page import StatisticsPage
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]
TODAY = date.today().isoformat()


def _open(qtbot: QtBot, window: Window) -> StatisticsPage:
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.viewer, Qt.Key.Key_S, control)
    assert window.controllers.statistics.isVisible()
    return window.controllers.statistics


def _links(page: StatisticsPage) -> list[QPushButton]:
    found = page.findChildren(QPushButton, "articleLink")
    return [each for each in found if isinstance(each, QPushButton)]


def test_a_key_opens_them_and_escape_goes_back_to_the_page(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    page = _open(qtbot, window)
    assert window.viewer.isHidden()
    assert page.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.isHidden()
    assert window.viewer.hasFocus()


def test_they_say_what_was_read(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    library.tags.add([article.id], "slow")
    library.reading_log.note(TODAY, article.id, 3900, 1200)
    library.set_state([article.id], State.ARCHIVE, done=True)
    page = _open(qtbot, make_window())
    assert "read this week: 1 h 5 min" in page.tiles.accessibleDescription()
    assert page.read.accessibleDescription().endswith(": 65")
    qtbot.mouseClick(page.measure.findChildren(type(page.measure._group.buttons()[0]))[2],
                     Qt.MouseButton.LeftButton)  # fmt: skip
    assert page.read.accessibleDescription().endswith(": 1,200")
    assert page.tags.accessibleDescription() == "slow: 1 h 5 min"
    assert page.growth.text() == "1 added and 1 finished in twelve weeks: as many as came."


def test_nothing_read_yet_says_so(qtbot: QtBot, make_window: Make) -> None:
    page = _open(qtbot, make_window())
    assert page.read.accessibleDescription() == "Articles you read from now on are counted here."
    assert page.flowing.isHidden()
    assert page.shares.isHidden()
    assert _links(page) == []
    page.grab()


def test_an_article_named_there_is_opened(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    add("One")
    second = add("Two")
    for _ in range(2):
        library.reading_log.count_view(second.id)
    window = make_window()
    page = _open(qtbot, window)
    link = next(each for each in _links(page) if each.accessibleName() == "Two, 2 times")
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert window.viewer.article_id == second.id
    assert window.viewer.isVisible()
    assert page.isHidden()


def test_choosing_an_article_in_the_list_goes_back_to_the_page(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    second = add("Two")
    window = make_window()
    page = _open(qtbot, window)
    window.next_article()
    assert page.isHidden()
    assert window.viewer.article_id == second.id


@pytest.mark.parametrize("answer", ["Clear", "Cancel"])
def test_they_are_cleared_after_a_question(
    qtbot: QtBot,
    make_window: Make,
    add: Add,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    library.reading_log.note(TODAY, add("One").id, 60, 100)
    page = _open(qtbot, make_window())

    def press(box: QMessageBox) -> int:
        button = next(each for each in box.buttons() if each.text().strip("&") == answer)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    page.clear_button.click()
    left = 0 if answer == "Clear" else 60
    qtbot.waitUntil(lambda: sum(day.seconds for day in library.reading_log.days()) == left)
    wanted = "0 min" if answer == "Clear" else "1 min"
    qtbot.waitUntil(lambda: f"read this week: {wanted}" in page.tiles.accessibleDescription())


def test_they_can_be_switched_off(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    page = _open(qtbot, window)
    assert page.keep.isChecked()
    page.keep.click()
    assert not window.settings.statistics
    assert page.read.accessibleDescription().startswith("Statistics are turned off")
    page.keep.click()
    assert window.settings.statistics


def test_a_column_says_its_value_where_the_pointer_rests(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    library.reading_log.note(TODAY, add("One").id, 600, 100)
    page = _open(qtbot, make_window())
    at = QPoint(page.read.width() - 5, 90)
    event = QHelpEvent(QEvent.Type.ToolTip, at, page.read.mapToGlobal(at))
    QApplication.sendEvent(page.read, event)
    assert QToolTip.text().endswith(": 10")
    QToolTip.hideText()


def test_the_colours_follow_the_theme(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    page = _open(qtbot, window)
    window.store.update(theme="dark")
    assert page.tiles.theme.name == "dark"

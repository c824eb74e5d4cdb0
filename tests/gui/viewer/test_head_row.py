"""The row of actions below the title: words or icons, and what they do."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.viewer.head_row import ENTRIES, WAYS_TO_PRINT, ActionButton, HeadRow

Actions = dict[str, QAction]


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    made = {id: QAction(id) for id in {*WAYS_TO_PRINT, *(entry.id for entry in ENTRIES)}}
    made["article.read_later"].setCheckable(True)
    return made


@pytest.fixture
def row(qtbot: QtBot, actions: Actions) -> Iterator[HeadRow]:
    outer = QWidget()
    qtbot.addWidget(outer)
    made = HeadRow(outer)
    made.set_actions(actions)
    made.set_theme(themes.theme("light"))
    made.set_views(14)
    outer.show()
    yield made
    outer.close()


def _words(row: HeadRow) -> set[bool]:
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    buttons = [each for each in row.buttons if isinstance(each, ActionButton)]
    return {each.toolButtonStyle() is beside for each in buttons}


@pytest.mark.parametrize(("width", "words"), [(200, False), (479, False), (480, True), (900, True)])
def test_words_stand_where_there_is_room(row: HeadRow, width: int, words: bool) -> None:
    row.arrange(width, rtl=False)
    assert _words(row) == {words}


def test_words_that_do_not_fit_are_icons_even_in_a_wide_column(row: HeadRow) -> None:
    font = row.font()
    font.setPointSizeF(font.pointSizeF() * 2.4)
    for button in row.buttons:
        button.setFont(font)
    row.arrange(520, rtl=False)
    assert _words(row) == {False}


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("width", [150, 200, 300, 479, 480, 560, 900])
def test_all_parts_stand_within_and_apart(row: HeadRow, width: int, rtl: bool) -> None:
    high = row.arrange(width, rtl=rtl)
    row.resize(width, high)
    parts = [each.geometry() for each in row.findChildren(QWidget)]
    assert all(QRect(0, 0, width, high).contains(part) for part in parts)
    assert not any(a.intersects(b) for n, a in enumerate(parts) for b in parts[:n])
    assert all(each.width() >= 24 and each.height() >= 24 for each in row.buttons)


def test_the_views_stand_at_the_far_end(row: HeadRow) -> None:
    row.arrange(700, rtl=False)
    assert row._views.geometry().right() == 699
    assert row.buttons[0].x() == 0
    row.arrange(700, rtl=True)
    assert row._views.x() == 0
    assert row.buttons[0].geometry().right() == 699


@pytest.mark.parametrize(("views", "said"), [(0, "0 views"), (1, "1 view"), (1234, "1,234 views")])
def test_views_are_counted_in_words(row: HeadRow, views: int, said: str) -> None:
    row.set_views(views)
    assert row.views() == said


def test_a_button_does_what_its_action_does(row: HeadRow, actions: Actions) -> None:
    done: list[str] = []
    for id, action in actions.items():
        action.triggered.connect(lambda _=False, id=id: done.append(id))
    for button in row.buttons[: len(ENTRIES)]:
        button.click()
    assert done == [entry.id for entry in ENTRIES]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_from_the_keyboard(
    qtbot: QtBot, row: HeadRow, actions: Actions, key: Qt.Key
) -> None:
    done: list[bool] = []
    actions["page.zoom_in"].triggered.connect(lambda: done.append(True))
    qtbot.keyClick(row.buttons[0], key)
    assert done == [True]


def test_a_button_follows_its_action(row: HeadRow, actions: Actions) -> None:
    later = row.buttons[2]
    action = actions["article.read_later"]
    wide = row.arrange(600, rtl=False), later.width()
    action.setChecked(True)
    assert (later.text(), later.accessibleName()) == ("In the Queue", "Read Later, on")
    row.arrange(600, rtl=False)
    assert later.width() == wide[1], "the others keep their places"
    action.setEnabled(False)
    assert not later.isEnabled()
    action.setToolTip("Other (X)")
    assert later.toolTip() == "Other (X)"


def test_the_state_is_the_actions_and_not_the_clicks(row: HeadRow, actions: Actions) -> None:
    action = actions["article.read_later"]
    action.setCheckable(False)  # so that its trigger changes nothing
    row.buttons[2].click()
    assert not row.buttons[2].isChecked()


def test_there_are_more_ways_to_print(qtbot: QtBot, row: HeadRow, actions: Actions) -> None:
    row.buttons[-1].click()
    menu = row.findChild(QMenu)
    assert menu is not None
    assert menu.actions() == [actions[id] for id in WAYS_TO_PRINT]
    assert menu.pos().y() >= row.buttons[-1].mapToGlobal(QPoint()).y()
    menu.close()


def test_the_icons_have_the_colours_of_the_theme(row: HeadRow) -> None:
    for name in themes.names():
        theme = themes.theme(name)
        row.set_theme(theme)
        for button in row.buttons:
            image = button.icon().pixmap(20).toImage()
            found = {
                image.pixelColor(x, y).name()
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).alpha() == 255
            }
            assert theme.text in found

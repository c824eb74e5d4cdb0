"""Typing the beginning of a title leads to it; letters in the list itself stay actions."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article

_CTRL = Qt.KeyboardModifier.ControlModifier
TITLES = ("Bees", "Apples", "Éclairs", "“Apricots”", "Cherries", "apple pie", "Eclipse", "Dates")


@pytest.fixture
def window(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> Window:
    with library.together():
        for title in TITLES:
            add(title)
    made = make_window()
    made.activateWindow()
    made.list.setFocus()
    qtbot.waitUntil(made.list.hasFocus)
    return made


def _at(window: Window) -> str:
    return str(window.list.currentIndex().data())


def _open(qtbot: QtBot, window: Window) -> QWidget:
    qtbot.keyClick(window.list, Qt.Key.Key_J, _CTRL)
    field = window.controllers.jump.field
    assert field.isVisible()
    return field


def test_the_current_row_follows_what_is_typed_and_return_reads_it(
    qtbot: QtBot, window: Window
) -> None:
    read = window.article
    field = _open(qtbot, window)
    for letter, title in zip("ecli", ("Éclairs", "Éclairs", "Éclairs", "Eclipse"), strict=True):
        qtbot.keyClicks(field, letter)
        assert _at(window) == title
    assert window.article is read, "nothing is opened while typing"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.article is not None
    assert window.article.title == "Eclipse"
    assert not field.isVisible()


def test_keys_step_through_the_titles_and_around_the_ends(qtbot: QtBot, window: Window) -> None:
    field = _open(qtbot, window)
    qtbot.keyClicks(field, "ap")
    found = [_at(window)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(field, key)
        found.append(_at(window))
    assert found == ["Apples", "“Apricots”", "apple pie", "Apples", "apple pie"]
    window.qactions["list.jump"].trigger()
    assert _at(window) == "Apples"


def test_esc_goes_back_and_keeps_the_selection(qtbot: QtBot, window: Window) -> None:
    selected = window.list.selected_ids()
    field = _open(qtbot, window)
    qtbot.keyClicks(field, "dat")
    assert _at(window) == "Dates"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (_at(window), window.list.selected_ids()) == ("Bees", selected)
    assert window.list.hasFocus()
    assert not field.isVisible()


@pytest.mark.parametrize("text", ["zebra", "'", "   ", "%", "x" * 500])
def test_a_title_that_is_not_there_moves_and_opens_nothing(
    qtbot: QtBot, window: Window, text: str
) -> None:
    read = window.article
    field = _open(qtbot, window)
    qtbot.keyClicks(field, text)
    assert _at(window) == "Bees"
    assert field.property("missing") == bool(text.strip())
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.article is read
    assert not field.isVisible()


def test_it_finds_among_search_results_as_well(qtbot: QtBot, window: Window) -> None:
    window.search_field.setText("words")
    window.controllers.search.ask("words", finished=False)
    assert window.list.query is None
    window.list.setFocus()
    field = _open(qtbot, window)
    qtbot.keyClicks(field, "ap")
    found = {_at(window)}
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Down)
        found.add(_at(window))
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert found == {"Apples", "“Apricots”", "apple pie"}


def test_it_is_not_in_the_way_of_an_empty_list(qtbot: QtBot, window: Window) -> None:
    window.shelves.select("trash")
    field = _open(qtbot, window)
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.list.selected_ids() == []


def test_it_stays_at_the_foot_of_the_list(qtbot: QtBot, window: Window) -> None:
    field = _open(qtbot, window)
    window.resize(1000, 500)
    assert window.list.rect().contains(field.geometry())
    window.viewer.setFocus()
    qtbot.waitUntil(lambda: not field.isVisible())


def test_no_row_shines_through_the_field(qtbot: QtBot, window: Window) -> None:
    field = _open(qtbot, window)
    for x in range(20, field.width() - 20, 20):
        corner = field.grab().toImage().pixelColor(x, field.height() - 6)
        ground = field.palette().base().color()
        assert corner == ground
        assert corner.alpha() == 255

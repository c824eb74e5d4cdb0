"""The card of the search names what exists, fits the screen, and fills the field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.search.card import SearchCard, sections
from reader.gui.window import Window
from reader.library.search import query_parser
from reader.library.search.query_parser import misread, question

_LINES = [line for _, lines in sections() for line in lines]


def test_every_field_and_value_that_exists_is_named_once_and_explained() -> None:
    named = [sample.partition(":")[0] if sample.partition(":")[0] not in ("is", "has") else sample
             for sample, _ in _LINES if ":" in sample]  # fmt: skip
    every = {*query_parser.TEXTS, *query_parser.DATES, *query_parser.NUMBERS}
    for field, values in query_parser.NAMED.items():
        every |= {f"{field}:{value}" for value in values} or {field}
    assert sorted(named) == sorted(every)
    assert [sample for sample, says in _LINES if not says] == []


@pytest.mark.parametrize("sample", [sample for sample, _ in _LINES])
def test_every_sample_is_understood(sample: str) -> None:
    asked = f"{sample}de" if sample.endswith(":") else sample
    assert misread(asked) == []
    assert question(asked).clauses


@pytest.mark.parametrize("size", [(420, 320), (640, 700), (1280, 820), (2000, 1200)])
def test_it_stays_on_the_screen_and_cuts_nothing(
    qtbot: QtBot, make_window: Callable[..., Window], size: tuple[int, int]
) -> None:
    window = make_window()
    window.resize(*size)
    window.controllers.search.show_card()
    card = next(each for each in window.findChildren(SearchCard) if each.isVisible())
    assert card.screen().availableGeometry().contains(card.geometry())
    assert card.width() <= max(400, size[0] - 20)
    for button in card.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
        assert button.height() >= 24
    card.close()


def test_a_click_and_enter_put_a_sample_into_the_field(
    qtbot: QtBot, make_window: Callable[..., Window]
) -> None:
    window = make_window()
    window.search_field.setText("bees ")
    for sample, key in (("is:unread", False), ("title:", True)):
        window.qactions["search.card"].trigger()
        card = QApplication.activePopupWidget()
        assert isinstance(card, SearchCard)
        button = next(b for b in card.findChildren(QPushButton) if b.text() == sample)
        if key:
            button.setFocus()
            qtbot.keyClick(button, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QApplication.activePopupWidget() is not card
    assert window.search_field.text() == "bees is:unread title:"

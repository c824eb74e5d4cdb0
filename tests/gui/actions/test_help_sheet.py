"""The sheet of keys: a card for each menu, found by words, whole at every width."""

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.actions import keymap
from reader.gui.actions.help_sheet import HelpSheet, KeyCaps, caps_of
from reader.gui.actions.table import ACTIONS, MENUS, MORE_KEYS, name_of

THEME = themes.theme("light")


@pytest.fixture
def sheet(qtbot: QtBot) -> HelpSheet:
    made = HelpSheet(keymap.USUAL, THEME)
    qtbot.addWidget(made)
    made.show()
    return made


def _lines(sheet: HelpSheet) -> list[tuple[str, str]]:
    return [
        (label.text(), caps.accessibleName())
        for card in sheet.cards
        for label, caps in card.lines
        if not label.isHidden()
    ]


def test_each_action_stands_beside_its_keys_in_the_order_of_the_menus(sheet: HelpSheet) -> None:
    native = keymap.native
    wanted = [
        (name_of(each), " or ".join(map(native, each.keys)))
        for menu in MENUS
        for each in ACTIONS
        if each.menu == menu and each.keys
    ]
    assert _lines(sheet)[: len(wanted)] == wanted
    assert [text for text, _ in _lines(sheet)[len(wanted) :]] == [text for _, text in MORE_KEYS]


def test_words_and_keys_find_lines_and_hide_the_other_cards(qtbot: QtBot, sheet: HelpSheet) -> None:
    qtbot.keyClicks(sheet.field, "zoom")
    assert [text for text, _ in _lines(sheet)] == [
        "Zoom In", "Zoom Out", "Reset Zoom", "Zoom",
    ]  # fmt: skip
    assert sum(not card.isHidden() for card in sheet.cards) == 2
    sheet.field.setText("find shift+f3")
    assert [text for text, _ in _lines(sheet)] == ["Find Previous"]
    sheet.field.setText("no such thing")
    assert _lines(sheet) == []
    assert sheet._none.isVisible()
    sheet.field.clear()
    assert len(_lines(sheet)) > 50
    assert not sheet._none.isVisible()


@pytest.mark.parametrize("wide", [420, 640, 1024, 1366, 2560])
@pytest.mark.parametrize("direction", Qt.LayoutDirection.__members__)
def test_no_card_is_cut_or_lies_over_another(
    qtbot: QtBot, sheet: HelpSheet, wide: int, direction: str
) -> None:
    sheet.setLayoutDirection(Qt.LayoutDirection[direction])
    sheet.resize(wide, 700)
    qtbot.waitUntil(lambda: sheet.width() == wide)
    places: list[QRect] = []
    for card in sheet.cards:
        place = card.geometry()
        assert sheet._columns.rect().contains(place)
        assert not any(place.intersects(other) for other in places)
        places.append(place)
        for label, caps in card.lines:
            assert caps.geometry().right() <= card.width()
            assert caps.width() >= caps.sizeHint().width()
            assert label.height() >= label.heightForWidth(label.width())


def test_keys_are_taken_apart_into_caps(qtbot: QtBot) -> None:
    assert caps_of("Ctrl+Shift+F") == ["Ctrl", "Shift", "F"]
    assert caps_of("Ctrl++") == ["Ctrl", "+"]
    assert caps_of("+") == ["+"]
    caps = KeyCaps(("G, G", "Home"), THEME)
    qtbot.addWidget(caps)
    assert [text for _, text in caps._caps()] == ["G", "G", "Home"]
    assert caps.accessibleName() == "G, G or Home"
    assert not caps.grab().isNull()

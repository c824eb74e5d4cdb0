"""A row of buttons: one stop of Tab, arrow keys within, also from right to left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.widgets.roving import Roving


class Row(QWidget):
    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        qtbot.addWidget(self)
        layout = QHBoxLayout(self)
        self.buttons = [QPushButton(name) for name in "abcd"]
        for button in self.buttons:
            layout.addWidget(button)
        self.roving = Roving(self.buttons, self)
        self.show()
        self.activateWindow()
        QApplication.processEvents()

    def stops(self) -> list[str]:
        tab = Qt.FocusPolicy.TabFocus
        return [x.text() for x in self.buttons if x.focusPolicy() is tab and x.isEnabled()]

    def press(self, *keys: Qt.Key) -> str:
        for key in keys:
            here = self.focusWidget()
            assert here is not None
            QTest.keyClick(here, key)
        reached = self.focusWidget()
        assert isinstance(reached, QPushButton)
        return reached.text()


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    row = Row(qtbot)
    row.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    return row


def test_arrows_walk_round_and_home_and_end_lead_to_the_ends(row: Row) -> None:
    key = Qt.Key
    assert row.press(key.Key_Right) == "b"
    assert row.press(key.Key_End) == "d"
    assert row.press(key.Key_Right) == "a"
    assert row.press(key.Key_Left) == "d"
    assert row.press(key.Key_Home) == "a"


def test_the_button_that_was_reached_is_the_stop(row: Row) -> None:
    assert row.stops() == ["a"]
    row.press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert row.stops() == ["c"]


def test_from_right_to_left_the_arrows_change_their_sense(row: Row) -> None:
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert row.press(Qt.Key.Key_Left) == "b"


def test_disabled_and_hidden_buttons_are_passed_over_and_a_stop_remains(row: Row) -> None:
    row.buttons[1].setEnabled(False)
    row.buttons[2].hide()
    assert row.press(Qt.Key.Key_Right) == "d"
    row.buttons[3].setEnabled(False)
    assert row.stops() == ["a"]
    row.buttons[0].setEnabled(False)
    row.buttons[3].setEnabled(True)
    assert row.stops() == ["d"]


def test_other_keys_are_left_alone(row: Row) -> None:
    pressed: list[str] = []
    row.buttons[0].clicked.connect(lambda: pressed.append("a"))
    assert row.press(Qt.Key.Key_Space) == "a"
    assert pressed == ["a"]

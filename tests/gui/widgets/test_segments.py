"""Of some segments one is chosen, by mouse or keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reader.gui.widgets.segments import Segments


def test_a_click_chooses_and_tells_text_and_index(qtbot: QtBot) -> None:
    segments = Segments(("One", "Two & a half", "Three"), "Number")
    qtbot.addWidget(segments)
    texts, indices = list[str](), list[int]()
    segments.chosen.connect(texts.append)
    segments.picked.connect(indices.append)
    segments.show()
    buttons = segments.findChildren(QToolButton)
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    buttons[2].setFocus()
    QTest.keyClick(buttons[2], Qt.Key.Key_Space)
    assert (texts, indices) == (["Two & a half", "Three"], [1, 2])
    assert segments.text == "Three"
    segments.choose("Two & a half")
    assert [each.isChecked() for each in buttons] == [False, True, False]
    segments.pick(-1)
    assert not any(each.isChecked() for each in buttons)
    segments.pick(0)
    assert segments.text == "One"
    assert buttons[0].accessibleName() == "Number: One"

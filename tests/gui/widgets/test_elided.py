"""A line without room ends in dots, and its tool tip holds all of it as plain text."""

from pytestqt.qtbot import QtBot

from reader.gui.widgets.elided import Elided


def test_the_tool_tip_holds_what_has_no_room_and_only_then(qtbot: QtBot) -> None:
    label = Elided("A line of several words")
    qtbot.addWidget(label)
    label.resize(400, 20)
    label.show()
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "A line of several words"
    assert label.text() == "A line of several words"
    label.setText("Short")
    assert label.toolTip() == ""


def test_a_long_text_never_widens_a_window(qtbot: QtBot) -> None:
    label = Elided("w" * 10_000)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() <= 48
    label.resize(100, 20)
    label.grab()


def test_a_text_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot) -> None:
    label = Elided("<b>bold</b> " * 20)
    qtbot.addWidget(label)
    label.resize(60, 20)
    assert "<b>" not in label.toolTip()
    label.grab()

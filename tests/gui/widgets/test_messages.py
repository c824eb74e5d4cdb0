"""The message bar: news goes, trouble stays, the button does its thing once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reader import __version__
from reader.gui.widgets.messages import MessageBar, report_of, show_report


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_news_goes_by_itself(qtbot: QtBot, bar: MessageBar) -> None:
    bar._timer.setInterval(20)
    bar.tell("Archived 1 article.")
    assert bar.text() == "Archived 1 article."
    qtbot.waitUntil(bar.isHidden)


def test_trouble_stays_even_after_news(qtbot: QtBot, bar: MessageBar) -> None:
    bar._timer.setInterval(20)
    bar.tell("News.")
    bar.warn("The disk is full.")
    qtbot.wait(60)
    assert bar.text() == "The disk is full."


def test_the_button_acts_once_and_closes_the_bar(bar: MessageBar) -> None:
    done: list[int] = []
    bar.tell("Archived.", "Undo", lambda: done.append(1))
    assert bar._act.text() == "Undo"
    bar._act.click()
    assert done == [1]
    assert bar.isHidden()


def test_a_sentence_from_outside_is_shown_as_it_is(bar: MessageBar) -> None:
    hostile = "<img src='/etc/hostname'> <b>bold</b>"
    bar.warn(hostile)
    assert bar.text() == hostile
    assert bar._text.textFormat().name == "PlainText"


def test_a_report_names_versions_and_the_way(qtbot: QtBot) -> None:
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as error:
        text = report_of(error)
    assert "Python 3." in text
    assert "test_messages.py" in text
    assert "a bug" in text


def test_news_stays_long_enough_to_be_read_and_begins_anew_with_each(bar: MessageBar) -> None:
    assert bar.isHidden()
    assert bar.text() == ""
    bar.tell("News.")
    assert bar._timer.isSingleShot()
    assert 5000 <= bar._timer.remainingTime() <= 15_000
    bar.warn("Trouble.")
    assert not bar._timer.isActive()


def test_a_message_without_something_to_do_has_no_button(bar: MessageBar) -> None:
    bar.warn("Trouble.", "Try R&D Again", lambda: None)
    assert not bar._act.isHidden()
    assert bar._act.text() == "Try R&&D Again"
    bar.tell("News.")
    assert bar._act.isHidden()
    bar._close.click()
    assert bar.isHidden()


def test_what_the_button_does_may_say_something_itself(bar: MessageBar) -> None:
    bar.tell("Archived.", "Undo", lambda: bar.tell("Undone."))
    bar._act.click()
    assert bar.text() == "Undone."
    bar.tell("Archived.", "Undo", lambda: bar.tell("Undone."))
    bar._act.click()
    bar._act.click()
    assert bar.text() == ""


def test_a_long_sentence_takes_more_lines_and_is_read_whole(qtbot: QtBot, bar: MessageBar) -> None:
    bar.resize(300, 40)
    bar.warn("One.")
    low = bar.heightForWidth(300)
    bar.warn("A sentence with many words in it. " * 9, "Undo", lambda: None)
    assert bar.heightForWidth(300) > 3 * low
    assert bar._text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_a_bug_is_shown_beside_the_window_and_says_that_the_articles_are_safe(
    qtbot: QtBot,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    show_report(ValueError("a <b>bug</b>"), parent)
    box = parent.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.isVisible()
    assert not box.isModal()
    assert "Your articles are safe" in box.text()
    assert "ValueError: a <b>bug</b>" in box.detailedText()
    assert __version__ in box.detailedText()
    assert box.icon() is QMessageBox.Icon.Warning
    close = box.button(QMessageBox.StandardButton.Close)
    close.click()
    qtbot.waitUntil(lambda: parent.findChild(QMessageBox) is None)

"""The message bar: news goes, trouble stays, the button does its thing once."""

import pytest
from pytestqt.qtbot import QtBot

from reader.gui.messages import MessageBar, report_of


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

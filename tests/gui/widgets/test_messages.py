"""The message bar: news goes, trouble stays, the button does its thing once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reader import __version__
from reader.gui.widgets.messages import MessageBar, Offer, report_of, show_report
from reader.gui.widgets.plain_text import Label
from reader.gui.window import Window
from reader.model import SHELF_QUERIES, Article


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def _on_a_page(qtbot: QtBot, bar: MessageBar, wide: int, high: int) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(wide, high)
    bar.float_on(page, page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_news_goes_by_itself(bar: MessageBar) -> None:
    bar.tell("Archived 1 article.")
    assert bar.text() == "Archived 1 article."
    assert bar._timer.isActive()
    bar._timer.timeout.emit()
    assert bar.isHidden()


def test_trouble_stays_even_after_news(bar: MessageBar) -> None:
    bar.tell("News.")
    bar.warn("The disk is full.")
    assert not bar._timer.isActive()
    assert bar.text() == "The disk is full."


def test_an_unread_error_returns_when_the_news_have_gone(bar: MessageBar) -> None:
    bar.warn("The disk is full.", "Try Again", lambda: None)
    bar.tell("Archived 1 article.")
    bar.tell("Archived 2 articles.")
    assert bar.text() == "Archived 2 articles."
    bar._timer.timeout.emit()
    assert bar.text() == "The disk is full."
    assert bar._act.text() == "Try Again"
    bar._close.click()
    assert bar.text() == ""


def test_an_error_acted_upon_does_not_return(bar: MessageBar) -> None:
    bar.warn("The disk is full.", "Try Again", lambda: bar.tell("Done."))
    bar._act.click()
    assert bar.text() == "Done."
    bar._timer.timeout.emit()
    assert bar.text() == ""


def test_the_same_error_twice_is_closed_once(bar: MessageBar) -> None:
    bar.warn("The disk is full.")
    bar.warn("The disk is full.")
    bar._close.click()
    assert bar.text() == ""


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
    assert bar._text.toPlainText() == hostile


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
    bar._close.click()  # the trouble
    assert bar.isHidden()


def test_what_the_button_does_may_say_something_itself(bar: MessageBar) -> None:
    bar.tell("Archived.", "Undo", lambda: bar.tell("Undone."))
    bar._act.click()
    assert bar.text() == "Undone."
    bar.tell("Archived.", "Undo", lambda: bar.tell("Undone."))
    bar._act.click()
    bar._act.click()
    assert bar.text() == "Undone."


def test_a_long_sentence_takes_more_lines_and_is_read_whole(qtbot: QtBot, bar: MessageBar) -> None:
    page = _on_a_page(qtbot, bar, 420, 600)
    bar.warn("One.")
    assert bar.height() == 48
    bar.warn("A sentence with many words in it. " * 9, "Undo", lambda: None)
    assert bar.height() > 3 * 48
    assert bar.width() <= page.width() - 48
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


def test_a_message_floats_centred_above_the_lower_edge(qtbot: QtBot, bar: MessageBar) -> None:
    page = _on_a_page(qtbot, bar, 800, 600)
    bar.tell("Archived “Title”.", "Undo", lambda: None)
    assert bar.geometry().bottom() == 600 - 24 - 1
    assert abs(bar.geometry().center().x() - 400) <= 1
    page.resize(500, 400)
    qtbot.waitUntil(lambda: bar.geometry().bottom() == 400 - 24 - 1)
    assert abs(bar.geometry().center().x() - 250) <= 1


@pytest.mark.parametrize(
    "text", ["w" * 10_000, "word " * 2000, "\n".join("lines"), "ن" * 5000, "🦉"]
)
@pytest.mark.parametrize("wide", [260, 420, 1280])
def test_no_text_makes_a_message_larger_than_the_page(
    qtbot: QtBot, bar: MessageBar, text: str, wide: int
) -> None:
    page = _on_a_page(qtbot, bar, wide, 400)
    bar.tell(text, "Open", lambda: None, offers=[Offer("Undo", lambda: None)])
    qtbot.wait(1)
    assert page.rect().adjusted(24, 24, -24, -24).contains(bar.geometry())
    for button in bar.findChildren(QToolButton):
        place = QRect(button.mapTo(bar, button.rect().topLeft()), button.size())
        assert bar.rect().contains(place)
        assert min(button.width(), button.height()) >= 24


def test_two_hundred_messages_leave_one(qtbot: QtBot, bar: MessageBar) -> None:
    page = _on_a_page(qtbot, bar, 800, 600)
    for number in range(200):
        bar.tell(f"Archived {number}.", "Undo", lambda: None)
    assert bar.text() == "Archived 199."
    assert [bar] == [each for each in page.children() if isinstance(each, MessageBar)]
    bar._close.click()
    assert bar.text() == ""


def test_a_message_that_is_hovered_or_focused_stays(qtbot: QtBot, bar: MessageBar) -> None:
    page = _on_a_page(qtbot, bar, 800, 600)
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    bar.tell("Archived.", "Undo", lambda: None)
    middle = QPointF(bar.rect().center())
    QApplication.sendEvent(bar, QEnterEvent(middle, middle, middle))
    assert not bar._timer.isActive()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert bar._timer.isActive()
    bar.setFocus()
    qtbot.waitUntil(bar._act.hasFocus)
    assert not bar._timer.isActive()
    other.setFocus()
    assert bar._timer.isActive()


def test_escape_closes_a_focused_message_and_gives_the_keyboard_back(
    qtbot: QtBot, bar: MessageBar
) -> None:
    page = _on_a_page(qtbot, bar, 800, 600)
    other = QLineEdit(page)
    other.show()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    bar.warn("The disk is full.")
    bar.setFocus()
    qtbot.waitUntil(bar._close.hasFocus)
    qtbot.keyClick(bar._close, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert other.hasFocus()


def test_news_stay_until_they_are_closed_if_the_settings_say_so(qtbot: QtBot) -> None:
    bar = MessageBar(seconds=lambda: 0)
    qtbot.addWidget(bar)
    bar.tell("Archived.")
    assert not bar._timer.isActive()
    assert bar.text() == "Archived."


def test_a_button_shows_the_key_of_its_action(qtbot: QtBot) -> None:
    bar = MessageBar(key_of=lambda id: f"key of {id}")
    qtbot.addWidget(bar)
    bar.tell("Archived.", "Undo", lambda: None, id="history.undo")
    key = next(each for each in bar.findChildren(Label) if each.objectName() == "actKey")
    assert key.text() == "key of history.undo"


@pytest.mark.parametrize(("show", "politeness"), [("tell", "Polite"), ("warn", "Assertive")])
def test_a_message_is_announced_once(
    qtbot: QtBot, bar: MessageBar, monkeypatch: pytest.MonkeyPatch, show: str, politeness: str
) -> None:
    said: list[tuple[str, str]] = []

    def update(event: QAccessibleAnnouncementEvent) -> None:
        said.append((event.message(), event.politeness().name))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    for number in range(5):
        getattr(bar, show)(f"Message {number}.")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("Message 4.", politeness)]


def test_a_message_moves_nothing_in_the_window(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    for number in range(3):
        add(f"Article {number}", "words " * 2000)
    window = make_window()
    window.controllers.session.start(window.library.rows(SHELF_QUERIES["queue"]))
    QApplication.processEvents()
    parts = [window.viewer, *window.controllers.session.bar.findChildren(QToolButton)]

    def places() -> list[QRect]:
        QApplication.processEvents()
        return [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]

    before = places()
    window.context.messages.tell("Archived “Article 0”.", "Undo", lambda: None)
    assert places() == before
    window.context.messages.warn("The disk is full. " * 20, "Try Again", lambda: None)
    assert places() == before
    window.context.messages.close_message()
    assert places() == before


def test_undo_in_a_message_names_its_key(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    add("One")
    window = make_window(keys={"history.undo": ("Ctrl+Alt+U",)})
    window.qactions["article.favourite"].trigger()
    bar = window.context.messages
    qtbot.waitUntil(lambda: bar.text() == "Made a favourite: “One”.")
    assert "Ctrl+Alt+U" in {each.text() for each in bar.findChildren(Label) if each.isVisible()}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_its_buttons(qtbot: QtBot, bar: MessageBar, key: Qt.Key) -> None:
    _on_a_page(qtbot, bar, 700, 400)
    done: list[str] = []
    bar.tell("Saved.", offers=[Offer("A", lambda: None), Offer("B", lambda: done.append("B"))])
    qtbot.keyClick(bar._buttons.acts[1], key)
    assert (done, bar.text()) == (["B"], "")
    bar.tell("Saved.")
    qtbot.keyClick(bar._close, key)
    assert bar.text() == ""


def test_a_longer_sentence_after_a_shorter_one_takes_no_line_more(
    qtbot: QtBot, bar: MessageBar
) -> None:
    _on_a_page(qtbot, bar, 700, 400)
    for text in ("Saved.", "Archived “The quiet return of the night train”."):
        bar.tell(text, "Undo", lambda: None)
        assert bar._text.maximumHeight() < 2 * bar._text.fontMetrics().lineSpacing()
        for _ in range(3):
            QApplication.processEvents()
        assert bar._text.document().size().height() < 2 * bar._text.fontMetrics().lineSpacing()
        assert not bar._text.verticalScrollBar().isVisible()

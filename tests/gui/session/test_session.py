"""A session by the keyboard alone, what is finished, what undo brings back, and a surprise."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.anchor import Anchor
from reader.gui.action import unmarked
from reader.gui.session.dialog import SessionDialog
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.session import Pick, pick
from reader.model import SHELF_QUERIES, Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def window(qtbot: QtBot, make_window: Make, add: Add) -> Window:
    for number in range(6):
        add(f"Article {number}")
    made = make_window()
    made.activateWindow()
    qtbot.waitUntil(made.viewer.hasFocus)
    return made


def begin(window: Window, minutes: int) -> None:
    window.controllers.session.start(pick(window.library, minutes).rows)


def queued(library: Library) -> list[int]:
    return library.ids(SHELF_QUERIES["queue"])


def test_a_session_leads_from_one_to_the_next_and_says_what_was_read(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    begin(window, 3)
    assert window.controllers.session.bar.text() == "1 of 3 · 3 min left"
    qtbot.keyClick(window.viewer, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: window.viewer.article_id == 2)
    assert window.controllers.session.bar.text() == "2 of 3 · 2 min left"
    assert window.context.messages.text() == "Archived “Article 0”."
    qtbot.keyClick(window.viewer, Qt.Key.Key_J)
    assert window.viewer.article_id == 3
    qtbot.keyClick(window.viewer, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: not window.controllers.session.running)
    assert queued(library) == [2, 4, 5, 6]
    assert window.viewer.article_id is None
    assert window.viewer._empty == (
        "You have read 2 articles\n“Article 0”, “Article 2”. "
        "1 article of the session stays in the queue."
    )
    assert window.controllers.session.bar.text() == ""


def test_undo_brings_back_the_article_and_the_session(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    begin(window, 2)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id == 2)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id is None)
    assert not window.controllers.session.running
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.viewer.article_id == 2)
    assert window.controllers.session.bar.text() == "2 of 2 · 1 min left"
    assert queued(library) == [2, 3, 4, 5, 6]
    window.context.history.undo()
    qtbot.waitUntil(lambda: window.viewer.article_id == 1)
    assert window.controllers.session.bar.text() == "1 of 2 · 2 min left"


def test_a_session_goes_back_ends_and_leaves_the_rest(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    begin(window, 4)
    window.next_article()
    window.next_article()
    window.previous_article()
    assert window.viewer.article_id == 2
    window.controllers.session.moved(2, Anchor(), 0.99)
    assert window.controllers.session.bar.text() == "2 of 4 · 3 min left"
    window.qactions["session.end"].trigger()
    assert "You have read 0 articles" in window.viewer._empty
    assert "4 articles of the session stay in the queue" in window.viewer._empty
    assert len(queued(library)) == 6
    window.next_article()
    assert window.viewer.article_id is not None, "keys go through the list again"


def test_reading_the_queue_archives_and_opens_the_next(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.list.select(5)
    window.navigation.open(5)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id == 6)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id == 4)
    window.context.history.undo()
    qtbot.waitUntil(lambda: window.viewer.article_id == 6)
    assert window.list.selected_ids() == [6]
    assert library.article(5).state is State.ARCHIVE


def test_the_last_of_the_queue_leaves_an_empty_page(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    library.set_state([2, 3, 4, 5, 6], State.TRASH)
    window.refresh()
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id is None)
    assert window.viewer._empty.startswith("Queue finished")


def test_elsewhere_an_archived_article_stays_on_the_page(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.shelves.select("all")
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: library.article(1).state is State.ARCHIVE)
    qtbot.waitUntil(lambda: window.context.messages.text() != "")
    assert window.viewer.article_id == 1


def test_space_at_the_end_of_an_article_finishes_it_in_a_session_only(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.viewer.ended.emit()
    assert window.viewer.article_id == 2
    assert len(queued(library)) == 6
    begin(window, 2)
    window.viewer.ended.emit()
    qtbot.waitUntil(lambda: library.article(1).state is State.ARCHIVE)
    qtbot.waitUntil(lambda: window.viewer.article_id == 2)


def test_the_dialog_picks_adds_up_and_lets_one_choose(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    dialog = SessionDialog(2, lambda minutes: pick(library, minutes))
    qtbot.addWidget(dialog)
    dialog.show()
    assert [row.id for row in dialog.rows()] == [1, 2]
    assert dialog.text() == "2 articles · 2 min"
    dialog.minutes.setValue(3)
    assert [row.id for row in dialog.rows()] == [1, 2, 3]
    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [row.id for row in dialog.rows()] == [2, 3]
    for _ in range(4):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [row.id for row in dialog.rows()] == [2, 3, 5]
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog.text() == "4 articles · 4 min, 1 more than you have"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.result()


def test_a_dialog_with_nothing_to_read_cannot_begin(qtbot: QtBot) -> None:
    dialog = SessionDialog(20, lambda _: Pick())
    qtbot.addWidget(dialog)
    assert dialog.text() == "Nothing in the queue fits."
    assert not dialog.start.isEnabled()


def test_the_minutes_are_remembered(qtbot: QtBot, window: Window) -> None:
    def choose(dialog: SessionDialog) -> None:
        dialog.minutes.setValue(2)
        dialog.start.click()

    with answering(SessionDialog.reject):
        window.qactions["session.begin"].trigger()
    assert not window.controllers.session.running
    assert window.settings.minutes == 20
    with answering(choose):
        window.qactions["session.begin"].trigger()
    assert window.settings.minutes == 2
    assert unmarked(window.qactions["session.begin"].text()) == "I Have 2 Minutes…"
    assert window.controllers.session.bar.text() == "1 of 2 · 2 min left"


def test_a_surprise_opens_another_article_of_the_queue(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    for _ in range(10):
        before = window.viewer.article_id
        qtbot.keyClick(window.viewer, Qt.Key.Key_R)
        assert window.viewer.article_id != before
        assert window.list.selected_ids() == [window.viewer.article_id]
    library.set_state(queued(library), State.ARCHIVE)
    qtbot.keyClick(window.viewer, Qt.Key.Key_R)
    assert window.context.messages.text() == "There is nothing else in the queue."


def test_what_was_thrown_away_meanwhile_does_not_stay_in_the_queue(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    begin(window, 3)
    library.set_state([2], State.TRASH)
    window.controllers.session.stop()
    assert "2 articles of the session stay in the queue" in window.viewer._empty

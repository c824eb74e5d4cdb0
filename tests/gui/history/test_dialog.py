"""The dialog of the history: steps by day, their changes in words, and undoing any of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.document.direction import FIRST_STRONG_ISOLATE, POP_ISOLATE
from reader.gui.context import Context
from reader.gui.history.dialog import HistoryDialog
from reader.gui.window import Window
from reader.library.history import changes
from reader.library.library import Library
from reader.model import Article, Clipping, State
from reader.steps import Label, Verb

Open = Callable[..., HistoryDialog]


@pytest.fixture
def opened(qtbot: QtBot, context: Context, library: Library) -> Open:
    def make(article: int = 0) -> HistoryDialog:
        made = HistoryDialog(library, context.jobs, context.history, article)
        qtbot.addWidget(made)
        made.show()
        settle(qtbot, context, made)
        return made

    return make


def settle(qtbot: QtBot, context: Context, dialog: HistoryDialog) -> None:
    """Wait for all jobs, and for those that they lead to."""

    def is_quiet() -> bool:
        QApplication.processEvents()
        return not (context.jobs.running or any(x.isActive() for x in dialog.findChildren(QTimer)))

    qtbot.waitUntil(is_quiet)
    qtbot.waitUntil(is_quiet)


@pytest.fixture
def ids(library: Library) -> list[int]:
    return [library.add(Clipping(f"https://example.org/{n}", f"Title {n}")).id for n in range(5)]


def steps(dialog: HistoryDialog) -> list[str]:
    return [each.text for each in dialog.list.entries()]


def details(dialog: HistoryDialog) -> list[tuple[str, str]]:
    return [(each.text, each.detail) for each in dialog.page.list.entries()]


def choose(qtbot: QtBot, context: Context, dialog: HistoryDialog, text: str) -> None:
    entry = next(each for each in dialog.list.entries() if each.text == text)
    dialog.list.select(entry.key)
    settle(qtbot, context, dialog)


def test_steps_are_shown_newest_first_with_the_changes_of_the_selected_one(
    library: Library, ids: list[int], opened: Open
) -> None:
    library.set_state(ids[:2], State.ARCHIVE)
    library.set_title(ids[0], "Newer")
    dialog = opened()
    assert steps(dialog) == ["Renamed “Title 0”", "Archived 2 articles"]
    assert details(dialog) == [("Newer", "Title: Title 0 → Newer")]
    assert dialog.turn.isEnabled()
    assert dialog.turn.text() == "&Undo This Step"
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.page.sentence.text() == "Archived 2 articles."


def test_an_old_step_is_undone_and_redone_and_the_list_says_so(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_favourite(ids[:1], True)
    library.set_title(ids[1], "Newer")
    dialog = opened()
    choose(qtbot, context, dialog, "Made a favourite: “Title 0”")
    dialog.turn.click()
    settle(qtbot, context, dialog)
    assert not library.article(ids[0]).favourite
    assert library.article(ids[1]).title == "Newer"
    assert "undone" in dialog.list.entries()[1].detail
    assert dialog.turn.text() == "&Redo This Step"
    dialog.turn.click()
    settle(qtbot, context, dialog)
    assert library.article(ids[0]).favourite


def test_a_step_that_others_depend_on_names_them(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_title(ids[0], "Newer")
    library.set_title(ids[0], "Newest")
    dialog = opened()
    choose(qtbot, context, dialog, "Renamed “Title 0”")
    assert not dialog.turn.isEnabled()
    assert dialog.note.text() == "Later changed by: Renamed “Newer”."


def test_what_is_left_of_a_step_is_offered_and_never_done_silently(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_state(ids, State.ARCHIVE)
    library.set_state(ids[3:], State.TRASH)
    dialog = opened()
    choose(qtbot, context, dialog, "Archived 5 articles")
    assert dialog.turn.text() == "&Undo 3 of 5"
    assert "Moved to the trash: 2 articles" in dialog.note.text()
    dialog.turn.click()
    settle(qtbot, context, dialog)
    assert (library.counts().queue, library.counts().trash) == (3, 2)


def test_events_are_shown_with_the_reason_why_they_stay(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_state(ids[:1], State.TRASH)
    library.trash.delete(ids[:1])
    with library._database.writing() as connection:
        changes.note(connection, Label(Verb.REPAIR))
    dialog = opened()
    assert steps(dialog) == ["Repaired the library", "Deleted for good: “Title 0”"]
    assert not dialog.turn.isEnabled()
    assert "nothing to undo" in dialog.note.text()
    choose(qtbot, context, dialog, "Deleted for good: “Title 0”")
    assert dialog.page.list.entries()[0].end.startswith("deleted for good today")
    assert not dialog.turn.isEnabled()


def test_words_and_an_article_narrow_the_list(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_favourite(ids[:1], True)
    library.set_favourite(ids[1:2], True)
    dialog = opened(ids[0])
    assert steps(dialog) == ["Made a favourite: “Title 0”"]
    dialog.only.click()
    settle(qtbot, context, dialog)
    assert len(steps(dialog)) == 2
    dialog.search.setText("title 1")
    qtbot.waitUntil(lambda: steps(dialog) == ["Made a favourite: “Title 1”"])
    dialog.search.setText("no such words")
    qtbot.waitUntil(lambda: dialog.empty.isVisible())
    assert dialog.empty.text() == "No step has these words."
    assert not dialog.turn.isEnabled()


def test_an_empty_history_says_what_will_be_there(opened: Open, ids: list[int]) -> None:
    dialog = opened()
    assert dialog.empty.isVisible()
    assert "can be undone" in dialog.empty.text()
    assert not dialog.list.isVisible()


def test_a_long_history_comes_in_pages(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    with library.together():
        for number in range(230):
            library.set_title(ids[0], f"Title {number}a")
    dialog = opened()
    assert len(steps(dialog)) == 200
    dialog.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(steps(dialog)) == 230)
    oldest = dialog.list.entries()[-1].key
    dialog.list.select(oldest)
    context.history.changed.emit()
    settle(qtbot, context, dialog)
    assert dialog.list.current_key() == oldest
    assert len(steps(dialog)) == 230


def test_an_article_is_opened_and_a_deleted_one_is_not(
    qtbot: QtBot, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_favourite(ids[:1], True)
    dialog = opened()
    heard: list[int] = []
    dialog.article_chosen.connect(heard.append)
    dialog.page._open((0, 0))
    assert heard == []
    dialog.page.list.select_first()
    QTest.keyClick(dialog.page.list, Qt.Key.Key_Return)
    assert heard == [ids[0]]
    assert not dialog.isVisible()


def test_a_narrow_dialog_has_the_list_above_the_page(
    library: Library, ids: list[int], opened: Open
) -> None:
    library.set_favourite(ids[:1], True)
    dialog = opened()
    dialog.resize(560, 600)
    QApplication.processEvents()
    assert dialog.list.geometry().bottom() <= dialog.page.geometry().top()
    dialog.resize(960, 600)
    QApplication.processEvents()
    assert dialog.list.geometry().right() <= dialog.page.geometry().left()


def test_the_actions_open_it_for_all_and_for_the_open_article(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(HistoryDialog, "exec", lambda self: seen.append(self._article))
    window.next_article()
    article = window.article
    assert isinstance(article, Article)
    for id in ("history.show", "history.show_article"):
        window.qactions[id].trigger()
    assert seen == [0, article.id]


def test_return_undoes_the_step_in_the_list_but_not_from_the_search(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_title(ids[0], "Newer")
    dialog = opened()
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    settle(qtbot, context, dialog)
    assert library.article(ids[0]).title == "Newer"
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    settle(qtbot, context, dialog)
    assert library.article(ids[0]).title == "Title 0"


def test_the_keyboard_is_in_the_list_after_a_step_was_undone(
    qtbot: QtBot, context: Context, library: Library, ids: list[int], opened: Open
) -> None:
    library.set_title(ids[0], "Newer")
    dialog = opened()
    dialog.turn.setFocus()
    dialog.turn.click()
    settle(qtbot, context, dialog)
    assert dialog.focusWidget() is dialog.list


def test_the_title_of_the_only_article_keeps_its_quotation_marks(
    library: Library, ids: list[int], opened: Open
) -> None:
    library.set_title(ids[0], "عنوان")
    start, end = FIRST_STRONG_ISOLATE, POP_ISOLATE
    assert opened(ids[0]).only.text() == f"{start}Only “{start}عنوان{end}”  ✕{end}"


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
@pytest.mark.parametrize("width", [420, 960])
def test_a_line_parts_the_list_from_the_page(
    library: Library, ids: list[int], opened: Open, direction: Qt.LayoutDirection, width: int
) -> None:
    library.set_title(ids[0], "Newer")
    dialog = opened()
    dialog.setLayoutDirection(direction)
    dialog.resize(width, 600)
    QApplication.processEvents()
    lists, page = dialog.list.geometry(), dialog.page.geometry()
    assert not lists.intersects(page)
    assert lists.adjusted(-2, -2, 2, 2).intersects(page)
    assert not lists.adjusted(-1, -1, 1, 1).intersects(page)

"""Copies in the window: made, compared, restored with Undo, written elsewhere, deleted."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.gui.backups import backups
from reader.gui.backups.backups import changes
from reader.gui.backups.dialog import BackupsDialog
from reader.gui.window import Window
from reader.library.backup.copy import Change, Copy, Difference, Differing, Reason
from reader.library.library import Library
from reader.model import Article, Query, State

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def articles(add: Add) -> list[Article]:
    return [add(title) for title in ("One", "Two", "Three", "Four")]


@pytest.fixture
def copy(library: Library, articles: list[Article]) -> Copy:
    """Return a copy since which one article was deleted for good, and one was changed."""
    made = library.backups.take(Reason.IMPORT, {"source": "Pocket"})
    library.set_state([articles[0].id], State.TRASH)
    library.trash.delete([articles[0].id])
    library.set_title(articles[1].id, "Second")
    return made


@pytest.fixture
def dialog(qtbot: QtBot, make_window: Make, copy: Copy) -> BackupsDialog:
    """Return the dialog once it has compared the newest copy."""
    window = make_window()
    window.qactions["backups.show"].trigger()
    found = window.controllers.backups.dialog
    assert found is not None
    qtbot.waitUntil(lambda: found.list.copies.rowCount() > 0)
    _choose(found, copy)
    qtbot.waitUntil(lambda: "whole" in found.page.text())
    return found


def _choose(dialog: BackupsDialog, copy: Copy) -> None:
    number = dialog.list.copies.number_of(copy.id)
    dialog.list.setCurrentIndex(dialog.list.copies.index(number, 0))


def _titles(library: Library) -> set[str]:
    return {row.title for row in library.rows(Query())}


def _window(dialog: BackupsDialog) -> Window:
    window = dialog.parent()
    assert isinstance(window, Window)
    return window


def test_the_difference_is_shown_before_anything_is_restored(dialog: BackupsDialog) -> None:
    text = dialog.page.text()
    assert text.startswith("Today, ")
    assert "4 articles · opened, counted and compared: whole" in text
    assert dialog.page.segments.text == "Deleted 1"
    assert [article.title for article in dialog.page.difference.deleted] == ["One"]
    assert [article.title for article in dialog.page.difference.changed] == ["Second"]
    assert dialog.restore.text() == "Restore 1 Article"
    assert "is whole, and a copy is a moment old" in dialog.head.text()


def test_return_restores_what_is_checked_and_undo_takes_it_back(
    qtbot: QtBot, dialog: BackupsDialog, library: Library
) -> None:
    window = _window(dialog)
    dialog.list.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "One" in _titles(library))
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: "“One”" in window.context.messages.text())
    assert window.list.model().rowCount() == 4
    window.qactions["history.undo"].trigger()
    qtbot.waitUntil(lambda: "One" not in _titles(library))


def test_a_changed_article_is_restored_if_it_is_checked(
    qtbot: QtBot, dialog: BackupsDialog, library: Library
) -> None:
    dialog.page.all.click()  # none of the deleted ones
    assert not dialog.restore.isEnabled()
    dialog.page.segments.findChildren(type(dialog.page.segments._group.button(1)))[1].click()
    dialog.page.all.click()
    assert dialog.restore.text() == "Restore 1 Article"
    dialog.restore.click()
    qtbot.waitUntil(lambda: "Two" in _titles(library))
    assert "One" not in _titles(library)


def test_a_copy_is_made_now_and_chosen_copies_stay_chosen(
    qtbot: QtBot, dialog: BackupsDialog, library: Library, copy: Copy
) -> None:
    before = len(library.backups.all())
    dialog.head.now.click()
    qtbot.waitUntil(lambda: len(library.backups.all()) == before + 1)
    qtbot.waitUntil(lambda: "was made and checked" in _window(dialog).context.messages.text())
    qtbot.waitUntil(lambda: not _window(dialog).context.jobs.running)
    assert dialog.copy == copy
    assert library.backups.all()[0].reason is Reason.ASKED


def test_without_a_copy_the_dialog_says_when_there_will_be_one(
    qtbot: QtBot, window: Window
) -> None:
    window.qactions["backups.show"].trigger()
    dialog = window.controllers.backups.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "no copy of the library yet" in dialog.head.text())
    assert "made by itself after changes" in dialog.page.text()
    assert not dialog.whole.isEnabled()
    assert not dialog.beside.isEnabled()


def test_a_damaged_copy_is_marked_and_explained(
    qtbot: QtBot, make_window: Make, library: Library, articles: list[Article]
) -> None:
    copy = library.backups.take(Reason.ASKED)
    for piece in (library.folder / "backups" / "pieces").rglob("*"):
        if piece.is_file():
            piece.chmod(0o600)
            piece.write_bytes(b"\0" * piece.stat().st_size)
    window = make_window()
    window.controllers.backups.show()
    dialog = window.controllers.backups.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "could not be opened" in dialog.page.text())
    assert dialog.copy == copy
    role = Qt.ItemDataRole.AccessibleTextRole
    assert str(dialog.list.currentIndex().data(role)).endswith("cannot be read")
    assert not dialog.restore.isEnabled()


def test_closing_while_it_compares_is_safe(
    qtbot: QtBot, make_window: Make, library: Library, copy: Copy
) -> None:
    window = make_window()
    for _ in range(3):
        window.controllers.backups.show()
        dialog = window.controllers.backups.dialog
        assert dialog is not None
        _choose(dialog, copy)
        dialog.reject()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert window.context.messages.text() == ""


def test_the_whole_library_is_restored_only_after_a_question_with_what_changes(
    dialog: BackupsDialog, copy: Copy
) -> None:
    window, more = _window(dialog), list[str]()

    def decline(box: QMessageBox) -> None:
        more.append(box.informativeText())
        press("Cancel")(box)

    with answering(decline) as asked:
        dialog.whole.click()
    assert asked[0].startswith("Restore the whole library as it was today, ")
    assert "1 article will be as it was then. 1 deleted article will be back." in more[0]
    assert "A copy of the present is made first." in more[0]
    assert window.controllers.restore_wanted is None
    assert window.isVisible()
    with answering(press("Restore Whole Library")):
        dialog.whole.click()
    assert window.controllers.restore_wanted == copy
    assert not window.isVisible()


def test_the_question_counts_what_would_be_lost() -> None:
    added = tuple(Differing(str(n), Change.ADDED, "A") for n in range(41))
    told = changes(Difference(added=added))
    assert told == "41 articles added since then will not be in the library."
    assert "No article differs" in changes(Difference())
    assert "will not be in the library" in changes(None)


def test_a_copy_is_saved_as_a_file_and_deleted_after_a_question(
    qtbot: QtBot,
    dialog: BackupsDialog,
    library: Library,
    copy: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "saved.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    menu = dialog.menu_of(copy)
    actions = {action.text(): action for action in menu.actions()}
    actions["Save As…"].trigger()
    qtbot.waitUntil(file.exists)
    assert file.read_bytes()[:15] == b"SQLite format 3"
    dialog.list.setFocus()
    with answering(press("Cancel")) as asked:
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert asked[0].startswith("Delete the copy of today, ")
    assert copy.file.exists()
    with answering(press("Delete Copy")):
        actions["Delete…"].trigger()
    qtbot.waitUntil(lambda: not copy.file.exists())
    qtbot.waitUntil(lambda: dialog.copy != copy)


def test_a_failure_is_explained_in_front_of_the_dialog(
    qtbot: QtBot, dialog: BackupsDialog, copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "none" / "saved.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(nowhere), ""))
    with answering(press("OK")) as told:
        dialog.save_wanted.emit(copy)
        qtbot.waitUntil(lambda: bool(told))
    assert told == ["That could not be done"]
    assert not nowhere.exists()


def test_a_copy_is_opened_beside_the_library(
    qtbot: QtBot,
    dialog: BackupsDialog,
    copy: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target, window = tmp_path / "beside", _window(dialog)
    opened: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    monkeypatch.setattr(backups, "_open", opened.append)
    dialog.beside.click()
    qtbot.waitUntil(lambda: str(target) in window.context.messages.text())
    with Library.open(target, create=False) as beside:
        assert _titles(beside) == {"One", "Two", "Three", "Four"}
    window.context.messages._act.click()
    assert opened == [target]


def test_two_copies_at_once_are_not_made(
    qtbot: QtBot, make_window: Make, library: Library, articles: list[Article]
) -> None:
    window = make_window()
    window.qactions["backups.now"].trigger()
    window.qactions["backups.now"].trigger()
    assert window.context.messages.text() == "Reader is already making a copy."
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert len(library.backups.all()) == 1
    assert time.time() - library.backups.all()[0].made_at < 60

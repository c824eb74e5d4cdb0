"""Copying at rest: after changes, while nothing else goes on, and without a word."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.gui.backups import at_rest, copies
from reader.gui.backups.at_rest import AtRest, leave
from reader.gui.window import Window
from reader.library.backup import elsewhere
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import Article
from reader.progress import Report
from reader.settings import Settings

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def rest(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> AtRest:
    """Return the copying of a window that has been at rest for long."""
    for name in ("_FIRST_SECONDS", "_STILL_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(at_rest, name, 0.0)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    return AtRest(window.context, window.controllers.backups.show)


def _settle(qtbot: QtBot, rest: AtRest) -> None:
    rest.look()
    qtbot.waitUntil(lambda: not rest._is_copying)


def test_a_copy_is_made_after_changes_and_no_second_one_soon(
    qtbot: QtBot, rest: AtRest, window: Window, library: Library, add: Add
) -> None:
    _settle(qtbot, rest)
    assert [copy.reason for copy in library.backups.all()] == [Reason.CHANGES]
    add("Another")
    _settle(qtbot, rest)
    assert len(library.backups.all()) == 1  # half an hour has not passed
    assert window.context.messages.text() == ""


def test_a_look_is_followed_by_a_rest(
    qtbot: QtBot, rest: AtRest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_rest, "_AGAIN_SECONDS", 300.0)
    _settle(qtbot, rest)
    rest.look()
    assert not rest._is_copying
    rest._next_at -= 300.0
    rest.look()
    assert rest._is_copying
    qtbot.waitUntil(lambda: not rest._is_copying)


def test_a_second_place_that_is_gone_for_days_is_told_of_once(
    qtbot: QtBot, rest: AtRest, window: Window, library: Library, tmp_path: Path, add: Add
) -> None:
    place = tmp_path / "Backup disk"
    place.mkdir()
    window.store.update(backup_place=str(place))
    _settle(qtbot, rest)
    note = elsewhere.note(library.folder)
    assert note.reached_at > time.time() - 60
    elsewhere._write_note(library.folder, note._replace(reached_at=time.time() - 9 * 86_400))
    place.rename(tmp_path / "unplugged")
    told = []
    for _ in range(2):
        _settle(qtbot, rest)
        told.append(window.context.messages.text())
        window.context.messages.close_message()
    assert told[0].startswith("The second place “Backup disk” was last reached ")
    assert told[1] == ""


@pytest.mark.parametrize("what", ["key", "wheel", "job"])
def test_whoever_types_scrolls_or_works_is_not_disturbed(
    qtbot: QtBot, rest: AtRest, window: Window, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(at_rest, "_STILL_SECONDS", 60.0)
    rest._stillness._used_at -= 61.0
    waits: list[Report] = []
    if what == "key":
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    elif what == "wheel":
        rest._stillness.eventFilter(window, QEvent(QEvent.Type.Wheel))
    else:
        job = window.context.jobs.start("Work", lambda report: _until_stopped(report), waits.append)
    rest.look()
    assert not rest._is_copying
    if what == "job":
        job.stop()
        qtbot.waitUntil(lambda: not window.context.jobs.running)


def _until_stopped(report: Report) -> None:
    while True:
        report(0, 0, "")


def _refuse(library: Library) -> Path:
    """Leave no room for copies, and return what is in the way."""
    folder = library.folder / "backups"
    folder.write_text("in the way")
    return folder


@pytest.mark.logs
def test_only_the_second_failure_is_told_and_only_once(
    qtbot: QtBot, rest: AtRest, window: Window, library: Library
) -> None:
    folder = _refuse(library)
    _settle(qtbot, rest)
    assert window.context.messages.text() == ""
    _settle(qtbot, rest)
    text = window.context.messages.text()
    assert "could not be copied" in text
    window.context.messages._act.click()
    dialog = window.controllers.backups.dialog
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    _settle(qtbot, rest)
    assert window.context.messages.text() == ""
    folder.unlink()
    _settle(qtbot, rest)
    assert len(library.backups.all()) == 1


def test_a_read_only_library_is_left_alone(qtbot: QtBot, rest: AtRest, library: Library) -> None:
    library._database.read_only = True
    _settle(qtbot, rest)
    library._database.read_only = False
    assert library.backups.all() == []


def test_the_end_of_the_program_makes_a_copy_that_is_due(library: Library, add: Add) -> None:
    add("One")
    leave(library, Settings())
    assert [copy.articles for copy in library.backups.all()] == [1]
    leave(library, Settings())
    assert len(library.backups.all()) == 1


def test_the_end_of_the_program_does_not_wait_for_long(
    library: Library, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One")
    monkeypatch.setattr(at_rest, "_LEAVING_SECONDS", -1.0)
    leave(library, Settings())
    monkeypatch.setattr(at_rest, "_LEAVING_SECONDS", 60.0)
    monkeypatch.setattr(at_rest, "_MOST_AT_THE_END", 10)
    leave(library, Settings())
    assert library.backups.all() == []
    assert not list((library.folder / "backups").rglob("*.new"))


def test_the_end_of_the_program_does_not_wait_for_a_second_place(
    library: Library, add: Add, tmp_path: Path
) -> None:
    add("One")
    place = tmp_path / "Backup disk"
    place.mkdir()
    settings = Settings(backup_place=str(place))
    leave(library, settings)
    assert len(library.backups.all()) == 1
    assert list(place.iterdir()) == []
    copies.of(library, settings).take_if_due()  # as the next start does
    assert list(place.rglob("*.copy"))


@pytest.mark.logs
def test_the_end_of_the_program_is_never_an_error(library: Library, add: Add) -> None:
    add("One")
    _refuse(library)
    leave(library, Settings(backup_place="/nowhere/at/all"))

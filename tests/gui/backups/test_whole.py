"""The whole library restored while its window is closed, and the message about it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.backups import whole
from reader.gui.recovery import opening
from reader.gui.recovery.opening import Opening
from reader.library.backup import copies, restoring
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library
from reader.model import Clipping, Query
from reader.progress import Report


@pytest.fixture
def copy(qtbot: QtBot, tmp_path: Path) -> Copy:
    """Return a copy of a library to which an article was added since."""
    with Library.open(tmp_path / "shelf") as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>One.</p>", words=1))
        made = library.backups.take(Reason.ASKED)
        library.add(Clipping("https://example.org/2", "Two", html="<p>Two.</p>", words=1))
    return made


def _titles(folder: Path) -> set[str]:
    with Library.open(folder, create=False) as library:
        return {row.title for row in library.rows(Query())}


def test_the_library_is_as_it_was_and_the_present_is_the_newest_copy(
    copy: Copy, tmp_path: Path
) -> None:
    told = whole.restored(tmp_path / "shelf", copy)
    assert told.trouble == ""
    assert told.news.startswith("The library is as it was today, ")
    assert "What it was before is the newest copy in File › Backups…." in told.news
    assert _titles(tmp_path / "shelf") == {"One"}
    newest = copies.all_of(tmp_path / "shelf")[0]
    assert (newest.reason, newest.articles) == (Reason.RESTORE, 2)


def test_a_copy_that_cannot_be_read_leaves_the_library_as_it_is(copy: Copy, tmp_path: Path) -> None:
    for piece in (copy.file.parent / "pieces").rglob("*"):
        if piece.is_file():
            piece.chmod(0o600)
            piece.write_bytes(b"")
    told = whole.restored(tmp_path / "shelf", copy)
    assert told.news == ""
    assert told.trouble.startswith("The library was not restored. ")
    assert _titles(tmp_path / "shelf") == {"One", "Two"}


def test_a_damaged_library_is_set_aside_and_named(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "shelf" / "library.db").write_bytes(b"no library" * 1000)
    told = whole.restored(tmp_path / "shelf", copy)
    assert "What it was before is kept as library-damaged-" in told.news
    assert _titles(tmp_path / "shelf") == {"One"}


def test_stopping_leaves_the_library_as_it_is(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_SHOWN_AFTER_MS", 0)

    def endless(_copy: Copy, _folder: Path, report: Report) -> Path | None:
        while True:  # until Stop makes it raise Cancelled
            report(0, 0, "Writing")

    def press() -> None:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, Opening) and each.isVisible():
                each.stop.click()

    monkeypatch.setattr(restoring, "restore_library", endless)
    timer = QTimer(interval=5)
    timer.timeout.connect(press)
    timer.start()
    told = whole.restored(tmp_path / "shelf", copy)
    timer.stop()
    assert told.news == ""
    assert told.trouble == "The library was not restored. You stopped it, and nothing was changed."
    assert _titles(tmp_path / "shelf") == {"One", "Two"}

"""The window of a library in trouble: what it says, what it offers, and what each offer does."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.errors import LibraryError, LibraryReadOnly, NotALibrary
from reader.gui.recovery.recovery import (
    Opened,
    RecoveryWindow,
    _lossy_notice,
    _open,
    _pictures,
    _repair_notice,
    reopen,
)
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.model import Clipping
from reader.progress import silent

Show = Callable[..., RecoveryWindow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a library that is damaged beyond reading, without a copy."""
    made = tmp_path / "damaged"
    made.mkdir()
    (made / "library.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    return made


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """Put the copy of a library with two articles beside the damaged one."""
    with Library.open(tmp_path / "other") as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))
        library.add(Clipping("https://example.org/2", "Two", html="<p>x</p>"))
        file = folder / "library-before-0009.db"
        library.backup(file)
    return file


@pytest.fixture
def shown(qtbot: QtBot, folder: Path) -> Iterator[Show]:
    made: list[RecoveryWindow] = []

    def show(error: LibraryError | None = None) -> RecoveryWindow:
        window = RecoveryWindow(folder, error or NotALibrary("What is wrong, in a sentence."))
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: not window.jobs.running)
        return window

    yield show
    for window in made:
        window.reject()
        if window.opened is not None:
            window.opened.library.close()
        window.deleteLater()


def _facts(window: RecoveryWindow) -> dict[str, str]:
    QApplication.processEvents()  # what was added to a layout is shown a moment later
    said = [each.text() for each in window.findChildren(Label) if not each.isHidden()]
    names = ("Articles", "Pictures", "Newest copy", "Damaged file")
    return {each: said[said.index(each) + 1] for each in names if each in said}


def _buttons(window: RecoveryWindow) -> set[str]:
    return {each.text() for each in window.findChildren(QPushButton) if each.isVisible()}


_ALWAYS = {"Check Again", "Choose Another Library…", "Close"}


def test_what_is_damaged_is_looked_at_and_told(qtbot: QtBot, folder: Path, shown: Show) -> None:
    (folder / "images").mkdir()
    for name in "abc":
        (folder / "images" / name).touch()
    window = shown()
    assert window._heading.text() == "The library is damaged"
    assert window._sentence.text() == "What is wrong, in a sentence."
    assert _facts(window) == {
        "Articles": "None could be read from the damaged file.",
        "Pictures": "3 files, unchanged.",
        "Newest copy": f"There is none next to the library in {folder}.",
        "Damaged file": "It is kept unchanged in any case.",
    }
    assert _buttons(window) == _ALWAYS | {"Try to Repair"}
    assert window.check.isDefault()
    assert all(each.isEnabled() for each in (window.check, window.repair, window.choose))
    window.repair.click()  # a second look puts nothing twice
    qtbot.waitUntil(lambda: not window.jobs.running)
    qtbot.waitUntil(lambda: len(window.findChildren(Label, "hint")) == 4)
    assert (folder / "library.db").read_bytes().endswith(b"x" * 5000)


def test_trouble_that_is_no_damage_offers_another_try(folder: Path, shown: Show) -> None:
    window = shown(LibraryReadOnly("It is busy."))
    assert window._heading.text() == "The library could not be opened"
    assert window._sentence.text() == "It is busy."
    assert _facts(window) == {}
    assert _buttons(window) == _ALWAYS
    assert window.windowTitle() == "Reader"


def test_the_newest_copy_is_offered_first(qtbot: QtBot, copy: Path, shown: Show) -> None:
    window = shown()
    assert _buttons(window) == _ALWAYS | {"Try to Repair", "Open Newest Copy"}
    assert _facts(window)["Newest copy"].endswith(f" · 2 articles · {copy.name}")
    assert window.restore.isDefault()
    assert window.focusWidget() is window.restore
    window.restore.click()
    for button in (window.restore, window.check, window.repair, window.choose):
        assert not button.isEnabled(), "one thing at a time"
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    (aside,) = copy.parent.glob("library-damaged-*.db")
    assert window.opened.notice.endswith(f". The damaged file is kept as {aside.name}.")
    assert window.opened.notice.startswith("You see the copy of ")
    assert window.opened.library.counts().all == 2
    assert (window.opened.is_in_part, window.opened.lost) == (False, 0)
    assert window.result() == QDialog.DialogCode.Accepted


def test_another_library_is_chosen(qtbot: QtBot, tmp_path: Path, shown: Show) -> None:
    window = shown()
    with Library.open(tmp_path / "other") as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))

    def choose(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(str(tmp_path / "other"))
        dialog.accept()

    with answering(QDialog.reject) as titles:
        window.choose.click()
    assert titles == ["Choose Another Library"]
    assert window.opened is None
    with answering(choose):
        window.choose.click()
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert window.opened.library.folder == tmp_path / "other"


def test_another_try_that_fails_says_why_and_leaves_the_choice(
    qtbot: QtBot, folder: Path, shown: Show
) -> None:
    window = shown(LibraryReadOnly("It is busy."))
    window.check.click()
    assert not window.check.isEnabled()
    qtbot.waitUntil(lambda: window._sentence.text() != "It is busy.")
    assert window.opened is None
    assert window.isVisible()
    for button in (window.check, window.repair, window.choose):
        assert button.isEnabled()
    assert window.focusWidget() is window.check


def test_another_try_opens_what_is_whole_by_now(
    qtbot: QtBot, folder: Path, copy: Path, shown: Show
) -> None:
    window = shown()
    shutil.copy(copy, folder / "library.db")
    window.check.click()
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert window.opened.notice == ""


def test_closing_opens_nothing(folder: Path, shown: Show) -> None:
    window = shown()
    window.leave.click()
    assert not window.isVisible()
    assert window.opened is None
    with answering(lambda box: box.leave.click()):
        assert reopen(folder, NotALibrary("x")) is None


def test_what_is_shown_is_as_high_as_its_lines(qtbot: QtBot, shown: Show) -> None:
    window = shown(LibraryReadOnly("A sentence that says what is wrong with it. " * 12))
    assert window.width() >= 460
    window.resize(620, 100)
    for label in window.findChildren(Label):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
    before = window.minimumHeight()
    window.resize(460, 100)
    assert window.minimumHeight() > before, "lines are broken anew"
    window.resize(300, 100)
    assert window.width() == 460

    def at(part: Label | QPushButton) -> QPoint:
        return part.mapTo(window, QPoint(0, 0))

    tops = [
        at(each).y() for each in (window._heading, window._sentence, window.choose, window.leave)
    ]
    assert tops == sorted(set(tops))
    assert at(window.choose).y() == at(window.check).y()
    for first, last in ((window.choose, window.repair), (window.leave, window.restore)):
        assert at(first).x() == 16
        assert last.isHidden() or at(last).x() + last.width() == 460 - 16
    assert at(window.check).x() + window.check.width() == 460 - 16
    assert at(window._heading).x() == at(window._sentence).x() == 28
    flags = window._sentence.textInteractionFlags()
    assert flags == Qt.TextInteractionFlag.TextSelectableByMouse
    assert window._heading.objectName() == "troubleHeading"


def test_facts_stand_beside_their_names(shown: Show) -> None:
    window = shown()
    labels = window.findChildren(Label)
    texts = [each.text() for each in labels]
    names = [labels[texts.index(each)] for each in _facts(window)]
    values = [labels[texts.index(each)] for each in _facts(window).values()]
    assert {each.objectName() for each in names} == {"hint"}
    assert len({each.x() for each in values}) == 1
    for name, value in zip(names, values, strict=True):
        assert name.y() == value.y()
        assert name.geometry().right() < value.x()
        assert name.width() < value.width()


def test_a_library_that_is_opened_in_vain_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    Library.open(folder).close()
    closed: list[Library] = []
    close = Library.close
    monkeypatch.setattr(Library, "is_damaged", True)

    def closing(library: Library) -> None:
        closed.append(library)
        close(library)

    monkeypatch.setattr(Library, "close", closing)
    with pytest.raises(NotALibrary, match="is damaged"):
        _open(folder, silent)
    assert len(closed) == 1


def test_what_was_repaired_and_what_is_lost_is_said() -> None:
    assert Opened._field_defaults == {"notice": "", "is_in_part": False, "lost": 0}
    assert "1 entry cannot be read; everything else can be read" in _lossy_notice(1)
    assert _repair_notice(0, "aside.db") == (
        "The library was damaged. It was repaired, and every article is intact. "
        "The damaged file is kept as aside.db."
    )
    assert "was repaired without 2 entries that were lost. The" in _repair_notice(2, "aside.db")


def test_the_folder_of_pictures_is_counted(tmp_path: Path) -> None:
    assert _pictures(tmp_path) == "There is no folder of pictures."
    (tmp_path / "images").touch()
    assert _pictures(tmp_path) == "The folder of pictures could not be read."
    (tmp_path / "images").unlink()
    (tmp_path / "images").mkdir()
    assert _pictures(tmp_path) == "0 files, unchanged."

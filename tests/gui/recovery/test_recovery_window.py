"""The window of a library in trouble: what it says, what it offers, and what each offer does."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.damaging import overwrite, pages
from tests.gui.answering import answering, press

from reader import paths
from reader.damage import Damage, Kind
from reader.errors import LibraryError, LibraryLocked, LibraryTooNew, NotALibrary
from reader.gui.recovery import recovery
from reader.gui.recovery.page_view import PageView
from reader.gui.recovery.pages import Line, of_repair
from reader.gui.recovery.recovery import open_whole, reopen
from reader.gui.recovery.trouble import Way
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.widgets import theme
from reader.gui.widgets.plain_text import Label
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.repair.salvaged import Findings, Mended, Origin, Rows, Source
from reader.model import Clipping, State
from reader.progress import Report, silent
from reader.settings_store import SettingsStore

Show = Callable[..., RecoveryWindow]
_ARTICLES = 60
_SENTENCE = NotALibrary("What is wrong, in a sentence.")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of enough articles to have several pages of each table."""
    folder = tmp_path_factory.mktemp("whole")
    with Library.open(folder) as library, library.together():
        for number in range(_ARTICLES):
            text = f"<p>{f'word{number} and more ' * 300}</p>"
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}", html=text))
    return folder


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    """Return a library of which some texts cannot be read."""
    folder = Path(shutil.copytree(whole, tmp_path / "damaged"))
    file = folder / "library.db"
    texts = [each.number for each in pages(file) if (each.owner, each.kind) == ("content", "leaf")]
    overwrite(file, texts[3])
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a library that is damaged beyond reading, without a copy."""
    made = tmp_path / "beyond"
    made.mkdir()
    (made / "library.db").write_bytes(b"x" * 5000)
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
def shown(qtbot: QtBot) -> Iterator[Show]:
    made: list[RecoveryWindow] = []

    def show(folder: Path, error: LibraryError = _SENTENCE) -> RecoveryWindow:
        window = RecoveryWindow(folder, error)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
        return window

    yield show
    for window in made:
        window.reject()
        if window.opened is not None:
            window.opened.library.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _offers(window: RecoveryWindow) -> list[str]:
    """Return the visible buttons of the foot, the default one last."""
    QApplication.processEvents()
    found = [each for each in window.foot.findChildren(QPushButton) if each.isVisible()]
    return [each.text() for each in sorted(found, key=QPushButton.isDefault)]


def _counts(window: RecoveryWindow) -> dict[str, str]:
    QApplication.processEvents()
    texts = [each.text() for each in window.view.counts.findChildren(Label) if each.isVisible()]
    return dict(zip(texts[1::2], texts[::2], strict=True))


def _lines(window: RecoveryWindow, name: str) -> list[str]:
    window.view.show_section(name)
    model = window.view.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def _press(qtbot: QtBot, window: RecoveryWindow, way: Way) -> None:
    window.buttons[way].click()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


# ---- what is shown


def test_a_damaged_library_says_what_is_whole_and_what_is_not(damaged: Path, shown: Show) -> None:
    before = (damaged / "library.db").read_bytes()
    window = shown(damaged)
    counts = _counts(window)
    lost = int(counts["damaged"])
    assert int(counts["whole"]) == _ARTICLES - lost
    assert 0 < lost < 20
    assert counts["in a copy: there is none"] == "0"
    lines = _lines(window, "Damaged")
    assert len(lines) == lost
    assert all(line.startswith("Title ") and "cannot be read" in line for line in lines)
    assert _offers(window) == ["Close", "Another Library…", "Check Again", "Open What Is Whole",
                               "Repair"]  # fmt: skip
    assert (damaged / "library.db").read_bytes() == before


def test_a_library_of_which_nothing_is_left_offers_its_copies(
    folder: Path, copy: Path, shown: Show
) -> None:
    window = shown(folder)
    assert window.view.head.sentence.text() == "No article can be read from its file."
    assert _lines(window, "Copies")[0].endswith("found beside the library · 2 articles")
    assert _offers(window)[-1] == "Restore a Copy…"
    assert "Repair" not in _offers(window)
    assert window.focusWidget() is window.buttons[Way.RESTORE]


@pytest.mark.parametrize(
    ("error", "heading"),
    [
        (LibraryLocked("It is busy."), "The library is in use"),
        (LibraryTooNew("It is too new."), "The library needs a newer Reader"),
        (LibraryError("It is somehow odd."), "The library could not be opened"),
    ],
)
def test_trouble_that_is_no_damage_has_its_own_words(
    folder: Path, shown: Show, error: LibraryError, heading: str
) -> None:
    window = shown(folder, error)
    assert window.view.head.heading.text() == heading
    assert window.view.head.sentence.text() == str(error)
    assert _offers(window) == ["Close", "Another Library…", "Check Again"]
    assert not window.view.list.isVisible()


def test_a_library_whose_drive_is_missing_is_not_called_damaged(
    tmp_path: Path, shown: Show
) -> None:
    window = shown(tmp_path / "drive" / "library", LibraryError("Connect the drive."))
    assert window.view.head.heading.text() == "The library is not there"
    assert _offers(window)[-1] == "Check Again"


def test_a_damaged_library_that_may_only_be_read_is_shown_and_opened(
    qtbot: QtBot, damaged: Path, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)
    before = sorted(each.name for each in damaged.iterdir())
    window = shown(damaged)
    assert int(_counts(window)["damaged"]) > 0
    assert _offers(window)[-1] == "Open What Is Whole"
    assert "Repair" not in _offers(window)
    assert "No new library can be written into this folder" in window.view.note.text()
    assert sorted(each.name for each in damaged.iterdir()) == before
    _press(qtbot, window, Way.WHOLE)
    assert window.opened is not None
    assert window.opened.library.counts().all == _ARTICLES


def test_a_healed_index_opens_at_once(whole: Path, tmp_path: Path, shown: Show) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "index"))
    file = folder / "library.db"
    overwrite(file, next(each.number for each in pages(file) if each.owner == "all_by_standing"))
    window = shown(folder)
    assert window.opened is not None
    assert window.opened.notice.startswith(
        "The library was damaged. It was repaired, and every article is intact. The damaged file"
    )


# ---- what is done


def test_a_repair_reports_numbers_that_add_up(qtbot: QtBot, damaged: Path, shown: Show) -> None:
    before = (damaged / "library.db").read_bytes()
    window = shown(damaged)
    _press(qtbot, window, Way.REPAIR)
    assert window.view.head.heading.text() == "The library is repaired"
    assert sum(map(int, _counts(window).values())) == _ARTICLES
    (aside,) = damaged.glob("library-damaged-*.db")
    assert aside.name in window.view.note.text()
    assert aside.read_bytes() == before
    assert _offers(window) == ["Close", "Save Report…", "Open"]
    _press(qtbot, window, Way.OPEN)
    assert window.opened is not None
    assert window.opened.library.counts().all == _ARTICLES
    assert not window.opened.library.read_only
    assert aside.name in window.opened.notice


def test_what_a_copy_has_comes_back_and_the_report_says_so(
    qtbot: QtBot, whole: Path, tmp_path: Path, shown: Show
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "copied"))
    file = folder / "library.db"
    with Library.open(folder) as library:
        library.backups.take(Reason.ASKED)
        texts = [library.article(id).html for id in range(1, _ARTICLES + 1)]
    lost = [each.number for each in pages(file) if (each.owner, each.kind) == ("content", "leaf")]
    overwrite(file, lost[3])
    window = shown(folder)
    counts = _counts(window)
    copied = next(number for label, number in counts.items() if label.startswith("from the copy"))
    assert int(copied) > 0
    assert sum(map(int, counts.values())) == _ARTICLES
    assert len(_lines(window, "From the Copy")) == int(copied)
    assert _offers(window)[-1] == "Open"
    _press(qtbot, window, Way.OPEN)
    assert window.opened is not None
    opened = window.opened.library
    assert [opened.article(id).html for id in range(1, _ARTICLES + 1)] == texts


def test_the_report_can_be_saved(qtbot: QtBot, damaged: Path, tmp_path: Path, shown: Show) -> None:
    window = shown(damaged)
    _press(qtbot, window, Way.REPAIR)
    target = tmp_path / "report.txt"

    def choose(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(str(target))
        dialog.accept()

    with answering(choose):
        window.buttons[Way.SAVE].click()
    qtbot.waitUntil(target.exists)
    text = target.read_text("utf-8")
    assert text.startswith("The library is repaired\n")
    assert "whole, as they were" in text
    assert "  Title " in text
    assert window.isVisible()


def test_a_repair_that_is_stopped_changes_nothing(
    qtbot: QtBot, damaged: Path, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(damaged)
    before = {each.name: each.read_bytes() for each in damaged.iterdir() if each.is_file()}
    repair = recovery.repair

    def slowly(folder: Path, report: Report) -> object:
        for job in window.jobs.running:
            job.stop()
        return repair(folder, report)

    monkeypatch.setattr(recovery, "repair", slowly)
    _press(qtbot, window, Way.REPAIR)
    assert {each.name: each.read_bytes() for each in damaged.iterdir() if each.is_file()} == before
    assert _offers(window)[-1] == "Repair"
    assert window.buttons[Way.REPAIR].isEnabled()


def test_what_is_whole_opens_for_reading_only(qtbot: QtBot, damaged: Path, shown: Show) -> None:
    before = (damaged / "library.db").read_bytes()
    window = shown(damaged)
    _press(qtbot, window, Way.WHOLE)
    assert window.opened is not None
    assert window.opened.is_in_part
    assert window.opened.library.read_only
    assert window.opened.library.counts().all == _ARTICLES
    assert (damaged / "library.db").read_bytes() == before


def test_a_copy_is_restored_after_a_question(
    qtbot: QtBot, folder: Path, copy: Path, shown: Show
) -> None:
    window = shown(folder)
    with answering(press("Cancel")):
        window.buttons[Way.RESTORE].click()
    assert window.opened is None
    with answering(press("Restore")) as asked:
        window.buttons[Way.RESTORE].click()
        for way in (Way.RESTORE, Way.CHECK, Way.CHOOSE):
            assert not window.buttons[way].isEnabled(), "one thing at a time"
    qtbot.waitUntil(lambda: window.opened is not None, timeout=20_000)
    assert asked[0].startswith("Restore the copy of ")
    assert window.opened is not None
    (aside,) = folder.glob("library-damaged-*.db")
    assert window.opened.notice.endswith(f" is kept as {aside.name}.")
    assert window.opened.library.counts().all == 2
    assert window.result() == QDialog.DialogCode.Accepted


def test_copies_of_the_second_place_are_restored_while_the_drive_is_missing(
    qtbot: QtBot, tmp_path: Path, shown: Show
) -> None:
    place, target = tmp_path / "place", tmp_path / "target"
    place.mkdir()
    target.mkdir()
    with Library.open(tmp_path / "drive") as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))
        library.backups.use_place(place)
        library.backups.take(Reason.ASKED)
    shutil.rmtree(tmp_path / "drive")
    store = SettingsStore(paths.settings_file())
    store.update(backup_place=str(place))
    store.flush()
    window = shown(tmp_path / "drive", LibraryError("Connect the drive."))
    assert _lines(window, "Copies")[0].endswith("1 article · in the second place")

    def choose(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(str(target))
        dialog.accept()

    with answering(choose):
        window.buttons[Way.RESTORE].click()
    qtbot.waitUntil(lambda: window.opened is not None, timeout=20_000)
    assert window.opened is not None
    assert window.opened.library.folder == target
    assert window.opened.library.counts().all == 1
    assert not (tmp_path / "drive").exists()


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_library_whose_file_is_gone_comes_back_from_its_newest_copy(
    qtbot: QtBot, tmp_path: Path, shown: Show, is_empty: bool
) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))
        library.backups.take(Reason.ASKED)
    (folder / "library.db").unlink()
    if is_empty:
        (folder / "library.db").touch()
    with pytest.raises(LibraryError) as error:
        open_whole(folder)
    window = shown(folder, error.value)
    heading = window.view.head.heading.text()
    assert heading == (
        "The file of the library is empty" if is_empty else "The library is not there"
    )
    assert _offers(window)[-1] == "Restore a Copy…"
    with answering(press("Restore")):
        window.buttons[Way.RESTORE].click()
    qtbot.waitUntil(lambda: window.opened is not None, timeout=20_000)
    assert window.opened is not None
    assert window.opened.library.counts().all == 1


def test_articles_that_were_found_again_go_to_the_trash_if_wanted(
    damaged: Path,
) -> None:
    mended = recovery.repair(damaged, silent)
    with Library.open(damaged) as library:
        row = library.rows_of([1])[0]
        uid = library._database.connection.execute("SELECT uid FROM article WHERE id = 1").get
    opened = recovery.open_repaired(damaged, mended, [uid, "unknown"])
    with opened.library as library:
        assert library.article(row.id).state is State.TRASH
        assert library.counts().trash == 1


def test_another_library_is_chosen(qtbot: QtBot, folder: Path, tmp_path: Path, shown: Show) -> None:
    window = shown(folder)
    with Library.open(tmp_path / "other") as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))

    def choose(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(str(tmp_path / "other"))
        dialog.accept()

    with answering(QDialog.reject) as titles:
        window.buttons[Way.CHOOSE].click()
    assert titles == ["Choose Another Library"]
    assert window.opened is None
    with answering(choose):
        window.buttons[Way.CHOOSE].click()
    qtbot.waitUntil(lambda: window.opened is not None)
    assert window.opened is not None
    assert window.opened.library.folder == tmp_path / "other"


def test_another_try_says_what_is_wrong_by_now_or_opens(
    qtbot: QtBot, folder: Path, whole: Path, shown: Show
) -> None:
    window = shown(folder, LibraryLocked("It is busy."))
    _press(qtbot, window, Way.CHECK)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.opened is None
    assert window.view.head.heading.text() == "The library is damaged"
    shutil.copy(whole / "library.db", folder / "library.db")
    _press(qtbot, window, Way.CHECK)
    assert window.opened is not None
    assert window.opened.notice == ""


def test_closing_opens_nothing(folder: Path, shown: Show) -> None:
    window = shown(folder)
    window.buttons[Way.CLOSE].click()
    assert not window.isVisible()
    assert window.opened is None
    with answering(lambda box: box.buttons[Way.CLOSE].click()):
        assert reopen(folder, NotALibrary("x")) is None


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
        open_whole(folder, silent)
    assert len(closed) == 1


# ---- how it is shown


@pytest.mark.parametrize("width", [400, 560, 640, 760])
def test_every_button_is_whole_at_every_width(damaged: Path, shown: Show, width: int) -> None:
    window = shown(damaged)
    window.resize(width, 640)
    QApplication.processEvents()
    assert window.width() == width
    shown_buttons = [each for each in window.buttons.values() if each.isVisible()]
    for button in shown_buttons:
        assert button.width() >= button.sizeHint().width()
        area = button.geometry()
        assert window.foot.rect().contains(area)
        others = [each.geometry() for each in shown_buttons if each is not button]
        assert not any(area.intersects(other) for other in others)


def test_the_keyboard_reaches_the_list_and_every_button(
    qtbot: QtBot, damaged: Path, shown: Show
) -> None:
    window = shown(damaged)
    window.activateWindow()
    reached = set()
    for _ in range(14):
        focused = window.focusWidget()
        reached.add(focused.objectName() or getattr(focused, "text", str)())
        window.focusNextChild()
    assert {"recoveryList", "Repair", "Open What Is Whole", "Check Again", "Close"} <= reached
    assert window.view.list.accessibleName() == "Damaged"
    names = {each.accessibleName() for each in window.view.counts.findChildren(QWidget)}
    assert f"{_counts(window)['whole']} whole" in names


def test_the_names_of_five_lists_are_whole_in_a_narrow_window(qtbot: QtBot) -> None:
    view = PageView(theme.resolve("light"))
    qtbot.addWidget(view)
    lines = (Line("A title"),) * 2000
    found = Findings(
        9000,
        (Rows("article", 5, 0, 30),),
        (Damage(Kind.TEXT, 1, "One"),),
        tuple(Origin(source, source, "", source) for source in Source),
    )
    page = of_repair(Mended(found, None), None)
    long = tuple(each._replace(lines=lines) for each in page.sections)
    view.show_page(page._replace(sections=long))
    view.show()
    for width, first in ((420, "In Part"), (1200, "In Part 2,000"), (420, "In Part")):
        view.resize(width, 600)
        QApplication.processEvents()
        assert view._segments is not None
        assert view._segments.text == first
        for button in view._segments.findChildren(QToolButton):
            qtbot.waitUntil(lambda b=button: b.width() >= b.sizeHint().width())
        assert len(view._segments.findChildren(QToolButton)) == 5

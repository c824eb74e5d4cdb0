"""The program from its start to its end."""

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from tests.damaging import overwrite, pages
from tests.gui.answering import answering, press

from reader import paths, settings
from reader.errors import IngestError, LibraryError
from reader.gui.app import run, take
from reader.gui.recovery.trouble import Way
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.widgets.messages import show_report
from reader.gui.window import Window
from reader.instance import Request, claim_or_hand_over
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import Article, Clipping, State
from reader.settings_store import SettingsStore


@pytest.fixture(autouse=True)
def loop(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QEventLoop]:
    """Run the program in a loop of its own: an application that has quit runs no more."""
    made = QEventLoop()
    monkeypatch.setattr(QApplication, "exec", made.exec)
    kept = sys.excepthook
    yield made
    sys.excepthook = kept


def _windows() -> list[Window]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Window)]


def _when_there(loop: QEventLoop, do: Callable[[Window], object]) -> None:
    """Do something with the window as soon as the program runs, then close it."""
    before = _windows()  # of other tests

    def later() -> None:
        window = next((each for each in _windows() if each not in before), None)
        if window is None or not window.isVisible() or window.context.jobs.running:
            QTimer.singleShot(20, later)
            return
        do(window)
        window.close()
        loop.quit()

    QTimer.singleShot(0, later)


def _when_titled(loop: QEventLoop, title: str) -> list[str]:
    """Close the window once it has this title, or has not for long; lend the titles it had."""
    titles: list[str] = []
    before = _windows()  # of other tests

    def later() -> None:
        window = next((each for each in _windows() if each not in before), None)
        titles.append(window.windowTitle() if window else "")
        if titles[-1] != title and len(titles) < 200:
            QTimer.singleShot(20, later)
            return
        for each in _windows():
            each.close()
        loop.quit()

    QTimer.singleShot(0, later)
    return titles


def test_a_new_library_begins_with_the_welcome(loop: QEventLoop) -> None:
    titles: list[str] = []
    _when_there(loop, lambda window: titles.append(window.windowTitle()))
    assert run(paths.library_dir()) == 0
    assert titles == ["Welcome to Reader – Reader"]
    with Library.open(paths.library_dir()) as library:
        assert library.counts().queue == 4
        assert library.check() == ()
    assert (paths.config_dir() / "settings.json").is_file()


def test_an_article_may_be_opened_from_outside(loop: QEventLoop) -> None:
    opened: list[int | None] = []
    _when_there(loop, lambda window: opened.append(window.viewer.article_id))

    def add(library: Library) -> int:
        library.add(Clipping("https://example.org/1", "One", html="<p>x</p>"))
        return library.add(Clipping("https://example.org/2", "Two", html="<p>x</p>")).id

    assert run(paths.library_dir(), open=add) == 0
    assert opened == [2]


def test_what_a_start_was_given_is_opened_once_the_window_is_there(
    loop: QEventLoop, tmp_path: Path
) -> None:
    page = tmp_path / "new.md"
    page.write_text("# Brought along\n\nText.\n")
    with Library.open(paths.library_dir()) as library:
        one = library.add(Clipping("https://example.org/1", "One", html="<p>x</p>")).id
    for request, title in (
        (Request((one,), token="permission"), "One"),
        (Request(paths=(str(page),)), "Brought along"),
    ):
        titles = _when_titled(loop, f"{title} – Reader")
        assert run(paths.library_dir(), request=request) == 0
        assert titles[-1] == f"{title} – Reader"


def test_settings_that_cannot_be_read_are_said(loop: QEventLoop) -> None:
    paths.config_dir().mkdir(parents=True)
    (paths.config_dir() / "settings.json").write_text("{")
    said: list[str] = []
    _when_there(loop, lambda window: said.append(window.context.messages.text()))
    assert run(paths.library_dir()) == 0
    assert "defaults are used" in said[0]


def test_the_folder_that_was_watched_is_watched_again(
    loop: QEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.app._WAITING_MS", 0)
    store = SettingsStore(paths.settings_file())
    store.update(watched=str(tmp_path))
    store.flush()
    watched: list[Path | None] = []
    _when_there(loop, lambda window: watched.append(window.controllers.adding.watching.folder))
    assert run(paths.library_dir()) == 0
    assert watched == [tmp_path]
    assert settings.load(paths.settings_file()).watched == str(tmp_path)


def test_a_library_that_is_none_is_told_and_left_alone(tmp_path: Path) -> None:
    said: list[str] = []

    def leave(window: RecoveryWindow) -> None:
        said.extend(label.text() for label in window.findChildren(QLabel))
        window.buttons[Way.CLOSE].click()

    (tmp_path / "library.db").write_text("no library " * 100)
    with answering(leave):
        assert run(tmp_path) == 1
    assert any("not a Reader library" in text for text in said)
    assert (tmp_path / "library.db").read_text().startswith("no library")


def test_a_damaged_index_is_repaired_at_the_start_and_the_window_says_so(
    loop: QEventLoop,
) -> None:
    with Library.open(paths.library_dir()) as library, library.together():
        for number in range(200):
            clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html="<p>x</p>")
            library.add(clipping)
    file = paths.library_dir() / "library.db"
    overwrite(file, next(each.number for each in pages(file) if each.owner == "queue_by_standing"))
    shown: list[object] = []

    def look(window: Window) -> None:
        shown.extend((window.context.messages.text(), window.list.model().rowCount()))

    _when_there(loop, look)
    assert run(paths.library_dir()) == 0
    assert "every article is intact" in str(shown[0])
    assert shown[1] == 200


def test_a_page_found_damaged_later_is_an_unreadable_row_and_is_told(loop: QEventLoop) -> None:
    with Library.open(paths.library_dir()) as library, library.together():
        for number in range(400):
            clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html="<p>x</p>")
            library.add(clipping)
    file = paths.library_dir() / "library.db"
    last = [each for each in pages(file) if (each.owner, each.kind) == ("article", "leaf")][-1]
    overwrite(file, last.number)
    shown: list[str] = []

    def look(window: Window) -> None:
        model = window.list.model()
        titles = [model.data(model.index(n, 0)) for n in range(model.rowCount())]
        shown.extend(title for title in titles if title)
        assert not window.library._database._is_being_examined()  # it waits for that
        window._look_for_changes()
        shown.append(window.context.messages.text())

    _when_there(loop, look)
    assert run(paths.library_dir()) == 0
    assert "damaged" in shown[-1]
    assert len(shown) == 401


def test_a_bug_is_shown_with_a_report_and_the_program_goes_on(
    loop: QEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.gui import app

    shown: list[BaseException] = []
    monkeypatch.setattr(app, "show_report", lambda error, _window: shown.append(error))
    monkeypatch.setattr(app.log, "critical", lambda *_, **__: None)
    _when_there(loop, lambda _: sys.excepthook(ValueError, ValueError("a bug"), None))
    assert run(paths.library_dir()) == 0
    assert isinstance(shown[0], ValueError)


def test_trouble_a_person_can_act_on_is_no_bug(loop: QEventLoop) -> None:
    said: list[str] = []

    def tell(window: Window) -> None:
        error = LibraryError("The library is damaged. Keep this file.")
        sys.excepthook(LibraryError, error, None)
        said.append(window.context.messages.text())

    _when_there(loop, tell)
    assert run(paths.library_dir()) == 0
    assert said == ["The library is damaged. Keep this file."]


def test_the_report_can_be_copied(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    show_report(ValueError("a bug"), parent)
    box = parent.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    copy = next(each for each in box.buttons() if each.text() == "Copy Report")
    copy.click()
    assert "ValueError: a bug" in QApplication.clipboard().text()
    QApplication.clipboard().clear()
    box.close()


def test_what_another_start_hands_over_is_opened(
    make_window: Callable[..., Window], add: Callable[..., Article], tmp_path: Path, qtbot: QtBot
) -> None:
    first, second = add("First"), add("Second")
    (tmp_path / "new.md").write_text("# Brought along\n\nText.\n")
    window = make_window(article=first.id, shelf="favourites")
    window.showMinimized()
    take(window, Request(articles=(second.id,), token="permission"))
    assert window.article is not None
    assert window.article.title == "Second"
    assert not window.isMinimized()
    take(window, Request(paths=(str(tmp_path / "new.md"),)))
    qtbot.waitUntil(lambda: window.windowTitle() == "Brought along – Reader")
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “Brought along”.")
    take(window, Request(articles=(999,)))
    assert "There is no article 999" in window.context.messages.text()


def test_a_link_opens_its_article_or_is_answered(
    make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> None:
    first, second = add("First"), add("Second")
    window = make_window(article=first.id)
    take(window, Request(uids=(second.uid,)))
    assert window.article is not None
    assert window.article.title == "Second"
    library.set_state([first.id], State.TRASH)
    take(window, Request(uids=(first.uid,)))
    assert window.article.title == "First"
    take(window, Request(uids=("0" * 32,)))
    assert "not in this library" in window.context.messages.text()
    assert window.article.title == "First"


def test_a_start_with_nothing_changes_nothing(
    make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    article = add("First")
    window = make_window(article=article.id)
    take(window, Request())
    assert window.article is not None
    assert window.article.id == article.id


def test_a_file_that_cannot_be_brought_in_is_told_in_the_window(loop: QEventLoop) -> None:
    said: list[str] = []
    _when_there(loop, lambda window: said.append(window.context.messages.text()))

    def fail(_library: Library) -> int:
        raise IngestError("It is no article.")

    assert run(paths.library_dir(), open=fail) == 0
    assert said == ["It is no article."]


def test_trouble_after_the_end_of_the_window_is_logged(
    loop: QEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.gui import app

    logged: list[object] = []
    monkeypatch.setattr(app.log, "critical", lambda *what, **_: logged.append(what))
    _when_there(loop, lambda _: None)
    assert run(paths.library_dir()) == 0
    sys.excepthook(ValueError, ValueError("a bug"), None)
    assert len(logged) == 1


def test_restoring_the_whole_library_opens_the_window_again_in_its_place(
    loop: QEventLoop, library: Library
) -> None:
    library.add(Clipping("https://example.org/1", "One", html="<p>One.</p>", words=1))
    copy = library.backups.take(Reason.ASKED)
    library.add(Clipping("https://example.org/2", "Two", html="<p>Two.</p>", words=1))
    folder, seen = library.folder, list[tuple[int, int, str]]()
    library.close()

    def restore(window: Window) -> None:
        window.resize(611, 577)
        with answering(press("Restore Whole Library")):
            window.controllers.backups.ask_to_restore(copy, None)
        _when_there(loop, look)

    def look(window: Window) -> None:
        total = window.library.counts().total
        seen.append((total, window.width(), window.context.messages.text()))

    _when_there(loop, restore)
    assert run(folder) == 0
    assert [each[:2] for each in seen] == [(1, 611)]
    assert seen[0][2].startswith("The library is as it was today, ")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such sockets")
def test_the_window_that_opens_again_takes_the_requests_of_other_starts(
    loop: QEventLoop, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, folder, handed = library.backups.take(Reason.ASKED), library.folder, list[bool]()
    library.close()

    def restore(window: Window) -> None:
        window.controllers.backups.restore_wanted = copy
        _when_there(loop, look)

    def look(_window: Window) -> None:
        calling = threading.Thread(
            target=lambda: handed.append(claim_or_hand_over(folder, Request())[1]), daemon=True
        )
        calling.start()
        while calling.is_alive():
            QApplication.processEvents()

    _when_there(loop, restore)
    with tempfile.TemporaryDirectory(dir="/tmp") as runtime:  # as paths of sockets are bounded
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        instance, _ = claim_or_hand_over(folder, Request())
        assert instance is not None
        with instance:
            assert run(folder, instance=instance) == 0
    assert handed == [True]


def test_the_end_of_the_program_makes_a_copy(loop: QEventLoop, library: Library) -> None:
    library.add(Clipping("https://example.org/1", "One", html="<p>One.</p>", words=1))
    folder = library.folder
    library.close()
    _when_there(loop, lambda _window: None)
    assert run(folder) == 0
    with Library.open(folder) as again:
        assert [copy.reason for copy in again.backups.all()] == [Reason.CHANGES]

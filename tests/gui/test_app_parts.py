"""The parts of a start: what is said, what is done later, and how messages of Qt are heard."""

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from reader import themes
from reader.desktop import APP_ID
from reader.errors import IngestError, LibraryError, LibraryReadOnly, ReaderError
from reader.gui import app
from reader.gui.recovery.recovery import Opened
from reader.gui.widgets import theme
from reader.gui.window import Window
from reader.instance import Request
from reader.library.library import Library
from reader.model import Article, State
from reader.settings_store import SettingsStore

Make = Callable[..., Window]
Add = Callable[..., Article]


def test_trouble_goes_before_damage_and_damage_before_reading_only(
    window: Window, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(window.context.messages, "warn", lambda text: told.append(text))
    monkeypatch.setattr(
        window.controllers.health, "report_damage", lambda *what, **how: told.append((what, how))
    )
    app._show_trouble(window, Opened(library), "")
    assert told == []
    monkeypatch.setattr(type(library), "read_only", True)
    damaged = Opened(library, "It was damaged.", is_in_part=True)
    app._show_trouble(window, damaged, "The settings are damaged.")
    assert told.pop() == "The settings are damaged."
    app._show_trouble(window, damaged, "")
    assert told.pop() == (("It was damaged.",), {"can_repair": True})
    app._show_trouble(window, Opened(library), "")
    assert str(told.pop()).startswith(f"The library in {library.folder} is read-only")
    assert told == []


def test_what_is_brought_along_may_fail_in_a_sentence(library: Library) -> None:
    def fails(error: Exception) -> Callable[[Library], int]:
        def work(_: Library) -> int:
            raise error

        return work

    assert app._begin_with(lambda _: 7, library) == (7, "")
    for error in (IngestError("It is none."), LibraryReadOnly("It is read-only.")):
        assert app._begin_with(fails(error), library) == (0, str(error))
    with pytest.raises(LibraryError):
        app._begin_with(fails(LibraryError("x")), library)


def test_a_start_leaves_six_things_for_later(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, Callable[[], None]]] = []
    monkeypatch.setattr(QTimer, "singleShot", lambda ms, _, does: asked.append((ms, does)))
    done: list[str] = []
    monkeypatch.setattr(app, "_check", lambda _: done.append("check"))
    monkeypatch.setattr(app, "_watch", lambda _: done.append("watch"))
    monkeypatch.setattr(app, "_look_at_place", lambda _: done.append("place"))
    monkeypatch.setattr(app, "_collect_garbage", lambda: done.append("garbage"))
    monkeypatch.setattr(window.controllers.retrying, "look", lambda **_: done.append("waiting"))
    monkeypatch.setattr(window.controllers.search, "prepare", lambda: done.append("index"))
    app._begin_later(window)
    for ms, does in asked:
        assert 0 < ms <= 5000
        does() if does.__name__ == "<lambda>" else done.append("garbage")
    assert sorted(done) == ["check", "garbage", "index", "place", "waiting", "watch"]


def test_after_a_start_the_library_is_checked_tidied_and_swept(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []

    health = window.controllers.health
    monkeypatch.setattr(health, "check_daily", lambda: done.append("check"))
    monkeypatch.setattr(window.controllers.trash, "tidy", lambda: done.append("tidy"))
    monkeypatch.setattr(window.controllers.cleanup.originals, "sweep", lambda: done.append("sweep"))
    app._check(window)
    assert done == ["check", "tidy", "sweep"]


def test_a_folder_is_only_watched_if_one_is_wanted_and_the_library_can_take_it(
    window: Window, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[tuple[Path, bool]] = []
    monkeypatch.setattr(window.controllers.adding.watching, "watch",
                        lambda folder, *, quiet=False: watched.append((folder, quiet)))  # fmt: skip
    app._watch(window)
    assert watched == []
    window.store.update(watched=str(tmp_path))
    app._watch(window)
    assert watched == [(tmp_path, True)]
    monkeypatch.setattr(type(library), "read_only", True)
    app._watch(window)
    assert len(watched) == 1


def test_what_a_start_has_made_is_no_garbage() -> None:
    gc.disable()
    try:
        app._collect_garbage()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()


def test_the_program_has_its_names_and_its_typeface(qtbot: QtBot) -> None:
    made = app._application()
    assert made is QCoreApplication.instance()
    assert QCoreApplication.applicationName() == "Reader"
    assert QGuiApplication.desktopFileName() == APP_ID
    assert made.font().families()[0] == "Inter"
    assert qInstallMessageHandler(None) is app._log_qt


@pytest.mark.logs
@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (QtMsgType.QtDebugMsg, logging.INFO), (QtMsgType.QtInfoMsg, logging.INFO),
        (QtMsgType.QtWarningMsg, logging.WARNING), (QtMsgType.QtCriticalMsg, logging.WARNING),
    ],
)  # fmt: skip
def test_what_qt_says_is_logged_without_its_noise(
    caplog: pytest.LogCaptureFixture, kind: QtMsgType, level: int
) -> None:
    with caplog.at_level(logging.DEBUG):
        for hear in (app._log_qt, app._log_qt_at_start):
            hear(kind, None, "something is odd")
            hear(kind, None, "This plugin does not support raise()")
            hear(kind, None, "QWindow: propagateSizeHints() failed")
    assert [(each.levelno, each.getMessage()) for each in caplog.records] == [
        (level, "Qt: something is odd")
    ] * 2


@pytest.mark.parametrize(
    ("hear", "said"), [("_log_qt", "Qt has stopped: the end"), ("_log_qt_at_start", "window")]
)
def test_what_is_fatal_ends_with_a_sentence(hear: str, said: str) -> None:
    code = (
        "from PySide6.QtCore import QtMsgType; from reader.gui import app;"
        f"app.{hear}(QtMsgType.QtFatalMsg, None, 'the end'); print('still here')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.splitlines()[-1].startswith("reader: ")
    assert said in ran.stderr


def test_an_article_of_another_shelf_is_shown_in_all(
    window: Window, add: Add, library: Library
) -> None:
    two = add("Two")
    library.set_state([two.id], State.ARCHIVE)
    window.refresh()
    assert window.shelf is not None
    app._show(window, 1)
    assert window.shelf.key == "queue"
    app._show(window, two.id)
    assert window.shelf.key == "all"
    assert window.list.selected_ids() == [two.id]
    assert window.viewer.article_id == two.id


def test_what_another_start_hands_over_goes_where_it_belongs(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    came: list[object] = []
    monkeypatch.setattr(window.controllers.adding, "paths", lambda paths, _then: came.append(paths))
    monkeypatch.setattr(window.controllers.adding, "addresses",
                        lambda found, _then, *, typed: came.append((found, typed)))  # fmt: skip
    monkeypatch.setattr(window, "raise_", lambda: came.append("raise"))
    monkeypatch.setattr(window, "activateWindow", lambda: came.append("activate"))
    app.take(window, Request())
    assert came == ["raise", "activate", []]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "old"
    came.clear()
    app.take(window, Request(paths=("a", "b"), addresses=("https://x.example",), token="new"))
    assert came[2:] == [[Path("a"), Path("b")], (("https://x.example",), ("https://x.example",))]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "new"


def test_the_end_of_the_session_closes_the_window_once(window: Window) -> None:
    class Ended:
        """A notifier that is asked no more."""

        on = True

        def setEnabled(self, on: bool) -> None:
            self.on = on

    ended = Ended()
    app._close(window, ended)  # type: ignore[arg-type]
    assert not ended.on
    assert not window.isVisible()


@pytest.mark.logs
def test_a_bug_is_logged_and_what_a_person_can_act_on_is_not(
    window: Window, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[BaseException] = []
    monkeypatch.setattr(app, "show_report", lambda error, _: reports.append(error))
    caught = app._exception_hook(window)
    caught(ReaderError, ReaderError("It is full."), None)
    assert window.context.messages.text() == "It is full."
    assert caplog.records == []
    bug = ZeroDivisionError("x")
    caught(ZeroDivisionError, bug, None)
    assert reports == [bug]
    caught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reports == [bug]
    assert [each.levelno for each in caplog.records] == [logging.CRITICAL] * 2
    assert caplog.records[0].exc_info is not None


def test_a_window_on_a_library_that_turns_out_damaged_is_made_on_what_can_be_read(
    qtbot: QtBot, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "other") as other:
        store, error = SettingsStore(), LibraryError("It is damaged.")
        asked: list[object] = []

        def make(shown: Library, store: SettingsStore) -> Window:
            if shown is library:
                raise error
            return Window(shown, store)

        monkeypatch.setattr(app, "Window", make)
        monkeypatch.setattr(app, "reopen", lambda *what: asked.append(what))
        assert app._window(Opened(library), store) is None
        assert asked == [(library.folder, error, "system")]
        found = Opened(other, "It was damaged.")
        monkeypatch.setattr(app, "reopen", lambda *_: found)
        made = app._window(Opened(library), store)
        assert made is not None
        assert made[1] is found
        assert made[0].library is other
        made[0].close()
        made[0].deleteLater()


def test_a_picture_of_the_window_is_written_in_its_size_and_theme(
    qtbot: QtBot, library: Library, add: Add, tmp_path: Path
) -> None:
    add("One")
    target = tmp_path / "x.png"
    app.snapshot(library.folder, target, size=(600, 400), theme="dark")
    image = QImage(str(target))
    assert (image.width(), image.height()) == (600, 400)
    assert image.pixelColor(580, 300) == QColor(themes.theme("dark").page)
    with pytest.raises(ReaderError, match=r"Choose a \.png file"):
        app.snapshot(library.folder, tmp_path / "none" / "x.png", size=(600, 400))
    with pytest.raises(LibraryError):
        app.snapshot(tmp_path / "nothing", target, size=(600, 400))
    theme.apply(themes.theme("light"))

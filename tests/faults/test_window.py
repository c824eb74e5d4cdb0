"""The window opens whatever is wrong with what it stands on, and says so in a sentence."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.damaging import overwrite, pages

from reader import paths
from reader.gui.app import run
from reader.gui.recovery.trouble import Way
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping, Query


@pytest.fixture(autouse=True)
def loop(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run the program in loops of its own: an application that has quit runs no more."""
    monkeypatch.setattr(QApplication, "exec", lambda *_: _until_closed())
    kept = sys.excepthook
    yield
    sys.excepthook = kept


def _library(count: int = 60) -> Path:
    folder = paths.library_dir()
    with Library.open(folder) as library, library.together():
        for number in range(count):
            text = f"<p>{f'word{number} and more ' * 300}</p>"
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}", html=text))
    Library.open(folder).close()  # the first one notes that the folder is private
    return folder


def _until_closed() -> int:
    """Run until no window is left, as the application does."""
    loop, timer = QEventLoop(), QTimer(interval=20)
    timer.timeout.connect(lambda: None if _windows() else loop.quit())
    timer.start()
    return loop.exec()


def _windows() -> list[Window]:
    found = QApplication.topLevelWidgets()
    return [each for each in found if isinstance(each, Window) and each.isVisible()]


def _with_windows(*steps: Callable[[Window], object]) -> None:
    """Do a step with each window that the program opens, one after the other."""
    seen: list[int] = []
    timer = QTimer(QApplication.instance(), interval=20)

    def look() -> None:
        window = next((each for each in _windows() if id(each) not in seen), None)
        if window is None or window.context.jobs.running:
            return
        seen.append(id(window))
        steps[len(seen) - 1](window)
        if len(seen) == len(steps):
            timer.stop()
            timer.deleteLater()

    timer.timeout.connect(look)
    timer.start()


def _when_repaired(step: Callable[[RecoveryWindow], object]) -> None:
    """Do a step with the recovery window once it reports its repair."""
    timer = QTimer(QApplication.instance(), interval=20)

    def look() -> None:
        window = QApplication.activeModalWidget()
        if isinstance(window, RecoveryWindow) and window.buttons[Way.OPEN].isVisible():
            timer.stop()
            step(window)

    timer.timeout.connect(look)
    timer.start()


def test_a_repair_is_reported_and_then_the_window_writes_again() -> None:
    file = _library() / "library.db"
    leaves = [each for each in pages(file) if (each.owner, each.kind) == ("article", "leaf")]
    overwrite(file, leaves[0].number)
    damaged = file.read_bytes()
    seen: list[object] = []

    def write(window: Window) -> None:
        ids = window.library.ids(Query())
        assert len(ids) == 60
        seen.append((window.library.read_only, window.library.tags.add(ids[:1], "after")))
        seen.append(window.library.check())
        window.close()

    _when_repaired(lambda window: window.buttons[Way.OPEN].click())
    _with_windows(write)
    assert run(paths.library_dir()) == 0
    assert seen == [(False, 1), ()]
    (aside,) = file.parent.glob("library-damaged-*.db")
    assert aside.read_bytes() == damaged

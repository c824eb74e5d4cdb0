"""Opening a library shows a window if it takes long, and hands over what is in the way."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from reader.errors import LibraryError
from reader.gui.recovery import opening
from reader.gui.recovery.opening import Opening, open_with_progress
from reader.library.library import Library
from reader.progress import Report


def _shown() -> list[Opening]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, Opening) and each.isVisible()
    ]


def test_a_quick_opening_shows_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    library = open_with_progress(tmp_path, lambda folder, _: Library.open(folder))
    assert isinstance(library, Library)
    assert library.counts().total == 0
    library.close()
    assert _shown() == []


def test_a_long_one_says_how_far_it_is_while_the_window_answers(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_SHOWN_AFTER_MS", 1)
    go_on, said = threading.Event(), list[str]()
    bars: set[tuple[int, int, int]] = set()

    def slowly(folder: Path, report: Report) -> Library:
        report(3, 10, "Copying the library")
        assert go_on.wait(10)
        return Library.open(folder)

    def look() -> None:
        for window in _shown():
            window.close()
            said.append(window.text() if window.isVisible() else "closed")
            if said[-1] == "Copying the library":
                bar = window.findChild(QProgressBar)
                assert isinstance(bar, QProgressBar)
                bars.add((bar.minimum(), bar.value(), bar.maximum()))
                go_on.set()

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    timer.start()
    library = open_with_progress(tmp_path, slowly)
    assert isinstance(library, Library)
    library.close()
    assert said[-1] == "Copying the library"
    assert bars == {(0, 3, 10)}
    assert _shown() == []


def test_what_is_in_the_way_is_handed_over_and_a_bug_is_raised(
    qtbot: QtBot, tmp_path: Path
) -> None:
    def refuse(_: Path, __: Report) -> Library:
        raise LibraryError("It is somewhere else.")

    found = open_with_progress(tmp_path, refuse)
    assert isinstance(found, LibraryError)
    assert str(found) == "It is somewhere else."


@pytest.mark.logs
def test_a_bug_while_opening_is_raised(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        open_with_progress(tmp_path, lambda _, __: 1 / 0)  # type: ignore[arg-type, return-value]

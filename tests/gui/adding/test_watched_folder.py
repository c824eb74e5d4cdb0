"""A watched folder: what is saved into it comes in by itself, whole, once, and stays there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.gui.adding import watched_folder
from reader.gui.jobs.bar import JobsBar
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Query, State

Make = Callable[..., Window]
_SETTLED_MS = 700


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less long than for a person's browser."""
    monkeypatch.setattr(watched_folder, "_STEADY_SECONDS", 0.3)
    monkeypatch.setattr(watched_folder, "_AGAIN_MS", 40)
    monkeypatch.setattr(watched_folder, "_BACK_MS", 80)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Downloads"
    made.mkdir()
    return made


def _titles(library: Library) -> list[str]:
    return sorted(row.title for row in library.rows_of(library.ids(Query())))


def test_what_is_saved_comes_in_by_itself_and_stays_where_it_is(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    qtbot.wait(_SETTLED_MS)
    file = folder / "walk.html"
    file.write_text("<title>A walk</title><p>Past trees.</p>")
    qtbot.waitUntil(lambda: _titles(library) == ["A walk"])
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “A walk” from Downloads.")
    assert window.windowTitle() == "A walk – Reader"
    assert file.read_text() == "<title>A walk</title><p>Past trees.</p>"


def test_what_lies_there_comes_in_but_only_what_can_be_an_article(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    (folder / "one.md").write_text("# One\n\ntext")
    (folder / "Two.HTM").write_text("<title>Two</title><p>text</p>")
    (folder / "program.exe").write_text("no article")
    (folder / ".hidden.md").write_text("# Hidden\n\ntext")
    (folder / "walk_files").mkdir()
    (folder / "walk_files" / "frame.html").write_text("<title>Frame</title><p>text</p>")
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    qtbot.waitUntil(lambda: _titles(library) == ["One", "Two"])
    qtbot.wait(_SETTLED_MS)
    assert _titles(library) == ["One", "Two"]


def test_a_file_that_grows_comes_in_when_it_is_whole(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(watched_folder, "_STEADY_SECONDS", 1.0)
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    with (folder / "long.md").open("w") as file:
        for number in range(10):
            file.write(f"Part {number} of a text.\n\n")
            file.flush()
            qtbot.wait(100)
            assert library.counts().all == 0
    qtbot.waitUntil(lambda: library.counts().all == 1)
    assert "Part 9" in library.article(1).html
    assert library.texts.versions(1) == []


def test_an_empty_file_keeps_the_place_of_one_to_come(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    (folder / "page.html").touch()
    qtbot.wait(_SETTLED_MS)
    assert window.context.messages.text() == ""
    (folder / "page.html").write_text("<title>Page</title><p>text</p>")
    qtbot.waitUntil(lambda: _titles(library) == ["Page"])


def test_a_file_that_takes_the_place_of_another_comes_in(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    (folder / "note.md").write_text("# Note\n\nfirst")
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    qtbot.waitUntil(lambda: library.counts().all == 1)
    (folder / "note.md.part").write_text("# Note\n\nsecond")
    (folder / "note.md.part").replace(folder / "note.md")
    qtbot.waitUntil(lambda: "second" in library.article(1).html)
    assert len(library.texts.versions(1)) == 2


def test_what_came_in_before_is_left_alone_at_the_next_start(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    (folder / "one.md").write_text("# One\n\ntext")
    first = make_window()
    first.controllers.adding.watching.watch(folder)
    qtbot.waitUntil(lambda: library.counts().all == 1)
    first.controllers.adding.watching.stop()
    library.set_state([1], State.TRASH)
    (folder / "two.md").write_text("# Two\n\ntext")
    second = make_window()
    second.controllers.adding.watching.watch(folder, quiet=True)
    qtbot.waitUntil(lambda: _titles(library) == ["Two"])
    assert library.article(1).state is State.TRASH


def test_what_cannot_be_read_is_told_of_where_it_is_news(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    (folder / "bad.md").write_bytes(bytes(range(256)))
    os.utime(folder / "bad.md", (0, 0))
    window = make_window()
    window.controllers.adding.watching.watch(folder, quiet=True)
    qtbot.wait(_SETTLED_MS)
    assert window.context.messages.text() == ""
    (folder / "programs.zip").write_bytes(b"PK" + bytes(200))
    (folder / "worse.md").write_bytes(bytes(range(256)))
    start = "worse.md: This is not a text file"
    qtbot.waitUntil(lambda: window.context.messages.text().startswith(start))
    assert library.counts().all == 0


def test_a_folder_that_is_gone_is_told_of_once_and_watched_when_it_is_back(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path
) -> None:
    folder.rmdir()
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    qtbot.waitUntil(
        lambda: f"The watched folder {folder} does not exist" in window.context.messages.text()
    )
    window.context.messages.hide()
    qtbot.wait(_SETTLED_MS)
    assert window.context.messages.text() == ""
    folder.mkdir()
    qtbot.wait(_SETTLED_MS)
    (folder / "one.md").write_text("# One\n\ntext")
    qtbot.waitUntil(lambda: _titles(library) == ["One"])


def test_a_file_in_the_place_of_the_folder_is_told_of(
    qtbot: QtBot, make_window: Make, folder: Path
) -> None:
    folder.rmdir()
    folder.write_text("no folder")
    window = make_window()
    window.controllers.adding.watching.watch(folder)
    qtbot.waitUntil(lambda: "cannot be read" in window.context.messages.text())


def test_the_folder_is_chosen_in_the_menu_and_left_there_again(
    qtbot: QtBot, make_window: Make, library: Library, folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = make_window()
    verb = window.qactions["add.watch_folder"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    verb.trigger()
    assert (verb.isChecked(), window.settings.watched) == (False, "")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    verb.trigger()
    assert (verb.isChecked(), window.settings.watched) == (True, str(folder))
    assert str(folder) in verb.toolTip()
    assert "added automatically" in window.context.messages.text()
    qtbot.wait(_SETTLED_MS)
    verb.trigger()
    assert (verb.isChecked(), window.settings.watched) == (False, "")
    assert str(folder) not in verb.toolTip()
    (folder / "one.md").write_text("# One\n\ntext")
    qtbot.wait(_SETTLED_MS)
    assert library.counts().all == 0


def test_looking_into_the_folder_is_not_shown_as_work(
    qtbot: QtBot, make_window: Make, folder: Path
) -> None:
    window = make_window()
    seen: list[bool] = []
    bar = window.middle.findChild(JobsBar)
    assert isinstance(bar, JobsBar)
    window.context.jobs.changed.connect(lambda: seen.append(bar.isVisible()))
    window.controllers.adding.watching.watch(folder)
    qtbot.wait(_SETTLED_MS)
    assert seen
    assert not any(seen)

"""The second place in the settings: chosen, refused, warned of, given up."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.gui.backups.second_place import SecondPlace
from reader.gui.window import Window
from reader.library.library import Library

Make = Callable[..., Window]


@pytest.fixture
def part(qtbot: QtBot, window: Window) -> Iterator[SecondPlace]:
    """Return the part on the page of the settings."""
    dialog = window.controllers.preferences.open_settings()
    dialog.choose("Backups")
    found = dialog.row("backup_place")._made.widget
    assert isinstance(found, SecondPlace)
    yield found
    dialog.reject()


def test_a_chosen_folder_is_kept_and_gets_a_copy(
    qtbot: QtBot,
    part: SecondPlace,
    window: Window,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path / "Backup disk"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    assert part.line.button.text() == "Choose a Folder…"
    part.line.button.click()
    assert window.settings.backup_place == str(place)
    assert part.line.path.text().endswith(str(place))
    qtbot.waitUntil(lambda: "Last reached today, " in part.line.state.text())
    assert list(place.rglob("*.copy"))
    assert "It is on the disk of the library" in part.line.state.text()
    part.line.button.click()
    assert window.settings.backup_place == ""
    assert part.line.path.isHidden()
    assert part.line.state.isHidden()


def test_a_folder_within_the_library_is_refused(
    part: SecondPlace, window: Window, library: Library
) -> None:
    inside = library.folder / "images"
    inside.mkdir(exist_ok=True)
    with answering(press("OK")) as told:
        part.choose(inside)
    assert told == ["This folder cannot be the second place"]
    assert window.settings.backup_place == ""


def test_a_folder_that_is_gone_is_told_of(
    qtbot: QtBot, part: SecondPlace, window: Window, tmp_path: Path
) -> None:
    window.store.update(backup_place=str(tmp_path / "gone"))
    wanted = "No copy was written there yet. It cannot be reached now."
    qtbot.waitUntil(lambda: part.line.state.text().startswith(wanted))


def test_the_room_for_copies_is_automatic_until_it_is_chosen(qtbot: QtBot, window: Window) -> None:
    dialog = window.controllers.preferences.open_settings()
    dialog.choose("Backups")
    stepper = dialog.row("backup_limit")._made.widget
    assert stepper.text() == "Automatic"  # type: ignore[attr-defined]
    stepper.stepUp()  # type: ignore[attr-defined]
    assert window.settings.backup_limit == 500
    assert stepper.text() == "500 MB"  # type: ignore[attr-defined]
    dialog.reset_page()
    assert window.settings.backup_limit == 0
    assert stepper.text() == "Automatic"  # type: ignore[attr-defined]


def test_the_search_of_the_settings_finds_the_copies(window: Window) -> None:
    dialog = window.controllers.preferences.open_settings()
    for words in ("backups", "second place", "room for copies"):
        dialog.search.setText(words)
        assert dialog.page.page.title == "Backups", words

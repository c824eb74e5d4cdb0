"""Moving the library from the settings: asked for, done while the window is closed, then open."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.gui import app
from reader.gui.settings.parts import Place
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.store import moved
from reader.model import Clipping


def _choosing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


@pytest.mark.parametrize(
    ("button", "keeps"), [("Move", False), ("Move and Keep the Old Files", True)]
)
def test_the_window_closes_to_move(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str, keeps: bool
) -> None:
    target = tmp_path / "away"
    _choosing(target, monkeypatch)
    dialog = window.controllers.preferences.open_settings()
    place = dialog.findChild(Place)
    assert isinstance(place, Place)
    with answering(press(button)) as told:
        place.move_button.click()
    assert str(target) in told[0]
    assert window.controllers.move_wanted == (target, keeps)
    assert not window.isVisible()


def test_cancel_moves_nothing(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choosing(tmp_path / "away", monkeypatch)
    window.controllers.preferences.open_settings()
    with answering(press("Cancel")):
        window.controllers.preferences.choose_target()
    assert window.controllers.move_wanted is None
    assert window.isVisible()


def test_a_folder_that_will_not_do_is_explained_before_anything_closes(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.odt").write_text("years of work")
    _choosing(tmp_path / "full", monkeypatch)
    window.controllers.preferences.open_settings()
    with answering(lambda box: box.reject()) as told:
        window.controllers.preferences.choose_target()
    assert told == ["The library stays where it is"]
    assert window.isVisible()


def test_a_library_that_is_read_only_has_no_move_button(qtbot: QtBot) -> None:
    place = Place("/somewhere", can_move=False)
    qtbot.addWidget(place)
    assert not place.move_button.isEnabled()
    assert place.open_button.isEnabled()


def test_a_window_that_never_saw_its_settings_moves_nothing(window: Window) -> None:
    assert window.controllers.move_wanted is None
    assert "preferences" not in window.controllers.__dict__, "nothing is imported to know that"


def test_the_program_moves_the_library_and_opens_it_again(
    new_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(new_library) as library:
        library.add(Clipping("https://example.org/1", "One", html="<p>Words.</p>", words=1))
    target, opened = tmp_path / "away", list[Path]()

    def loop(_app: object, window: Window, *_: object) -> int:
        opened.append(window.library.folder)
        if len(opened) == 1:
            window.controllers.preferences.move_wanted = target, False
        window.close()
        return 0

    monkeypatch.setattr(app, "_loop", loop)
    assert app.run(new_library) == 0
    assert opened == [new_library, target]
    assert moved.follow(new_library) == target
    assert not (new_library / "library.db").exists()
    with Library.open(target) as library:
        assert library.counts().all == 1


def test_a_move_that_fails_opens_the_old_folder_with_the_reason(
    new_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, told = tmp_path / "away", list[str]()
    target.mkdir()
    (target / "came-meanwhile.txt").write_text("x")

    def loop(_app: object, window: Window, *_: object) -> int:
        told.append(window.context.messages.text())
        if len(told) == 1:
            window.controllers.preferences.move_wanted = target, False
        window.close()
        return 0

    monkeypatch.setattr(app, "_loop", loop)
    app.run(new_library)
    assert len(told) == 2
    assert "not empty: it holds came-meanwhile.txt" in told[1]
    assert moved.follow(new_library) == new_library


def test_settings_are_one_window_that_can_be_opened_again(window: Window) -> None:
    first = window.controllers.preferences.open_settings()
    assert window.controllers.preferences.open_settings() is first
    first.close()
    again = window.controllers.preferences.open_settings()
    assert again.isVisible()
    window.store.update(minutes=45)

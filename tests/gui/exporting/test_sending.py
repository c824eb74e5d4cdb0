"""Sending to an e-reader: chosen once, missing, chosen again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.gui.exporting.device_place import DevicePlace
from reader.gui.window import Window
from reader.model import Article

Add = Callable[..., Article]


@pytest.fixture
def window(make_window: Callable[..., Window], add: Add) -> Window:
    add("One")
    add("Two")
    return make_window()


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that is chosen whenever one is asked for."""
    folder = tmp_path / "KOBO"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob("*.epub"))


def test_the_folder_is_asked_for_once(
    qtbot: QtBot, window: Window, device: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = window.context.messages
    window.qactions["device.send"].trigger()
    qtbot.waitUntil(lambda: messages.text() == "“One” sent to KOBO.")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: 1 / 0)
    window.qactions["device.send_queue"].trigger()
    qtbot.waitUntil(lambda: messages.text() == "2 articles sent to KOBO.")
    assert _names(device) == ["One.epub", "Reading Queue.epub"]


def test_nothing_is_sent_if_no_folder_is_chosen(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.qactions["device.send"].trigger()
    assert window.context.jobs.running == []
    assert window.settings.device == ""


def test_a_missing_device_can_be_plugged_in_or_chosen_again(
    qtbot: QtBot, window: Window, device: Path, tmp_path: Path
) -> None:
    window.context.settings.update(device=str(tmp_path / "away"))
    messages = window.context.messages
    window.qactions["device.send"].trigger()
    qtbot.waitUntil(lambda: "not there" in messages.text())
    again, choose = messages._buttons.acts[:2]
    assert (again.text(), choose.text()) == ("Send Again", "Choose a Folder…")
    choose.click()
    qtbot.waitUntil(lambda: messages.text() == "“One” sent to KOBO.")
    assert _names(device) == ["One.epub"]


def test_the_settings_show_whether_the_device_is_there(
    qtbot: QtBot, window: Window, device: Path
) -> None:
    part = DevicePlace(window.context)
    qtbot.addWidget(part)
    part.show()
    part.line.button.click()
    part.show_place(window.settings.device)
    qtbot.waitUntil(lambda: part.line.state.text() == "It is there now.")
    device.rmdir()
    part.show_place(window.settings.device)
    qtbot.waitUntil(lambda: part.line.state.text().startswith("It is not there"))
    part.line.button.click()
    assert (window.settings.device, window.settings.device_mount) == ("", "")

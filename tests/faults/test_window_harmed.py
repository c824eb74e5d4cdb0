"""Whatever is damaged, a window opens: on what is whole, or on a sentence about what is wrong."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.faults.damage import HARMS, STATES, harmed, make

from reader import paths
from reader.gui.app import _delete
from reader.gui.recovery.recovery import open_library
from reader.gui.recovery.window import RecoveryWindow
from reader.gui.window import Window
from reader.settings_store import SettingsStore


@pytest.mark.logs
@pytest.mark.parametrize("harm", [*HARMS, *STATES])
def test_a_window_opens_whatever_is_damaged(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    said: list[str] = []

    def wait(trouble: RecoveryWindow) -> bool:
        qtbot.addWidget(trouble)
        trouble.show()
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not trouble.jobs.running or trouble.opened is not None)
        said.extend(label.text() for label in trouble.findChildren(QLabel))
        trouble.close()
        return trouble.opened is not None

    monkeypatch.setattr(RecoveryWindow, "exec", wait)
    folder: Path = paths.library_dir()
    make(folder)
    with harmed(harm, folder):
        store = SettingsStore.open(paths.settings_file())
        opened = open_library(folder)
        assert said or opened
        assert not said or any(each.endswith(".") for each in said), said
        if opened is not None:
            window = Window(opened.library, store)
            window.show()
            assert window.isVisible()
            window.close()
            _delete(window)
            opened.library.close()

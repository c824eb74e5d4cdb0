"""What the store tells reaches the window in its own thread."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader import paths
from reader.gui.settings_signals import SettingsSignals
from reader.gui.window import Window
from reader.library.library import Library
from reader.settings_store import SettingsStore

Make = Callable[..., Window]


class _Hearing(QObject):
    def __init__(self, signals: SettingsSignals) -> None:
        super().__init__()
        self.heard: list[tuple[frozenset[str], bool]] = []
        signals.changed.connect(self.hear)

    def hear(self, names: frozenset[str]) -> None:
        self.heard.append((names, threading.current_thread() is threading.main_thread()))


def test_what_another_thread_changes_is_heard_in_that_of_the_window(qtbot: QtBot) -> None:
    store = SettingsStore()
    parent = QObject()
    signals = SettingsSignals(store, parent)
    hearing = _Hearing(signals)
    thread = threading.Thread(target=lambda: store.update(theme="dark", vim=True))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: hearing.heard == [(frozenset({"theme", "vim"}), True)])
    signals.stop()
    signals.stop()
    store.update(theme="sepia")
    assert len(hearing.heard) == 1


def test_what_another_window_chose_is_shown_here_too(qtbot: QtBot, library: Library) -> None:
    one, two = (SettingsStore.open(paths.settings_file()) for _ in range(2))
    window = Window(library, two)
    qtbot.addWidget(window)
    one.update(theme="dark", keys={"article.archive": ("Alt+A",)}, minutes=7, statistics=False)
    one.flush()
    two.update(vim=True)
    qtbot.waitUntil(lambda: window.viewer.look.theme.name == "dark")
    assert "Alt+A" in window.qactions["article.archive"].toolTip()
    assert "7 Minutes" in window.qactions["session.begin"].text()
    assert not window.settings.statistics
    window.close()


@pytest.mark.logs
def test_settings_that_cannot_be_kept_are_told_in_the_window(
    qtbot: QtBot, make_window: Make
) -> None:
    paths.config_dir().parent.mkdir(parents=True)
    paths.config_dir().write_text("no folder")
    window = make_window()
    window.store.update(vim=True)
    qtbot.waitUntil(lambda: "could not be written" in window.context.messages.text())
    window.store.update(vim=False)
    window.context.messages.hide()
    window.store.flush()
    assert window.context.messages.text() == ""
    assert window.isVisible()

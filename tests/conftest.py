"""What every test stands on: no screen, no network, no real home folder, no unasked-for warning."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import gc
import logging
import shutil
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import private
from reader.gui.widgets import theme
from reader.library.library import Library


@pytest.fixture(autouse=True, scope="session")
def application(qapp: QApplication) -> None:
    """Make the one application with widgets and its typeface, whichever test comes first."""
    theme.begin(qapp)
    gc.collect()
    gc.freeze()  # modules and collected tests stay: a search for garbage need not look at them


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Give the robot of the window; it waits long, for a busy machine is no failure."""
    for wait in ("waitUntil", "waitSignal"):
        monkeypatch.setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=30_000))
    return qtbot


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put everything the program keeps into a folder of the test."""
    folder = tmp_path / "reader-home"
    monkeypatch.setenv("READER_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture(autouse=True)
def no_theme(qapp: QApplication) -> None:
    """Take the theme of the last window from the application, as at the start of the program.

    Qt gives a new part the style of the application as soon as it is made, and another one
    when a window brings its own: a window costs half as much without the one of the last.
    """
    if qapp.styleSheet():
        qapp.setStyleSheet("")
        qapp.setPalette(QPalette())


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the file of an empty library: to copy it is quicker than to make another one."""
    folder = tmp_path_factory.mktemp("empty")
    Library.open(folder).close()
    return (folder / "library.db").read_bytes()


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library to which everything was done that can be."""
    from tests.everything import fill  # few tests need it

    folder = tmp_path_factory.mktemp("full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READER_HOME", str(folder / "home"))
        with Library.open(folder / "library") as made:
            fill(made)
    return folder / "library"


@pytest.fixture
def full_library(full_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """Give a library to which everything was done that can be."""
    shutil.copytree(full_folder, tmp_path / "full")
    with Library.open(tmp_path / "full") as made:
        yield made


@pytest.fixture
def new_library(empty_library: bytes, tmp_path: Path) -> Path:
    """Return the folder of an empty library that nobody has opened yet."""
    folder = tmp_path / "library"
    private.make_folder(folder)
    private.make_file(folder / "library.db")
    (folder / "library.db").write_bytes(empty_library)
    return folder


@pytest.fixture
def library(new_library: Path) -> Iterator[Library]:
    """Give an empty library, closed at the end of the test."""
    with Library.open(new_library) as made:
        yield made


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever opens a connection to anything but this computer."""
    really = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if not str(host).startswith(("127.", "/")) and host != "::1":
            raise AssertionError(f"a test must not use the network ({host})")
        really(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def no_unasked_warning(
    caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked with ``logs``."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    found = [each for each in caplog.get_records("call") if each.levelno >= logging.WARNING]
    assert not found, f"unasked-for log: {[each.getMessage() for each in found]}"


def _deep(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


_ODD: dict[str, object] = {
    "a huge integer": 10**30,
    "an integer beyond every float": 10**400,
    "a negative one": -(10**30),
    "zero": 0,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "minus infinity": float("-inf"),
    "a huge float": 1e308,
    "nothing": None,
    "yes": True,
    "a word": "nonsense",
    "no text": "",
    "a huge text": "x" * 1_000_000,
    "half a character": "\ud800",
    "control characters": "a\x00b\nc\x1b",
    "markup": "<img src='file:///canary.png'><b>&amp;",
    "a way out": "../../../../etc/passwd",
    "a list": [1, "two", None, [3], {"four": 4}],
    "a deep list": _deep(20),
    "an object": {"a": 1, "b": ["x", 2], "c": {"d": {}}, "\ud800": "x", "": ""},
    "many entries": {f"key {n}": n for n in range(20_000)},
    "many texts": [f"text {n}" for n in range(20_000)],
    "many sheets": {f"sheet {n}": {"size_pt": 10**400} for n in range(3_000)},
}


@pytest.fixture(params=[*_ODD])
def odd(request: pytest.FixtureRequest) -> object:
    """Give each of the values that nobody expects in a file, one after the other."""
    return _ODD[request.param]

"""What every test stands on: no screen, no network, no real home folder, no unasked-for warning."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.library import Library


@pytest.fixture(autouse=True, scope="session")
def application(qapp: object) -> None:
    """Make the one application with widgets, before a test of printing makes one without."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put everything the program keeps into a folder of the test."""
    folder = tmp_path / "reader-home"
    monkeypatch.setenv("READER_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Give an empty library, closed at the end of the test."""
    with Library.open(tmp_path / "library") as made:
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

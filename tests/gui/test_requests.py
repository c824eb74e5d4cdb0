"""What another start hands over reaches the window."""

import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.gui.requests import Requests
from reader.instance import Instance, Request, claim_or_hand_over

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such sockets")


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        found, _ = claim_or_hand_over(tmp_path, Request())
        assert found is not None
        with found:
            yield found


def test_a_request_is_told(qtbot: QtBot, window: Instance, tmp_path: Path) -> None:
    parent = QObject()
    requests = Requests(window, parent)
    request = Request((3,), ("/a",), ("https://example.org",))
    thread = threading.Thread(target=claim_or_hand_over, args=(tmp_path, request))
    with qtbot.waitSignal(requests.received) as came:
        thread.start()
    thread.join()
    assert came.args == [request]
    requests.stop()


def test_noise_and_silence_keep_nobody_from_calling(
    qtbot: QtBot, window: Instance, tmp_path: Path
) -> None:
    parent = QObject()
    requests = Requests(window, parent)
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as noisy:
        silent.connect(str(window._path))
        noisy.connect(str(window._path))
        noisy.sendall(b"no request\n")
        thread = threading.Thread(target=claim_or_hand_over, args=(tmp_path, Request((1,))))
        with qtbot.waitSignal(requests.received) as came:
            thread.start()
        thread.join()
        noisy.settimeout(10)
        assert noisy.recv(10) == b""
    assert came.args == [Request((1,))]
    requests.stop()

"""One window for a library, and what another start hands over to it."""

import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import instance
from reader.errors import LibraryLocked
from reader.instance import Instance, Request, claim_or_hand_over, decode, encode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such sockets")


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a short name to the folder of the sockets: the system bounds their paths."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def _claimed(library: Path) -> Instance:
    found, handed_over = claim_or_hand_over(library, Request())
    assert found is not None
    assert not handed_over
    return found


def _hand_over(library: Path, request: Request, window: Instance) -> list[Request]:
    """Hand a request over in a thread, as another process would, and return what arrives."""
    told: list[bool] = []
    thread = threading.Thread(
        target=lambda: told.append(claim_or_hand_over(library, request)[1]), daemon=True
    )
    thread.start()
    came = None
    while thread.is_alive() and came is None:
        if caller := window.accept():
            while came is None:
                came = caller.receive()
            caller.close()
    thread.join()
    assert told == [True]
    return [came] if came else []


def test_a_window_that_opens_in_place_of_another_is_handed_requests(tmp_path: Path) -> None:
    with _claimed(tmp_path) as window:
        window.stop_listening()  # as the window that closes does
        window.listen_again()
        assert _hand_over(tmp_path, Request((7,)), window) == [Request((7,))]


def test_a_second_start_hands_over(tmp_path: Path) -> None:
    links = ("0123456789abcdef" * 2,)
    paths, addresses = ("/a b/\udcff.html",), ("https://example.org/ü",)
    request = Request((1, 2**63 - 1), paths, addresses, "token", links)
    with _claimed(tmp_path) as window:
        assert _hand_over(tmp_path, request, window) == [request]


def test_two_libraries_have_two_windows(tmp_path: Path) -> None:
    with _claimed(tmp_path / "one"), _claimed(tmp_path / "two"):
        pass


def test_a_library_has_one_window_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    with _claimed(tmp_path / "there") as window:
        assert _hand_over(tmp_path / "link", Request(), window) == [Request()]


def test_the_next_start_after_the_end_is_a_window_and_nothing_is_left(
    tmp_path: Path, runtime: Path
) -> None:
    for _ in range(2):
        with _claimed(tmp_path):
            assert len(list(runtime.iterdir())) == 2
        assert list(runtime.iterdir()) == []


def test_what_a_crash_leaves_blocks_nothing(tmp_path: Path) -> None:
    window = _claimed(tmp_path)
    os.close(window._lock)  # as the system does at the end of a process
    window._listener.close()
    with _claimed(tmp_path) as window:
        assert _hand_over(tmp_path, Request((7,)), window) == [Request((7,))]


def test_a_window_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_SECONDS", 0.1)
    with _claimed(tmp_path) as window:
        assert claim_or_hand_over(tmp_path, Request((1,))) == (None, False)
        caller = window.accept()
        assert caller is not None
        with pytest.raises(ConnectionError):  # it has a window of its own by now
            caller.receive()
        caller.close()


def test_a_start_that_meets_the_end_of_a_window_becomes_one(tmp_path: Path) -> None:
    window = _claimed(tmp_path)
    window.stop_listening()
    timer = threading.Timer(0.05, lambda: window.__exit__(None, None, None))
    timer.start()
    with _claimed(tmp_path):
        timer.join()


@pytest.mark.parametrize("made_again", [False, True])
def test_a_start_that_locks_what_the_end_of_a_window_deletes_locks_it_again(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch, made_again: bool
) -> None:
    import fcntl

    deleted: list[Path] = []
    lock = fcntl.flock

    def late(handle: int, how: int) -> None:
        if not deleted:  # the window that had it ends between opening and locking
            deleted.extend(runtime.glob("*.lock"))
            deleted[0].unlink()
            if made_again:
                deleted[0].touch()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with _claimed(tmp_path) as window:
        assert deleted[0].exists()
        assert _hand_over(tmp_path, Request((7,)), window) == [Request((7,))]


def test_nobody_else_can_listen_or_call(tmp_path: Path, runtime: Path) -> None:
    runtime.chmod(0o755)
    with _claimed(tmp_path) as window:
        folder = window._path.parent
        assert folder != runtime
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_uid == os.getuid()
    folder.rmdir()


def test_without_a_safe_place_each_start_is_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_folders", lambda: [tmp_path / "none"])
    assert claim_or_hand_over(tmp_path, Request()) == (None, False)


def test_a_place_that_is_full_or_read_only_holds_nothing_up(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _claimed(tmp_path) as window:
        lock = instance._lock_file(window._path)
    lock.mkdir()  # cannot be opened for writing, not even by root
    monkeypatch.setattr(instance, "_PATIENCE_SECONDS", 3600)
    assert claim_or_hand_over(tmp_path, Request()) == (None, False)


@pytest.mark.parametrize(
    "change",
    [
        {"articles": [0]},
        {"articles": [2**63]},
        {"articles": [True]},
        {"articles": ["1"]},
        {"articles": 1},
        {"paths": ["relative.html"]},
        {"paths": ["/a\0b"]},
        {"paths": "/a"},
        {"addresses": ["file:///etc/passwd"]},
        {"addresses": [None]},
        {"token": 1},
        {"token": "a\0b"},
        {"more": 1},
    ],
)
def test_only_requests_are_understood(change: dict[str, object]) -> None:
    whole = json.loads(encode(Request((1,), ("/a",), ("https://example.org",))))
    assert decode(json.dumps(whole).encode()) is not None
    assert decode(json.dumps({**whole, **change}).encode()) is None


@pytest.mark.parametrize("line", [b"", b"\xff", b"[]", b"null", b"[" * 100_000, b"{}"])
def test_lines_that_are_no_requests_are_refused(line: bytes) -> None:
    assert decode(line) is None


def test_a_caller_that_sends_too_much_is_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_LONGEST", 1000)
    with _claimed(tmp_path) as window, socket.socket(socket.AF_UNIX) as calling:
        calling.connect(str(window._path))
        calling.sendall(b"x" * 2000)
        caller = window.accept()
        assert caller is not None
        with pytest.raises(ConnectionError):
            caller.receive()
        caller.close()


def test_windows_of_another_version_understand_requests_without_links() -> None:
    line = encode(Request((1,), ("/a",)))
    assert "uids" not in json.loads(line)
    assert decode(line) == Request((1,), ("/a",))


@pytest.mark.parametrize("uids", ["ab" * 16, ["x"], [7], ["AB" * 16], ["ab" * 15], [None]])
def test_only_uids_are_taken_for_links(uids: object) -> None:
    values = {**json.loads(encode(Request((1,)))), "uids": uids}
    assert decode(json.dumps(values).encode() + b"\n") is None


def test_work_that_must_be_alone_is_refused_while_a_window_is_open(tmp_path: Path) -> None:
    with (
        _claimed(tmp_path),
        pytest.raises(LibraryLocked, match="close the window"),
        instance.alone(tmp_path),
    ):
        pass


def test_no_window_opens_unnoticed_while_work_is_alone(
    tmp_path: Path, runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_SECONDS", 0.05)
    with instance.alone(tmp_path):
        assert claim_or_hand_over(tmp_path, Request()) == (None, False)
        with pytest.raises(LibraryLocked), instance.alone(tmp_path):
            pass
    assert list(runtime.rglob("*.lock")) == []
    with _claimed(tmp_path):
        pass

"""Windows in processes of their own: started with files, twice, and ended from outside."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader import paths
from reader.cli import main
from reader.library.library import Library
from reader.model import SHELF_QUERIES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and sockets of POSIX")

Window = subprocess.Popen[str]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


_ENDING = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)]


@pytest.fixture
def heard() -> Iterator[None]:
    """Let a program hear every signal, even if nohup or a shell has the tests ignore some."""
    ignored = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_IGN]
    for each in ignored:
        signal.signal(each, signal.SIG_DFL)
    yield
    for each in ignored:
        signal.signal(each, signal.SIG_IGN)


@pytest.fixture
def start(tmp_path: Path, runtime: Path, heard: None) -> Iterator[Callable[..., Window]]:
    """Give a function that starts a window and returns once it listens."""
    started: list[Window] = []

    def start(*words: str) -> Window:
        command = [sys.executable, "-m", "reader", *words]
        before = _sockets(runtime)
        window = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        started.append(window)
        _until(lambda: bool(_sockets(runtime) - before))
        return window

    yield start
    for each in started:
        each.kill()
        each.communicate()


def _sockets(folder: Path) -> set[tuple[str, int]]:
    """Return the sockets in a folder, with the time when each was made."""
    found = set()
    for each in folder.iterdir():
        try:
            if each.is_socket():
                found.add((each.name, each.stat().st_ctime_ns))
        except FileNotFoundError:
            continue
    return found


def _until(true: Callable[[], bool]) -> None:
    for _ in range(6000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def _titles(folder: Path) -> set[str]:
    try:
        with Library.open(folder, create=False) as library:
            return {row.title for row in library.rows(SHELF_QUERIES["all"])}
    except Exception:
        return set()


def _second(tmp_path: Path, *words: str | bytes) -> int:
    command = [sys.executable, "-m", "reader", *words]
    return subprocess.run(command, cwd=tmp_path, timeout=60, check=False).returncode


def _page(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text(f"<title>Title of {name}</title><p>Text.</p>")
    return file


def test_files_of_a_second_start_come_into_the_first_window(
    start: Callable[..., Window], tmp_path: Path
) -> None:
    for name in ("one.html", "two words.html", "three.html", "-four.html"):
        _page(tmp_path, name)
    library = tmp_path / "library"
    window = start("--library", str(library), "one.html")
    address = (tmp_path / "two words.html").as_uri()
    assert "%20" in address
    assert _second(tmp_path, "--library", str(library), address, "three.html") == 0
    assert _second(tmp_path, "--library", str(library), "-four.html") == 0
    assert _second(tmp_path, "--library", str(library)) == 0
    names = ("one.html", "two words.html", "three.html", "-four.html")
    _until(lambda: {f"Title of {name}" for name in names} <= _titles(library))
    assert window.poll() is None
    window.send_signal(signal.SIGTERM)
    assert window.wait(30) == 128 + signal.SIGTERM


def test_what_is_not_there_is_named_and_opens_no_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    for word in (str(tmp_path / "gone.html"), (tmp_path / "gone.html").as_uri()):
        assert main([word]) == 1
        assert str(tmp_path / "gone.html") in capsys.readouterr().err
    assert main(["file://elsewhere/gone.html"]) == 1
    assert "another computer" in capsys.readouterr().err
    assert not home.exists()


@pytest.mark.parametrize("link", ["reader://article/7", "READER:", "reader://settings"])
def test_a_link_to_nothing_is_a_sentence_and_opens_no_window(
    capsys: pytest.CaptureFixture[str], home: Path, link: str
) -> None:
    for words in ([link], ["open", link]):
        assert main(words) == 1
        assert "not a link to an article" in capsys.readouterr().err
    assert not home.exists()


def test_a_link_of_a_second_start_is_opened_in_the_first_window(
    start: Callable[..., Window], tmp_path: Path
) -> None:
    for name in ("one.html", "two.html"):
        _page(tmp_path, name)
    library = tmp_path / "library"
    window = start("--library", str(library), "one.html")
    assert _second(tmp_path, "--library", str(library), "two.html") == 0
    _until(lambda: {"Title of one.html", "Title of two.html"} <= _titles(library))
    with Library.open(library, create=False) as opened:
        one = next(row for row in opened.rows(SHELF_QUERIES["all"]) if "one" in row.title)
        uid = opened.article(one.id).uid
    for link in (f"reader://article/{'0' * 32}", f"reader://article/{uid}"):
        assert _second(tmp_path, "--library", str(library), link) == 0
    _until(lambda: _is_last_open(one.id))
    assert window.poll() is None


def _is_last_open(id: int) -> bool:
    try:
        return bool(json.loads(paths.settings_file().read_text())["article"] == id)
    except (OSError, ValueError, KeyError):
        return False


def test_the_next_start_after_a_crash_is_a_window(start: Callable[..., Window]) -> None:
    start().kill()
    window = start()
    window.send_signal(signal.SIGTERM)
    assert window.wait(30) == 128 + signal.SIGTERM


def test_two_libraries_have_two_windows(
    start: Callable[..., Window], tmp_path: Path, runtime: Path
) -> None:
    first = start("--library", str(tmp_path / "one"))
    second = start("--library", str(tmp_path / "two"))
    _until(lambda: len(_sockets(runtime)) == 2)
    assert (first.poll(), second.poll()) == (None, None)


@pytest.mark.parametrize("number", _ENDING)
@pytest.mark.parametrize("settled", [True, False])
def test_a_signal_closes_the_window_as_a_person_would(
    number: int, settled: bool, start: Callable[..., Window], runtime: Path
) -> None:
    window = start()
    if settled:
        _until(lambda: "Welcome to Reader" in _titles(paths.library_dir()))
    window.send_signal(number)
    _, said = window.communicate(timeout=30)
    # Python ends itself by the signal if Ctrl+C met it in an “eval”; a shell sees no difference.
    assert window.returncode in (128 + number, -number)
    assert "Traceback" not in said
    if settled:
        assert json.loads(paths.settings_file().read_text())["window"]
    assert list(runtime.iterdir()) == []


def test_a_file_that_is_no_article_is_told_in_the_window(
    start: Callable[..., Window], tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_bytes(bytes(range(256)))
    window = start("bad.md")
    _until(lambda: "Welcome to Reader" in _titles(paths.library_dir()))
    window.send_signal(signal.SIGTERM)
    assert window.wait(30) == 128 + signal.SIGTERM


def test_a_picture_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--snapshot", str(tmp_path / "x.png")]) == 1
    assert "There is no library" in capsys.readouterr().err
    assert main(["add", str(_page(tmp_path, "one.html"))]) == 0
    assert main(["--snapshot", str(tmp_path / "none" / "x.png")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_bytes_that_are_no_letters_open_a_file(
    start: Callable[..., Window], tmp_path: Path
) -> None:
    name = os.fsencode(tmp_path) + b"/n\xff.html"
    try:
        Path(os.fsdecode(name)).write_text("<title>Odd name</title><p>Text.</p>")
    except OSError:
        pytest.skip("a file system with letters only")
    library = tmp_path / "library"
    start("--library", str(library))
    assert _second(tmp_path, "--library", str(library), name) == 0
    _until(lambda: "Odd name" in _titles(library))

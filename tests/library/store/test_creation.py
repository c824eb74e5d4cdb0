"""A library is created whole or not at all, whatever interrupts it and whoever else does it."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reader import private
from reader.errors import LibraryError, NotALibrary
from reader.library.library import Library
from reader.library.store import backup, creation, migrate
from reader.model import Clipping, State

_OPEN = """
import os, signal, sys
from pathlib import Path
from reader.library.library import Library
at, calls = int(sys.argv[2]), 0
def count(*_):
    global calls
    calls += 1
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(count)
Library.open(Path(sys.argv[1]))
sys.setprofile(None)
print(calls)
"""
_ADD = """
import sys
from pathlib import Path
from reader.library.library import Library
from reader.model import Clipping, State
sys.stdin.read(1)
with Library.open(Path(sys.argv[1])) as library:
    library.add(Clipping(f"https://example.org/{sys.argv[2]}", html="<p>x</p>"))
"""


def run(code: str, *arguments: object, **told: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **told)  # type: ignore[call-overload,no-any-return]


def everything(folder: Path) -> dict[str, str]:
    """Return what lies in a folder: names, and digests of what is in each file."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file()
    }


def takes_in_and_keeps(folder: Path, before: int = 0) -> None:
    """Add an article, and see that it is there when the library is opened anew."""
    with Library.open(folder) as library:
        library.add(Clipping("https://example.org/new", html="<p>new</p>"))
    with Library.open(folder, create=False) as library:
        assert library.counts().queue == before + 1
        assert library.check() == ()
    with apsw.Connection(str(folder / "library.db")) as connection:
        assert connection.pragma("application_id") == migrate.APPLICATION_ID
        assert connection.pragma("user_version") == migrate.newest()
        assert connection.pragma("journal_mode") == "wal"


def test_a_new_library_is_one_whole_file(tmp_path: Path) -> None:
    Library.open(tmp_path / "a").close()
    assert [*everything(tmp_path / "a")] == ["library.db"]
    takes_in_and_keeps(tmp_path / "a")


def _folder(folder: Path, *, empty: bool) -> Path:
    """Return where a library is to be created: nothing is there, or an empty file."""
    if empty:
        folder.mkdir()
        (folder / "library.db").touch()
    return folder


@pytest.mark.parametrize("empty", [False, True])
def test_a_kill_at_any_point_leaves_no_half_library(tmp_path: Path, empty: bool) -> None:
    calls = int(run(_OPEN, _folder(tmp_path / "count", empty=empty), 0).stdout)
    for number in range(12):
        folder = _folder(tmp_path / str(number), empty=empty)
        killed = run(_OPEN, folder, calls * (number + 1) // 13)
        assert killed.returncode == -signal.SIGKILL
        if not empty and (folder / "library.db").exists():
            Library.open(folder, create=False).close()
        takes_in_and_keeps(folder)


def _nothing(file: Path) -> None:
    file.touch()


def _only_the_mark(file: Path) -> None:
    connection = apsw.Connection(str(file))
    connection.pragma("application_id", migrate.APPLICATION_ID)
    connection.close()


def _only_the_log_mode(file: Path) -> None:
    connection = apsw.Connection(str(file))
    connection.pragma("journal_mode", "wal")
    connection.close()


def _half_the_schema(file: Path) -> None:
    _only_the_mark(file)
    connection = apsw.Connection(str(file))
    for number in (1, 2, 3):
        migrate._step(connection, number, migrate._steps()[number])
    connection.close()


def _interrupted_by_a_kill(file: Path) -> None:
    """Leave a journal that only a writer can undo."""
    _only_the_mark(file)
    code = (
        "import apsw, os, signal, sys; c = apsw.Connection(sys.argv[1]); "
        "c.execute('PRAGMA cache_size = 1; BEGIN; CREATE TABLE x (y)'); "
        "[c.execute('INSERT INTO x VALUES (zeroblob(9000))') for _ in range(50)]; "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    run(code, file)
    assert (file.parent / "library.db-journal").stat().st_size


_HALF = [_nothing, _only_the_mark, _only_the_log_mode, _half_the_schema, _interrupted_by_a_kill]


@pytest.mark.parametrize("make", _HALF)
def test_a_half_made_library_is_completed_when_it_is_opened(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "library.db")
    takes_in_and_keeps(tmp_path)


def test_a_library_filled_without_its_mark_is_opened_with_all_that_is_in_it(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/1"))
    with apsw.Connection(str(tmp_path / "library.db")) as connection:
        connection.pragma("application_id", 0)
    takes_in_and_keeps(tmp_path, before=1)


@pytest.mark.parametrize("make", [_nothing, _only_the_mark])
def test_who_only_reads_leaves_an_empty_file_as_it_is(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "library.db")
    before = everything(tmp_path)
    with pytest.raises(LibraryError, match="is empty"):
        Library.open(tmp_path, create=False)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("create", [True, False])
def test_a_log_without_its_library_is_not_thrown_away(tmp_path: Path, create: bool) -> None:
    library = Library.open(tmp_path)
    library.add(Clipping("https://example.org/1"))
    log = (tmp_path / "library.db-wal").read_bytes()
    library.close()
    (tmp_path / "library.db").write_bytes(b"")
    (tmp_path / "library.db-wal").write_bytes(log)
    before = everything(tmp_path)
    with pytest.raises(NotALibrary, match="still holds"):
        Library.open(tmp_path, create=create)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("empty", [True, False])
def test_two_processes_that_create_a_library_at_once_have_one(tmp_path: Path, empty: bool) -> None:
    for turn in range(4):
        folder = _folder(tmp_path / str(turn), empty=empty)
        both = [
            subprocess.Popen([sys.executable, "-c", _ADD, str(folder), name], stdin=subprocess.PIPE)
            for name in "ab"
        ]
        for each in both:
            assert each.stdin is not None
            each.stdin.close()  # go
        assert [each.wait() for each in both] == [0, 0]
        with Library.open(folder) as library:
            assert library.counts().queue == 2
        assert [*everything(folder)] == ["library.db"]


def test_a_library_that_another_process_made_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = creation._put_in_place

    def late(fresh: Path, file: Path) -> None:
        monkeypatch.undo()
        with Library.open(tmp_path) as library:
            library.add(Clipping("https://example.org/theirs"))
        really(fresh, file)

    monkeypatch.setattr(creation, "_put_in_place", late)
    takes_in_and_keeps(tmp_path, before=1)


def test_a_file_system_without_links_holds_a_library_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    takes_in_and_keeps(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="needs limits of a process")
@pytest.mark.parametrize("size", [0, 5000, 50_000])
def test_a_full_disk_at_the_first_start_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, size: int
) -> None:
    import resource  # not everywhere

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    # Coverage of the child would write its own file, onto the same full disk.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    found = run(_OPEN, tmp_path / "a", 0, preexec_fn=limit, env=plain)
    assert "reader.errors.LibraryError" in found.stderr.splitlines()[-1]
    assert everything(tmp_path / "a") == {}
    takes_in_and_keeps(tmp_path / "a")


@pytest.mark.parametrize(
    ("module", "step"), [(creation, "_fill"), (backup, "to_disk"), (creation, "_put_in_place")]
)
def test_trouble_at_any_step_leaves_nothing_not_even_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    def fail(file: Path, *_: Path) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + ending).touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, step, fail)
        with pytest.raises(LibraryError, match="No space left on device"):
            creation.new(tmp_path / "library.db")
    assert everything(tmp_path) == {}
    takes_in_and_keeps(tmp_path)


def test_what_killed_processes_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    files = {
        "old": tmp_path / f"library.db.{gone}.0a.new",
        "side": tmp_path / f"library.db.{gone}.0a.new-wal",
        "young": tmp_path / f"library.db.{gone}.0b.new",
        "alive": tmp_path / f"library.db.{os.getpid()}.0c.new",
        "theirs": tmp_path / "notes.new",
    }
    for name, file in files.items():
        file.touch()
        if name != "young":
            os.utime(file, (time.time() - 7200, time.time() - 7200))
    Library.open(tmp_path).close()
    left = {name for name, file in files.items() if file.exists()}
    assert left == {"young", "alive", "theirs"}


# ---- for its owner alone


def _modes(folder: Path) -> dict[str, int]:
    names = [folder, *folder.rglob("*")]
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in names}


def _opened_to_all(folder: Path) -> None:
    for file in [folder, *folder.rglob("*")]:
        file.chmod(0o755 if file.is_dir() else 0o644)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")
def test_a_library_is_its_owners_alone_from_the_beginning(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Library.open(tmp_path / "a") as library:
            name = library.keep_picture(b"bytes", "png")
            id = library.add(Clipping("https://example.org/1", pictures=(name,))).id
            private.make_folder(tmp_path / "a" / "copies")
            library.trash.delete([id] if library.set_state([id], State.TRASH) else [])
            library.backup(tmp_path / "a" / "copies" / "one.db")
            found = _modes(tmp_path / "a")
    finally:
        os.umask(before)
    folders = {"a", "images", "copies", "backups", "pieces"}
    assert {"library.db-wal", "library.db-shm", "deleted.log", name} <= set(found)
    assert found == {each: 0o700 if each in folders else 0o600 for each in found}


@pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")
def test_a_library_that_others_may_read_is_put_right_once(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    with Library.open(folder) as library:
        library.keep_picture(b"bytes", "png")
    _opened_to_all(folder)
    Library.open(folder).close()
    assert not any(mode & 0o077 for mode in _modes(folder).values())
    _opened_to_all(folder)  # now the person means it
    with Library.open(folder):
        assert all(_modes(folder)[name] & 0o044 for name in ("a", "library.db", "images"))


@pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")
def test_a_folder_with_other_things_in_it_stays_open(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    _opened_to_all(tmp_path)
    Library.open(tmp_path).close()
    Library.open(tmp_path).close()
    found = _modes(tmp_path)
    assert (found[tmp_path.name], found["letters.txt"]) == (0o755, 0o644)
    assert found["library.db"] == 0o600

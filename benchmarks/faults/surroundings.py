"""What may be wrong around a library: its disk, its folder, permissions, locks, paths, the clock.

Each state is entered, and left again: then the library works as before, with all that was
acknowledged meanwhile.
"""

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults import example
from benchmarks.faults.damage import NotRun
from benchmarks.faults.old import make_old
from benchmarks.faults.program import Program
from benchmarks.faults.shim import shim

_WITHOUT_RIGHTS = (
    "setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner",
    "--inh-caps=-dac_override,-dac_read_search,-fowner",
)  # fmt: skip
"""For root, who may read and write any file otherwise."""


class Place(NamedTuple):
    """A program in a state; ``has_library`` is False if nothing can be read meanwhile."""

    program: Program
    has_library: bool = True


State = Callable[[Path], AbstractContextManager[Place]]


def state(case: str) -> State:
    """Return the state of a name. Raises NotRun if nobody knows it."""
    if case in _STATES:
        return _STATES[case]
    if case.startswith("path_") and (name := _NAMES.get(case.removeprefix("path_"))):
        return lambda work: _named(work, name)
    if case.startswith("disk_full"):
        return lambda work: _full_disk(work, case.removeprefix("disk_full").removeprefix("_on_"))
    raise NotRun(f"case {case}")


def _made(work: Path, name: str = "library") -> Program:
    return Program(work / "home", example.copied(work / name, with_copy=False))


# ---- paths

_NAMES = {
    "space": "my library of articles ",
    "unicode": "Bücher 書庫 ελ é",
    "quote": "it's \"here\"",
    "quotes": "it's \"here\"",
    "newline": "two\nlines",
    "question_mark": "what?",
    "question": "what?",
    "hash": "#1",
    "percent": "100%41",
    "semicolon": "a;b",
    "backslash": "a\\b",
    "dash": "-v",
    "long": "x" * 240,
    "emoji": "📚",
    "not_utf8": os.fsdecode(b"caf\xe9"),
    "rtl": "مكتبة",
    "tilde": "~root",
    "url_special": "what?#100%41",
    "special": "what?#100%41",
}  # fmt: skip


@contextmanager
def _named(work: Path, name: str) -> Iterator[Place]:
    yield Place(_made(work, name))


@contextmanager
def _symlinked(work: Path) -> Iterator[Place]:
    program = _made(work)
    file = program.library / "library.db"
    file.rename(work / "elsewhere.db")
    file.symlink_to(work / "elsewhere.db")
    yield Place(program)


@contextmanager
def _broken_link(work: Path) -> Iterator[Place]:
    with _symlinked(work) as place:
        (work / "elsewhere.db").rename(work / "away.db")
        yield place._replace(has_library=False)
        (work / "away.db").rename(work / "elsewhere.db")


@contextmanager
def _away(work: Path) -> Iterator[Place]:
    program = _made(work)
    program("list")  # remembers it
    program.library.rename(work / "away")
    yield Place(program, has_library=False)
    if program.library.exists():
        raise AssertionError("a library was made where the old one is missing")
    (work / "away").rename(program.library)


# ---- permissions


def _forbidden(folder_mode: int | None, file_mode: int | None) -> State:
    @contextmanager
    def state(work: Path) -> Iterator[Place]:
        program = _made(work)
        program.prefix = () if os.geteuid() else _WITHOUT_RIGHTS
        file = program.library / "library.db"
        modes = {file: file_mode, program.library: folder_mode}
        for path, mode in modes.items():
            if mode is not None:
                path.chmod(mode)
        yield Place(program, has_library=file_mode != 0 and folder_mode != 0)
        for path in (program.library, file):
            path.chmod(0o700)

    return state


# ---- disks


@contextmanager
def _mounted(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(options, capture_output=True, check=False).returncode:
        raise NotRun("a small disk needs the right to mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


@contextmanager
def _full_disk(work: Path, operation: str) -> Iterator[Place]:
    """A disk that is filled up to the last page, with the library on it."""
    with _mounted(work / "disk", 400 << 20) as disk:
        folder = disk / "library"
        if operation == "migration":
            make_old(folder)
        else:
            example.copied(folder, with_copy=False)
        _fill(disk / "filling")
        yield Place(Program(work / "home", folder), has_library=operation != "migration")
        (disk / "filling").unlink()
        shutil.copytree(folder, work / "kept")
    shutil.copytree(work / "kept", folder)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        for size in (1 << 20, 4096):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue


# ---- locks and clocks


@contextmanager
def _locked(work: Path, how: str, seconds: float) -> Iterator[Place]:
    program = _made(work)
    connection = sqlite3.connect(
        program.library / "library.db", isolation_level=None, check_same_thread=False
    )
    with closing(connection):
        if how == "EXCLUSIVE":
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"BEGIN {how}")
        connection.execute("UPDATE article SET views = views WHERE id = 1")
        timer = threading.Timer(seconds, connection.rollback)
        timer.daemon = True
        timer.start()
        yield Place(program, has_library=how != "EXCLUSIVE")
        timer.cancel()


@contextmanager
def _busy_snapshot(work: Path) -> Iterator[Place]:
    """Another program writes all the time, between any two statements of ours."""
    program, ended = _made(work), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(program.library / "library.db", timeout=9)) as connection:
            while not ended.is_set():
                connection.execute("UPDATE article SET views = views + 1 WHERE id = 2")
                connection.commit()
                time.sleep(0.001)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    yield Place(program)
    ended.set()
    thread.join()


def _with_shim(**env: str) -> State:
    @contextmanager
    def state(work: Path) -> Iterator[Place]:
        whole = _made(work)
        env_ = {"LD_PRELOAD": str(shim()), **env}
        lost = "FAULT_READ" in env or "FAULT_LOCK" in env
        yield Place(Program(whole.home, whole.library, **env_), has_library=not lost)

    return state


def _without(*names: str, **env: str) -> State:
    @contextmanager
    def state(work: Path) -> Iterator[Place]:
        program = Program(work / "home", example.copied(work / "library", with_copy=False), **env)
        for name in names:
            program.env.pop(name, None)
        yield Place(program)

    return state


_STATES: dict[str, State] = {
    "symlink_to_db": _symlinked,
    "symlink_to_file": _symlinked,
    "broken_symlink": _broken_link,
    "file_missing": _away,
    "dir_missing": _away,
    "file_readonly": _forbidden(None, 0o400),
    "dir_readonly": _forbidden(0o500, None),
    "file_and_dir_readonly": _forbidden(0o500, 0o400),
    "no_permission": _forbidden(None, 0),
    "dir_no_permission": _forbidden(0, None),
    "locked_1s_then_free": lambda work: _locked(work, "IMMEDIATE", 1),
    "locked_immediate_forever": lambda work: _locked(work, "IMMEDIATE", 600),
    "locked_exclusive_forever": lambda work: _locked(work, "EXCLUSIVE", 600),
    "busy_snapshot": _busy_snapshot,
    "clock_back_1970": _with_shim(FAULT_CLOCK="1000"),
    "clock_forward_2100": _with_shim(FAULT_CLOCK="4102444800"),
    "clock_forward": _with_shim(FAULT_CLOCK="2208988800"),
    "io_error_on_read": _with_shim(FAULT_READ="library.db"),
    "io_error_on_write": _with_shim(FAULT_WRITE="library.db"),
    "network_share_like": _with_shim(FAULT_LOCK="library.db"),
    "tmpdir_missing": _without(TMPDIR="/nowhere/at/all"),
    "home_missing": _without("HOME", "READER_HOME", XDG_DATA_HOME="/nowhere", HOME="/nowhere"),
    "no_home": _without("HOME"),
    "locale_c": _without(LC_ALL="C", LANG="C"),
}  # fmt: skip

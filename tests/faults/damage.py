"""What may be wrong with what the program stands on: each kind done to a whole library."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from tests.damaging import overwrite, pages

from reader import paths
from reader.library.library import Library
from reader.library.store import migrate
from reader.library.store.database import Database
from reader.model import Clipping

Harm = Callable[[Path], object]


def make(folder: Path, count: int = 30) -> None:
    """Make a library, known from an earlier start."""
    with Library.open(folder) as library, library.together():
        for number in range(count):
            text = f"<p>{f'word{number} and more ' * 100}</p>"
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}", html=text))
    with Library.open(folder) as library:
        library.keep_picture(b"picture", "png")


def _page_of(owner: str, kind: str = "leaf") -> Harm:
    def harm(file: Path) -> None:
        found = [each for each in pages(file) if (each.owner, each.kind) == (owner, kind)]
        overwrite(file, found[-1].number, seed=1)

    return harm


def _pragma(name: str, value: int) -> Harm:
    def harm(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA {name} = {value}")

    return harm


def _damaged_log(file: Path) -> None:
    file.with_name("library.db-wal").write_bytes(b"x" * 9999)


def _foreign_log(file: Path) -> None:
    other = file.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE theirs (x)")
        file.with_name("library.db-wal").write_bytes(other.with_name("other.db-wal").read_bytes())


def _instead(make: Callable[[Path], object]) -> Harm:
    def harm(file: Path) -> None:
        file.unlink()
        make(file)

    return harm


def _pictures_are_a_file(file: Path) -> None:
    images = file.parent / "images"
    for each in images.iterdir():
        each.unlink()
    images.rmdir()
    images.write_text("no folder")


def _no_folder(file: Path) -> None:
    file.parent.rename(file.parent.with_name("moved"))


def _a_file_for(folder: Callable[[], Path]) -> Harm:
    def harm(_file: Path) -> None:
        folder().parent.mkdir(parents=True, exist_ok=True)
        folder().exists() and folder().rename(folder().with_name("before"))
        folder().write_text("no folder")

    return harm


def _settings(text: str) -> Harm:
    def harm(_file: Path) -> None:
        paths.config_dir().mkdir(parents=True, exist_ok=True)
        paths.settings_file().write_text(text)

    return harm


HARMS: dict[str, Harm] = {
    "nothing": lambda _file: None,
    "empty": lambda file: file.write_bytes(b""),
    "no library": lambda file: file.write_bytes(b"garbage" * 9000),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:9000]),
    "page one": lambda file: overwrite(file, 1),
    "another program's": _pragma("application_id", 1234),
    "newer": _pragma("user_version", migrate.newest() + 1),
    "a page of articles": _page_of("article"),
    "a page of texts": _page_of("content"),
    "a page of an index": _page_of("queue_by_standing"),
    "a page of the counts": _page_of("tally"),
    "a damaged log": _damaged_log,
    "a foreign log": _foreign_log,
    "a folder": _instead(lambda file: file.mkdir()),
    "a pipe": _instead(os.mkfifo),
    "a broken link": _instead(lambda file: file.symlink_to(file.with_name("nothing"))),
    "no folder": _no_folder,
    "pictures are a file": _pictures_are_a_file,
    "damaged settings": _settings("{"),
    "settings of another kind": _settings("[1, 2]"),
    "no folder for settings": _a_file_for(paths.config_dir),
    "no folder for the log": _a_file_for(paths.log_dir),
}  # fmt: skip


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _forbidden(mode: int) -> Iterator[None]:
    """Take a right from this process, which may be root and then has all of them."""
    can = os.access
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", lambda path, wanted: wanted != mode and can(path, wanted))
        yield


STATES: dict[str, Callable[[Path], object]] = {
    "locked": _locked,
    "not to be written": lambda _file: _forbidden(os.W_OK),
    "not to be read": lambda _file: _forbidden(os.R_OK),
}


@contextmanager
def harmed(name: str, folder: Path) -> Iterator[None]:
    """Do harm to a library; nobody waits for long."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setitem(Database.__init__.__kwdefaults__, "busy_ms", 20)  # type: ignore[arg-type]
        if name in HARMS:
            HARMS[name](folder / "library.db")
        else:
            stack.enter_context(STATES[name](folder / "library.db"))  # type: ignore[arg-type]
        yield

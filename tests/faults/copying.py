"""Taking and deleting copies, interrupted: by a kill of the process or a loss of power."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import apsw
import pytest
from tests.faults import power
from tests.faults.journeys import clipping

from reader.library.backup import copies, opened, pieces, taking
from reader.library.backup.copy import Copy, Reason
from reader.library.library import Library

_PIECE = 64 << 10
_FIRST = "First"


@contextmanager
def small_pieces() -> Iterator[None]:
    """Cut libraries into pieces of 64 KB, so that a small one has several."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (copies, opened, pieces, taking):
            patch.setattr(module, "SIZE", _PIECE)
        yield


def prepare(folder: Path) -> Copy:
    """Make a library of several small pieces with a picture and one copy."""
    with Library.open(folder) as library:
        name = library.keep_picture(b"picture", "png")
        for number in range(3):
            library.add(clipping(number, pictures=(name,), lead=name))
        library.set_title(1, _FIRST)
        return library.backups.take(Reason.ASKED)


def change_and_copy(folder: Path, number: int, told: list[str] | None = None) -> None:
    """Change a library, take two copies, and delete one of them."""
    with Library.open(folder) as library:
        library.set_title(1, f"Title {number}")
        with library._database.writing() as connection:
            sql = "INSERT OR REPLACE INTO setting VALUES (?, randomblob(200000))"
            connection.execute(sql, (f"filler {number % 2}",))
        one = library.backups.take(Reason.ASKED)
        if told is not None:
            told.append(one.id)
        library.set_title(2, f"Title {number}")
        two = library.backups.take(Reason.ASKED)
        if told is not None:
            told.append(two.id)
        library.backups.delete(one)


def whole_copies(folder: Path) -> list[str]:
    """Return the ids of the listed copies. Raises AssertionError if one is not whole."""
    listed = copies.all_of(folder)
    for each in listed:
        with opened.opened(each) as connection:
            assert connection.execute("PRAGMA integrity_check").get == "ok", each
            assert connection.execute("SELECT count(*) FROM article").get == each.articles == 3
    return [each.id for each in listed]


def is_whole(folder: Path) -> bool:
    """Return whether a library is whole."""
    with closing(apsw.Connection(str(folder / "library.db"))) as connection:
        is_ok = bool(connection.execute("PRAGMA integrity_check").get == "ok")
        return is_ok and connection.execute("SELECT count(*) FROM article").get == 3


def _forked(folder: Path, number: int) -> int:
    child = os.fork()
    if not child:
        try:
            change_and_copy(folder, number)
        finally:
            os._exit(0)
    return child


def seconds_of_one(folder: Path) -> float:
    """Return how long a process takes that nobody kills."""
    start = time.monotonic()
    os.waitpid(_forked(folder, -1), 0)
    return time.monotonic() - start


def killed(folder: Path, first: Copy, number: int, seconds: float, chance: random.Random) -> bool:
    """Kill a process within some seconds of copying; return whether it was killed in time.

    Raises AssertionError unless every listed copy and the library are whole.
    """
    child = _forked(folder, number)
    time.sleep(chance.random() * seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert first.id in whole_copies(folder)
    assert is_whole(folder)
    for each in sorted((folder / "backups").glob("*.copy"))[1:-3]:  # the next is as quick
        each.unlink()
    return os.WIFSIGNALED(status)


class Recording(NamedTuple):
    """The calls of a process that copied, and what its copies were after how many calls."""

    root: Path
    before: dict[str, bytes]
    calls: list[power.Call]
    first: str
    second: str
    acknowledged: int
    """After so many calls, the second copy was told to be taken."""


def record(folder: Path) -> Recording:
    """Record the calls of taking copies and deleting one."""
    first, root, told = prepare(folder), folder / "backups", list[str]()
    before = power.tree(root)
    with power.recorded(root) as calls, Library.open(folder) as library:
        library.set_title(1, "Another")
        with library._database.writing() as connection:
            connection.execute("INSERT INTO setting VALUES ('filler', randomblob(400000))")
        told.append(library.backups.take(Reason.ASKED).id)
        count = len(calls)
        library.set_title(2, "Another")
        third = library.backups.take(Reason.ASKED)
        library.backups.delete(third)
    return Recording(root, before, calls, first.id, told[0], count)


def after_loss(recording: Recording, target: Path, count: int, chance: random.Random) -> None:
    """Check a state after a loss of power after so many calls.

    Raises AssertionError unless every listed copy is whole and none is missing.
    """
    files = power.state(recording.before, recording.calls, count, chance)
    shutil.rmtree(target, ignore_errors=True)
    power.put(files, recording.root, target / "backups")
    listed = whole_copies(target)
    assert recording.first in listed
    assert len(listed) == len([*(target / "backups").glob("*.copy")]), "one cannot be used"
    if count >= recording.acknowledged:
        assert recording.second in listed
    shutil.copyfile(recording.root.parent / "library.db", target / "library.db")
    if chance.random() < 0.1:  # it goes on after the loss
        with Library.open(target) as library:
            library.backups.take(Reason.ASKED)
        assert set(listed) < set(whole_copies(target))

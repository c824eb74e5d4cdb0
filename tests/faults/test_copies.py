"""However taking or deleting a copy ends, every listed copy and the library are whole."""

import os
import random
from pathlib import Path

import pytest
from tests.faults import copying
from tests.faults.disk import Disk, counted

from reader.errors import LibraryError
from reader.library.backup.copy import Reason
from reader.library.library import Library

pytestmark = pytest.mark.skipif(os.name != "posix", reason="calls and signals of POSIX")
_KILLS = 6


@pytest.fixture(autouse=True)
def small_pieces() -> object:
    with copying.small_pieces():
        yield


def test_a_loss_of_power_at_any_moment_leaves_whole_copies(tmp_path: Path) -> None:
    recording = copying.record(tmp_path / "library")
    assert len(recording.calls) > 50
    last = len(recording.calls)
    for seed, count in enumerate([*range(last), *[last] * 15]):
        copying.after_loss(recording, tmp_path / "after", count, random.Random(seed))


def test_a_kill_at_any_moment_leaves_whole_copies(tmp_path: Path) -> None:
    first, chance = copying.prepare(tmp_path / "library"), random.Random(1)
    seconds = copying.seconds_of_one(tmp_path / "library")
    for number in range(_KILLS):
        copying.killed(tmp_path / "library", first, number, seconds, chance)
    with Library.open(tmp_path / "library") as library:
        library.backups.take(Reason.ASKED)


@pytest.mark.logs
@pytest.mark.parametrize("lasting", [True, False])
def test_a_failing_call_at_any_place_leaves_whole_copies(tmp_path: Path, lasting: bool) -> None:
    folder = tmp_path / "library"
    first, at, failures = copying.prepare(folder), 0, 0
    while True:
        disk = Disk(folder / "backups", at, lasting=lasting)
        with Library.open(folder) as library:
            library.set_title(1, f"Title {at}")
            with counted(disk):
                try:
                    made = library.backups.take(Reason.ASKED)
                    library.backups.delete(made)
                except LibraryError:
                    failures += 1
        assert first.id in copying.whole_copies(folder)
        assert copying.is_whole(folder)
        assert not [each for each in (folder / "backups").iterdir() if ".new" in each.name] or (
            lasting or disk.calls[at].what == "unlink"
        )
        if len(disk.calls) <= at:
            break
        at += 3
    assert failures

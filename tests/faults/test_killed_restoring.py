"""A process that is killed while it restores leaves the former library or the restored one."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.journeys import JOURNEYS, held

from reader.library.library import Library
from reader.model import Query

_KILLS = 4
_PROGRAM = """
import sys
from pathlib import Path
from tests.faults.journeys import JOURNEYS, Session
session = Session(Path(sys.argv[2]))
print("begun", flush=True)
for step in JOURNEYS[sys.argv[1]].steps:
    step(session)
session.close()
print("done", flush=True)
"""
_ROOT = Path(__file__).parents[2]


def run(name: str, folder: Path, seconds: float | None = None) -> tuple[bool, float]:
    """Do a journey in a process that is killed after a time; return whether it had ended.

    The second value is how many seconds it took from its beginning.
    """
    command = [sys.executable, "-c", _PROGRAM, name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        start = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        said = process.communicate()[0]
        return said == "done\n", time.monotonic() - start


def check(folder: Path, before: object, after: object) -> bool:
    """Check that a library is the former or the new one; return whether it is the new one."""
    with Library.open(folder, create=False) as library:
        assert library.check() == ()
    now = held(folder / "library.db")
    assert now in (before, after)
    with Library.open(folder, create=False) as library:
        library.set_title(library.ids(Query())[0], "It can be changed")
    assert not [each.name for each in folder.iterdir() if each.name.endswith("-is-damaged")]
    return now == after


@pytest.mark.parametrize("name", ["restore the library", "restore articles"])
def test_the_library_is_the_former_or_the_restored_one(name: str, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    JOURNEYS[name].prepare(begun)
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    before = held(begun / "library.db")
    is_done, took = run(name, whole)
    assert is_done
    after = held(whole / "library.db")
    chance = random.Random(16)
    for number in range(_KILLS):
        folder = Path(shutil.copytree(begun, tmp_path / str(number)))
        is_done, _ = run(name, folder, chance.random() * took)
        assert check(folder, before, after) or not is_done

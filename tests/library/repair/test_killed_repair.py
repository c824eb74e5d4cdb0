"""A repair that is killed at any moment leaves the old file or the new one, and the damaged one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.damaging import overwrite, pages

from reader.library.library import Library
from reader.model import Clipping

_REPAIR = """
import os, signal, sys
from pathlib import Path
from reader.library.repair import rescue
from reader.progress import silent

file, last = Path(sys.argv[1]), int(sys.argv[2])
seen = 0

def count(event, _):
    global seen
    if event in ("open", "os.rename", "os.link", "os.remove", "os.truncate"):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
rescue.mend(file, silent, with_loss=True)
print(seen)
"""


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    with Library.open(folder) as library, library.together():
        for number in range(9):
            library.add(
                Clipping(f"https://example.org/{number}", f"Title {number}", html="<p>x</p>")
            )
    file = folder / "library.db"
    overwrite(file, next(page.number for page in pages(file) if page.owner == "content"))
    return file


def _run(file: Path, last: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _REPAIR, str(file), str(last)], capture_output=True, text=True
    )


def test_a_kill_leaves_the_old_state_or_the_new_one(damaged: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(damaged.parent, tmp_path / "whole")) / "library.db"
    count = int(_run(whole, 0).stdout)
    data = damaged.read_bytes()
    states = set()
    for last in range(count, max(0, count - 9), -1):  # the last ones put the file in place
        folder = tmp_path / str(last)
        file = Path(shutil.copytree(damaged.parent, folder)) / "library.db"
        assert _run(file, last).returncode == -9
        kept = [each for each in folder.iterdir() if each.is_file() and each.read_bytes() == data]
        assert kept, last
        is_new = file.read_bytes() != data
        states.add(is_new)
        if is_new:
            with Library.open(folder) as library:
                assert library.counts().total == 9
        else:
            assert int(_run(file, 0).stdout) > 0, "the next repair does it"
    assert states == {True, False}

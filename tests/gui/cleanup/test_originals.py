"""Files for other programs are gone when the program has ended, however it ended."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reader import paths
from reader.gui.cleanup.originals import Originals

_OPENING = """
import sys, time
from reader.gui.cleanup.originals import Originals
originals = Originals()
print(originals.put("article-1.pdf", b"%PDF"), flush=True)
sys.stdin.read()
"""


def _opening() -> "subprocess.Popen[str]":
    argv = [sys.executable, "-c", _OPENING]
    return subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _file_of(process: "subprocess.Popen[str]") -> Path:
    assert process.stdout is not None
    file = Path(process.stdout.readline().strip())
    assert file.read_bytes() == b"%PDF"
    return file


def _left() -> list[Path]:
    return [each for each in paths.cache_dir().rglob("*") if each.name != "originals.lock"]


def test_files_are_gone_at_the_end_of_the_program() -> None:
    with _opening() as process:
        _file_of(process)
        assert process.stdin is not None
        process.stdin.close()
    assert _left() == []


def test_files_of_a_killed_program_are_swept_and_those_of_a_running_one_stay() -> None:
    with _opening() as killed, _opening() as running:
        left, open = _file_of(killed), _file_of(running)
        killed.kill()
        killed.wait()
        Originals().sweep()
        assert open.exists()
        assert running.stdin is not None
        running.stdin.close()
    assert not left.exists()
    assert _left() == []


def test_files_of_a_killed_program_are_swept_at_the_next_start() -> None:
    with _opening() as killed:
        left = _file_of(killed)
        killed.kill()
    Originals().sweep()
    assert not left.exists()
    assert _left() == []


@pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")
def test_files_are_for_their_owner_alone() -> None:
    originals = Originals()
    file = originals.put("article-1.html", b"x")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in list(file.parents)[:3]} == {0o700}
    assert originals.put("article-1.html", b"y").read_bytes() == b"y"
    originals.close()

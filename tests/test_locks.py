"""Locks between processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import locks

_HOLDING = """
import sys, time
from pathlib import Path
from reader import locks
assert locks.hold(Path(sys.argv[1])) is not None
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_is_held_by_one_and_free_again_when_its_process_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    argv = [sys.executable, "-c", _HOLDING, str(file)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        assert locks.hold(file) is None
        with locks.held(file, 0) as alone:
            assert not alone
        process.kill()
        process.wait()
    with locks.held(file, 5) as alone:
        assert alone


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no shared locks")
def test_a_shared_lock_is_held_by_many_and_keeps_one_alone_out(tmp_path: Path) -> None:
    shared = [locks.hold(tmp_path / "lock", shared=True) for _ in range(2)]
    assert locks.hold(tmp_path / "lock") is None
    for handle in shared:
        assert handle is not None
        os.close(handle)
    alone = locks.hold(tmp_path / "lock")
    assert alone is not None
    os.close(alone)

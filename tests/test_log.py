"""The log: for its owner alone, and never a reason to fail."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import paths

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


def _log(text: str) -> "subprocess.CompletedProcess[str]":
    """Log in a process of its own: this one has the log of the tests."""
    code = (
        "import logging, sys; from reader import log; log.start(); "
        "logging.getLogger('reader.x').warning(sys.argv[1])"
    )
    return subprocess.run(
        [sys.executable, "-c", code, text], capture_output=True, text=True, timeout=30, check=False
    )


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_only_its_owner_may_read_it() -> None:
    os.umask(before := os.umask(0))
    os.umask(0)
    try:
        assert _log("here").returncode == 0
    finally:
        os.umask(before)
    assert "here" in (paths.log_dir() / "reader.log").read_text()
    assert _mode(paths.log_dir()) == 0o700
    assert _mode(paths.log_dir() / "reader.log") == 0o600


def test_what_others_could_read_is_put_right() -> None:
    paths.log_dir().mkdir(parents=True)
    paths.log_dir().chmod(0o755)
    old = [paths.log_dir() / name for name in ("reader.log", "reader.log.1")]
    for each in old:
        each.write_text("old\n")
        each.chmod(0o644)
    _log("here")
    assert [_mode(each) for each in (paths.log_dir(), *old)] == [0o700, 0o600, 0o600]


def _folder() -> None:
    (paths.log_dir() / "reader.log").mkdir(parents=True)


def _pipe() -> None:
    paths.log_dir().mkdir(parents=True)
    os.mkfifo(paths.log_dir() / "reader.log")


def _file() -> None:
    paths.log_dir().parent.mkdir(parents=True)
    paths.log_dir().write_text("a file")


def _full() -> None:
    paths.log_dir().mkdir(parents=True)
    (paths.log_dir() / "reader.log").symlink_to("/dev/full")


@pytest.mark.parametrize("trouble", [_folder, _pipe, _file, _full])
def test_a_log_that_cannot_be_written_is_no_trouble(trouble: Callable[[], None]) -> None:
    trouble()
    done = _log("lost \udcff")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_log_that_leads_elsewhere_leaves_that_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shared").touch()
    (tmp_path / "shared").chmod(0o666)
    paths.log_dir().mkdir(parents=True)
    (paths.log_dir() / "reader.log").symlink_to(tmp_path / "shared")
    _log("here")
    assert _mode(tmp_path / "shared") == 0o666

"""The log: for its owner only."""

import logging
import os
import stat
from collections.abc import Iterator

import pytest

from reader import log, paths


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """Give the logger of the program, without what a test adds to it afterwards."""
    found = logging.getLogger("reader")
    before = list(found.handlers)
    yield found
    for handler in set(found.handlers) - set(before):
        found.removeHandler(handler)
        handler.close()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX knows modes")
def test_the_log_is_for_its_owner_only_and_an_old_one_is_put_right(root: logging.Logger) -> None:
    folder = paths.log_dir()
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    for name in ("reader.log", "reader.log.1"):
        (folder / name).write_text("")
        (folder / name).chmod(0o644)
    before = os.umask(0)
    try:
        log.start()
        root.info("x" * 600_000)
        root.info("y")  # in a fresh file
    finally:
        os.umask(before)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in [folder, *folder.iterdir()]}
    assert modes == {
        "log": 0o700, "reader.log": 0o600, "reader.log.1": 0o600, "reader.log.2": 0o600,
    }  # fmt: skip

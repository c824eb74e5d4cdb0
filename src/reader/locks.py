"""Locks between processes: files that a process holds until it ends, even by a crash."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader import private

_AGAIN_SECONDS = 0.01

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, *, shared: bool) -> None:
        # Windows has exclusive locks only; a shared lock does without.
        if not shared:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int, *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def hold(file: Path, *, shared: bool = False) -> int | None:
    """Lock a file and return its descriptor, or None if another process holds it.

    Closing the descriptor releases the lock. Raises OSError if the file cannot be created, or if
    its disk does not support locks.
    """
    handle = private.opener(str(file), os.O_RDWR | os.O_CREAT)
    try:
        _take(handle, shared=shared)
    except (BlockingIOError, PermissionError):
        os.close(handle)
        return None
    except OSError:
        os.close(handle)
        raise
    return handle


@contextmanager
def held(file: Path, seconds: float) -> Iterator[bool]:
    """Hold the lock of a file; yield False if another process did not release it in time."""
    until = time.monotonic() + seconds
    handle = hold(file)
    while handle is None and time.monotonic() < until:
        time.sleep(_AGAIN_SECONDS)
        handle = hold(file)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)

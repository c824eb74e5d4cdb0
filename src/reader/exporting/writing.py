"""Files that appear whole or not at all: written beside their target, synced, then renamed.

Whatever a process that was killed has left lies in one hidden folder, which the next one removes.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self
from uuid import uuid4

from reader import locks
from reader.errors import ExportError

_PREFIX = ".reader-writing-"
_LOCK = "lock"
_SYNCING = 24
"""Threads that sync files: a disk syncs many files at once in the time of a few."""


Waiting = list[tuple[Path, Path]]
"""Files that are written, and the targets that they will replace."""


class Stage:
    """Files on their way into a folder; a context that leaves nothing half-written."""

    def __init__(self, root: Path) -> None:
        """Begin to write into a folder that exists. Raises ExportError if that is impossible."""
        self._folder = root / f"{_PREFIX}{uuid4().hex[:12]}"
        self._waiting: Waiting = []
        self._count = 0
        self._threads: ThreadPoolExecutor | None = None
        self._lock: int | None = None
        try:
            _sweep(root)
            self._folder.mkdir()
            with suppress(OSError):  # a disk without locks
                self._lock = locks.hold(self._folder / _LOCK)
        except OSError as error:
            raise no_room(root, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._threads is not None:
            self._threads.shutdown()
        if self._lock is not None:
            os.close(self._lock)
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def open(self, target: Path) -> Iterator[IO[bytes]]:
        """Open the file that will replace a target. Raises OSError, also for the block's own."""
        fresh = self._fresh()
        try:
            with fresh.open("xb") as out:
                yield out
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        self._waiting.append((fresh, target))

    def put(self, target: Path, data: bytes) -> None:
        """Write the data that will replace a target. Raises OSError."""
        with self.open(target) as out:
            out.write(data)

    def copy(self, target: Path, source: Path) -> None:
        """Copy a file to a target; it gets bytes of its own. Raises OSError."""
        fresh = self._fresh()
        try:
            shutil.copyfile(source, fresh)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        self._waiting.append((fresh, target))

    def written(self, target: Path) -> Path:
        """Return the file that is written for a target and not yet in place."""
        return next(fresh for fresh, each in reversed(self._waiting) if each == target)

    @property
    def waiting(self) -> int:
        """Return the number of files that are written and not yet in place."""
        return len(self._waiting)

    def take(self) -> Waiting:
        """Return the files that are written and not yet in place, for ``place``."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def settle(self) -> dict[Path, OSError]:
        """Put all files in place; return the targets that failed. Earlier files come first."""
        return self.place(self.take())

    def place(self, waiting: Waiting) -> dict[Path, OSError]:
        """Put files in place; more may be written while another thread does it."""
        failed: dict[Path, OSError] = {}
        errors = self._synced([fresh for fresh, _ in waiting])
        for (fresh, target), error in zip(waiting, errors, strict=True):
            try:
                if error is not None:
                    raise error
                _replace(fresh, target)
            except OSError as trouble:
                failed[target] = trouble
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
        _sync_folder(self._folder.parent)
        return failed

    def settle_all(self) -> None:
        """Put all files in place. Raises OSError for the first one that failed."""
        for trouble in self.settle().values():
            raise trouble

    def _synced(self, files: list[Path]) -> list[OSError | None]:
        """Write files to the disk; return the error of each, or None."""
        if len(files) < 3:
            return [_sync(file) for file in files]
        self._threads = self._threads or ThreadPoolExecutor(_SYNCING)
        return list(self._threads.map(_sync, files))

    def _fresh(self) -> Path:
        self._count += 1
        return self._folder / str(self._count)


def no_room(place: Path, error: OSError) -> ExportError:
    """Return the error about a place to which nothing can be written."""
    return ExportError(
        f"Nothing can be written to {place} ({error.strerror or error}). Choose another place, "
        "free some disk space, or give yourself permission to write there."
    )


def _replace(fresh: Path, target: Path) -> None:
    try:
        fresh.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(target)


def _sync(file: Path) -> OSError | None:
    try:
        handle = os.open(file, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return error
    return None


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    with suppress(OSError):  # not every disk syncs folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(root: Path) -> None:
    """Remove the leftovers of processes that no longer run."""
    for folder in root.glob(f"{_PREFIX}*"):
        if folder.is_symlink() or not folder.is_dir():
            continue
        with suppress(OSError):  # not ours, or a disk without locks: it stays
            handle = locks.hold(folder / _LOCK)
            if handle is not None:
                os.close(handle)
                shutil.rmtree(folder, ignore_errors=True)

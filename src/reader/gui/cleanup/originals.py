"""Temporary files that are opened in other programs."""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from reader import locks, paths, private


class Originals:
    """Writes files for other programs; they are deleted when the program ends.

    Each process has its own folder, and holds a shared lock while it runs. A process that gets
    the exclusive lock deletes the files left behind by killed processes.
    """

    def __init__(self) -> None:
        self._folder = paths.cache_dir() / "originals"
        self._own = self._folder / str(os.getpid())
        self._lock: int | None = None

    def put(self, name: str, data: bytes) -> Path:
        """Write a file that only its owner can read, and return its path. Raises OSError."""
        self._begin()
        file = self._own / name
        file.unlink(missing_ok=True)
        with open(file, "xb", opener=private.opener) as out:
            out.write(data)
        return file

    def make_folder(self) -> Path:
        """Make an empty folder that only its owner can read. Raises OSError."""
        self._begin()
        return Path(tempfile.mkdtemp(dir=self._own))

    def _begin(self) -> None:
        private.make_folder(self._own)
        if self._lock is None:
            self._lock = locks.hold(self._lock_file, shared=True)
            atexit.register(self.close)

    def close(self) -> None:
        """Delete the files of this process."""
        shutil.rmtree(self._own, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        self.sweep()

    def sweep(self) -> None:
        """Delete the files left behind by other processes, unless one of them is running."""
        if not self._folder.exists():
            return
        with suppress(OSError), locks.held(self._lock_file, 0) as alone:
            if alone:
                shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _lock_file(self) -> Path:
        return self._folder.with_name("originals.lock")

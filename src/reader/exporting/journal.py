"""The memory of a folder of exports: which files are ours, and of which article each is.

A hidden file holds a line for each file, written before the file is. A file that has other bytes
than we wrote belongs to the user.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader import locks
from reader.errors import ExportError
from reader.exporting.writing import no_room
from reader.file_names import folded

NAME = ".reader-export.jsonl"
_MOST = 200_000_000  # bytes


class _Known(NamedTuple):
    key: str
    name: str
    hashes: set[str]


class Journal:
    """The files of earlier exports to a folder, which no other process may change meanwhile."""

    def __init__(self, root: Path) -> None:
        """Read the journal of a folder. Raises ExportError if it is in use or cannot be written."""
        self._file = root / NAME
        self._names: dict[str, _Known] = {}
        self._of_key: dict[str, str] = {}
        self._fresh: list[str] = []
        try:
            if self._file.is_symlink():
                self._file.unlink()
            self._lock = locks.hold(self._file)
            if self._lock is None:
                raise ExportError(
                    f"Another export to {root} is running. Wait until it has finished, then try "
                    "again."
                )
            self._read()
        except OSError as error:
            raise no_room(root, error) from error

    def close(self) -> None:
        """Release the journal."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def name_of(self, key: str) -> str:
        """Return the name that an article got last, ``""`` if it has none."""
        return self._of_key.get(key, "")

    def is_ours(self, key: str, name: str, hash: str) -> bool:
        """Return whether a file with this hash was written for this article."""
        known = self._names.get(folded(name))
        return known is not None and known.key == key and hash in known.hashes

    def note(self, key: str, name: str, hash: str) -> None:
        """Note a file that is about to be written."""
        self._learn(key, name, hash)
        self._fresh.append(json.dumps([key, name, hash], ensure_ascii=True))

    def take(self) -> list[str]:
        """Return the notes that are not yet written, for ``write``."""
        lines, self._fresh = self._fresh, []
        return lines

    def write(self, lines: list[str]) -> None:
        """Write notes to the disk. Raises OSError."""
        if lines and self._lock is not None:
            os.lseek(self._lock, 0, os.SEEK_END)
            _write(self._lock, "".join(f"{line}\n" for line in ("", *lines)).encode())
            os.fsync(self._lock)

    def _read(self) -> None:
        assert self._lock is not None
        if os.fstat(self._lock).st_size > _MOST:
            return
        with open(self._lock, "rb", closefd=False) as file:
            for line in file:
                with suppress(ValueError, TypeError, RecursionError):  # damaged, or not ours
                    key, name, hash = json.loads(line)
                    if all(isinstance(each, str) for each in (key, name, hash)):
                        self._learn(key, name, hash)

    def _learn(self, key: str, name: str, hash: str) -> None:
        known = self._names.get(folded(name))
        if known is None or known.key != key:
            known = self._names[folded(name)] = _Known(key, name, set())
        known.hashes.add(hash)
        self._of_key[key] = name


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]

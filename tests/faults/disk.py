"""A disk that counts each call that changes it, and on which the n-th one fails.

Calls of Python and of SQLite's own file system are counted alike, so that all of them are tried
without naming one. Syncs are counted, not done.
"""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import pytest

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_OF_SQLITE: dict[int, type[apsw.Error]] = {
    errno.ENOSPC: apsw.FullError,
    errno.EIO: apsw.IOError,
    errno.EACCES: apsw.CantOpenError,
}
_BASE = "unix"


class Call(NamedTuple):
    """A call that changes the disk, and the name of its file."""

    what: str
    name: str


class Disk:
    """What was called so far; the call ``fails_at`` fails, and if ``lasting`` each one after it."""

    def __init__(self, root: Path, fails_at: int = -1, *, lasting: bool = False) -> None:
        self.root = str(root)
        self.calls: list[Call] = []
        self._fails_at = fails_at
        self._lasting = lasting
        self.number = ERRORS[fails_at % len(ERRORS)]

    def count(self, what: str, path: object) -> bool:
        """Count a call; return whether it fails."""
        self.calls.append(Call(what, Path(os.fsdecode(path)).name))  # type: ignore[arg-type]
        at = len(self.calls) - 1
        return at == self._fails_at or (self._lasting and at > self._fails_at >= 0)

    def is_here(self, path: object) -> bool:
        """Return whether a path lies on this disk."""
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.root)

    def call(self, what: str, path: object) -> None:
        """Count a call of Python. Raises OSError if it fails."""
        if self.is_here(path) and self.count(what, path):
            raise OSError(self.number, os.strerror(self.number), str(path))

    def call_of_sqlite(self, what: str, path: str) -> None:
        """Count a call of SQLite. Raises what SQLite makes of the same trouble."""
        if self.count(what, path):
            raise _OF_SQLITE[self.number if "write" in what else errno.EIO]("the disk failed")


class _Raw(io.FileIO):
    """A file of Python whose writes are counted."""

    disk: Disk

    def write(self, data: Any) -> int:
        self.disk.call("write", self.name)
        return super().write(data)


class _File(apsw.VFSFile):
    """A file of SQLite whose calls are counted."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__(_BASE, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.call_of_sqlite("write", self._name)
        super().xWrite(data, offset)

    def xSync(self, _flags: int) -> None:
        self._disk.call_of_sqlite("fsync", self._name)

    def xTruncate(self, size: int) -> None:
        self._disk.call_of_sqlite("truncate", self._name)
        super().xTruncate(size)

    def xLock(self, level: int) -> None:
        try:
            super().xLock(level)
        except apsw.IOError as error:  # a file to be read only; of apsw's errors only “busy” is
            raise apsw.BusyError from error  # not raised where SQLite passes over it


class _System(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__("counting", _BASE, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self._disk, name, flags)

    def xDelete(self, name: str, _sync_folder: bool) -> None:
        self._disk.call_of_sqlite("unlink", name)
        if Path(name).exists():  # SQLite would pass over it, and apsw would raise
            super().xDelete(name, False)


@contextmanager
def counted(disk: Disk) -> Iterator[None]:
    """Count and fail the calls of this process that change a disk."""
    system = _System(disk)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("replace", "rename", "link", "unlink", "mkdir"):
                patch.setattr(os, name, _counting(disk, name, getattr(os, name)))
            patch.setattr(os, "fsync", lambda handle: disk.call("fsync", _path_of(handle)))
            patch.setattr(os, "open", _opening(disk, os.open))
            for module in (io, builtins):
                patch.setattr(module, "open", _buffered(disk, module.open))
            yield
    finally:
        system.unregister()


def _counting(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *rest: Any, **more: Any) -> Any:
        # A rename is told of by its new name.
        disk.call(name, rest[0] if rest and name in ("replace", "rename", "link") else path)
        return real(path, *rest, **more)

    return call


def _opening(disk: Disk, real: Callable[..., int]) -> Callable[..., int]:
    def call(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT:
            disk.call("create", path)
        return real(path, flags, *rest, **more)

    return call


def _buffered(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    kind = type("_Raw", (_Raw,), {"disk": disk})

    def call(file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
             errors: str | None = None, newline: str | None = None, closefd: bool = True,
             opener: Any = None) -> Any:  # fmt: skip
        if not (disk.is_here(file) and set(mode) & set("wxa")):
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        raw = kind(os.fspath(file), mode.replace("b", "").replace("t", ""), closefd, opener)
        out = io.BufferedWriter(raw)
        return out if "b" in mode else io.TextIOWrapper(out, encoding or "utf-8", errors, newline)

    return call


def _path_of(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())

"""A loss of power: the calls that change a folder are recorded, and replayed up to any of them.

What was not flushed may be there, missing, cut at a sector or full of zeros; names that were not
flushed with their folder may be the new or the old ones, each by itself. So the states are worse
than those of a file system that keeps the order of its names.
"""

import builtins
import io
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_SECTOR = 512


class Call(NamedTuple):
    """A call: its name, its file, and the data or the other name."""

    what: str
    path: str
    other: Any = None


class _Raw(io.FileIO):
    """A file of Python whose writes are recorded."""

    calls: list[Call]

    def write(self, data: Any) -> int:
        self.calls.append(Call("write", str(self.name), bytes(data)))
        return super().write(data)


class _Recorder:
    """The functions that stand in for those of Python while calls are recorded."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.calls: list[Call] = []
        self._kind = type("_Raw", (_Raw,), {"calls": self.calls})

    def _is_here(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._root)

    def recording(self, what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            done = real(path, *rest, **more)
            other = os.fspath(rest[0]) if what in ("replace", "link") else None
            if self._is_here(path) or self._is_here(other):
                self.calls.append(Call(what, os.fspath(path), other))
            return done

        return call

    def fsync(self, handle: int) -> None:
        path = str(Path(f"/proc/self/fd/{handle}").readlink())
        if self._is_here(path):
            self.calls.append(Call("fsync", path))

    def opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if not (self._is_here(file) and "b" in mode and set(mode) & set("wxa")):
                return real(file, mode, *rest, **more)
            self.calls.append(Call("create", os.fspath(file)))
            name = os.fspath(file)
            return io.BufferedWriter(
                self._kind(name, mode.replace("b", ""), opener=more.get("opener"))
            )

        return call


@contextmanager
def recorded(root: Path) -> Iterator[list[Call]]:
    """Lend the list of the calls of this process that change what lies below a folder."""
    recorder = _Recorder(root)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "link", "unlink", "mkdir"):
            patch.setattr(os, name, recorder.recording(name, getattr(os, name)))
        patch.setattr(os, "fsync", recorder.fsync)
        for module in (io, builtins):
            patch.setattr(module, "open", recorder.opening(module.open))
        yield recorder.calls


class _File:
    """The bytes of a file: those on the disk, and the writes that may be lost."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data
        self.pending: list[bytes] = []

    def flush(self) -> None:
        self.data += b"".join(self.pending)
        self.pending.clear()

    def after_loss(self, chance: random.Random) -> bytes:
        """Return what may be found: each write whole, missing, cut or zeros."""
        data = self.data
        for each in self.pending:
            match chance.randrange(4):
                case 0:
                    data += each
                case 1:
                    data += each[: chance.randrange(len(each) + 1) // _SECTOR * _SECTOR]
                    break
                case 2:
                    data += bytes(len(each))
                case _:
                    break
        return data


class _Disk:
    """Names and files as programs see them, and as they are on the disk."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self.seen = {path: _File(data) for path, data in before.items()}
        self.kept = dict(self.seen)
        self._pending: dict[str, list[Call]] = defaultdict(list)
        self._files: dict[int, _File] = {}

    def apply(self, call: Call) -> None:
        match call.what:
            case "write":
                self.seen[call.path].pending.append(call.other)
            case "fsync" if call.path in self.seen:
                self.seen[call.path].flush()
            case "fsync":
                for each in self._pending.pop(call.path, []):
                    self._name(self.kept, each)
            case "mkdir":
                pass  # a folder without entries tells nothing
            case _:
                if call.what == "create":
                    call = call._replace(other=_File())
                self._name(self.seen, call)
                named = call.other if call.what in ("replace", "link") else call.path
                self._pending[str(Path(named).parent)].append(call)

    def _name(self, names: dict[str, _File], call: Call) -> None:
        match call.what:
            case "create":
                names[call.path] = call.other
            case "unlink":
                names.pop(call.path, None)
            case "replace" if call.path in names:
                names[call.other] = names.pop(call.path)
            case "link" if call.path in names:
                names[call.other] = names[call.path]

    def after_loss(self, chance: random.Random) -> dict[str, bytes]:
        share = chance.choice((0.0, 0.5, 1.0))
        for calls in self._pending.values():
            for each in calls:
                if chance.random() < share:
                    self._name(self.kept, each)
        return {path: file.after_loss(chance) for path, file in self.kept.items()}


def tree(root: Path) -> dict[str, bytes]:
    """Return the files below a folder, by their paths."""
    return {str(each): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def state(
    before: dict[str, bytes], calls: list[Call], count: int, chance: random.Random
) -> dict[str, bytes]:
    """Return what may lie on the disk if the power fails after so many calls."""
    disk = _Disk(before)
    for each in calls[:count]:
        disk.apply(each)
    return disk.after_loss(chance)


def put(files: dict[str, bytes], root: Path, target: Path) -> None:
    """Write the files of a state below another folder."""
    for path, data in files.items():
        file = target / Path(path).relative_to(root)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

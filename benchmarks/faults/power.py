"""The power fails: what a disk may hold then, replayed from the recorded writes of an operation.

The model is that of a file system with journalled metadata: names are on the disk in the order of
their changes, at the latest with the next sync; data are there once they are synced. Of the data
that are not, as much as the record's style says is there. SQLite tests itself in the same way
(“How SQLite Is Tested”, section 3.3, crash testing).
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import apsw

from benchmarks.faults.damage import NotRun, Record
from benchmarks.faults.killing import Trial, wrong_state
from benchmarks.faults.operations import held
from benchmarks.faults.recording import ACKNOWLEDGED, Event, events, recorder
from reader.errors import LibraryError
from reader.library.backup import copies, opened
from reader.library.library import Library

_SECTOR = 512
_Write = tuple["_File", int, bytes | None]
"""A file, an offset, and bytes; without bytes the file is cut or filled up to the offset."""


class _File:
    """A file: the bytes that are on the disk, and whether it was ever changed."""

    def __init__(self, source: Path | None = None) -> None:
        self.source = source
        self.size = source.stat().st_size if source else 0
        self._data: bytearray | None = None if source else bytearray()

    @property
    def data(self) -> bytearray:
        if self._data is None:
            assert self.source is not None
            self._data = bytearray(self.source.read_bytes())
        return self._data

    def apply(self, at: int, data: bytes | None) -> None:
        """Write bytes, or cut or fill up the file."""
        end = at + len(data or b"")
        if data is None:
            del self.data[at:]
        self.data.extend(bytes(max(0, end - len(self.data))))
        if data:
            self.data[at:end] = data

    def put(self, path: Path) -> None:
        """Put the file where the program can open it; a picture is linked: none is written to."""
        if self._data is None and self.source is not None and path.parent.name == "images":
            os.link(self.source, path)
        else:
            path.write_bytes(self.data)


class _Disk:
    """The names and files of a folder, as processes see them and as they are on the disk."""

    def __init__(self, folder: Path, seen_as: Path) -> None:
        self._root = str(seen_as)
        self.names = {
            str(seen_as / each.relative_to(folder)): _File(each)
            for each in folder.rglob("*") if each.is_file()
        }  # fmt: skip
        self.folders = {
            str(seen_as / x.relative_to(folder)) for x in folder.rglob("*") if x.is_dir()
        }
        self._kept = dict(self.names)
        self._pending_names: list[Callable[[dict[str, _File]], object]] = []
        self._pending: list[_Write] = []

    def happen(self, event: Event) -> None:
        """Let an event happen."""
        first, *rest = event.paths or ("",)
        known = self.names.get(first)
        match event.kind:
            case "create" if known is None:
                file = _File()
                self._name(lambda names: names.__setitem__(first, file))
            case "mkdir":
                self.folders.add(first)
            case "write" if known:
                at = known.size if event.number < 0 else event.number
                known.size = max(known.size, at + len(event.data))
                self._pending.append((known, at, event.data))
            case "truncate" if known:
                known.size = event.number
                self._pending.append((known, event.number, None))
            case "rename" if known:
                self._name(lambda names: names.__setitem__(rest[0], names.pop(first)))
            case "link" if known:
                self._name(lambda names: names.__setitem__(rest[0], names[first]))
            case "delete":
                self._name(lambda names: names.pop(first, None))
            case "sync":
                self._sync(known)

    def _name(self, change: Callable[[dict[str, _File]], object]) -> None:
        change(self.names)
        self._pending_names.append(change)

    def _sync(self, file: _File | None) -> None:
        for each, at, data in self._pending:
            if each is file:
                each.apply(at, data)
        self._pending = [each for each in self._pending if each[0] is not file]
        self._settle(len(self._pending_names))

    def _settle(self, count: int) -> None:
        for change in self._pending_names[:count]:
            with suppress(KeyError):
                change(self._kept)
        del self._pending_names[:count]

    def fail(self, style: str, chance: random.Random, target: Path) -> None:
        """Let the power fail, and write the files that are left into a folder."""
        names = len(self._pending_names)
        self._settle({"none": 0, "all": names}.get(style, chance.randint(0, names)))
        for file, at, data in _surviving(self._pending, style, chance):
            file.apply(at, data)
        for name in sorted(self.folders):
            Path(target, os.path.relpath(name, self._root)).mkdir(parents=True, exist_ok=True)
        for name, file in self._kept.items():
            path = Path(target, os.path.relpath(name, self._root))
            path.parent.mkdir(parents=True, exist_ok=True)
            file.put(path)


def _surviving(pending: Sequence[_Write], style: str, chance: random.Random) -> Iterator[_Write]:
    if style in ("none", "all", "prefix"):
        count = {"none": 0, "all": len(pending)}.get(style, chance.randint(0, len(pending)))
        yield from pending[:count]
        return
    if style not in ("random", "torn", "reordered"):
        raise NotRun(f"style {style}")
    for file, at, data in pending:
        if chance.random() < 0.5:
            continue
        if style != "torn" or data is None:
            yield file, at, data
            continue
        for begin in range(0, len(data), _SECTOR):
            if chance.random() < 0.5:
                yield file, at + begin, data[begin : begin + _SECTOR]


# ---- the recipe


def lose_power(work: Path, record: Record) -> Iterator[str]:
    """Let the power fail at random moments of an operation; yield the faults of the library."""
    trial = Trial(record["operation"], work)
    yield trial.said.trouble()
    snapshot, recorded = trial.fresh("snapshot"), trial.fresh("recorded")
    trace = work / "trace.txt"
    recorded.prefix = recorder(trace)
    recorded.ended(trial.start(recorded), trial.operation.words)
    happened = events(trace, recorded.library)
    chance = random.Random(f"{record['operation']} {record['style']}")
    for number in range(int(record["states"])):
        at = chance.randint(0, len(happened))
        disk = _Disk(snapshot.library, recorded.library)
        for event in happened[:at]:
            disk.happen(event)
        folder = work / "state"
        folder.mkdir()
        disk.fail(record["style"], chance, folder)
        for said in _judge(trial, folder, acknowledged=ACKNOWLEDGED in happened[:at]):
            yield f"state {number}, after {at} of {len(happened)} calls: {said}"
        shutil.rmtree(folder)


def _judge(trial: Trial, folder: Path, *, acknowledged: bool) -> Iterator[str]:
    try:
        with Library.open(folder, create=not trial.before) as library:
            library.counts()
        now = held(folder)
    except (LibraryError, apsw.Error) as error:
        yield f"it does not open: {error}"
        return
    yield from wrong_state(trial, now, acknowledged=acknowledged)
    found = copies.all_of(folder)
    if acknowledged and trial.name == "backup" and not found:
        yield "the copy is lost"
    for copy in found:
        with opened.opened(copy) as connection:
            if connection.execute("PRAGMA integrity_check").get != "ok":
                yield f"the copy {copy.id} is damaged"

"""Copies of a library beside a working window: time, gaps, bytes; 1,000 interrupted ones."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.figures import BUILD, Figure
from benchmarks.make_library import make
from reader.gui.app import _application
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import Query

_FEW, _MANY = 5_000, 100_000
_BEAT_MS = 2


class Cost(NamedTuple):
    """What some work cost: seconds, those of the processor, the longest gap, megabytes."""

    seconds: float
    cpu_seconds: float
    gap_ms: float
    read_mb: float
    written_mb: float


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of copies; with ``large``, of 100,000 articles too."""
    _application()
    return [*_of(_FEW), *(_of(_MANY) if large else ())]


def _of(count: int) -> Iterator[Figure]:
    folder = make(BUILD / f"copied-{count}", count, with_text=True)
    shutil.rmtree(folder / "backups", ignore_errors=True)
    file, name = folder / "library.db", f"{count:,}"
    idle, plain = _cost(lambda: time.sleep(1)), _cost(lambda: _plain(file))
    size = file.stat().st_size / 1e6
    with Library.open(folder) as library:
        first = _cost(lambda: library.backups.take(Reason.ASKED))
        _change(library, 20)
        second = _cost(lambda: library.backups.take(Reason.ASKED))
        _change(library, 2_000)
        third = _cost(lambda: library.backups.take(Reason.ASKED))
        none = _cost(lambda: library.backups.before(Reason.BULK))
        copy = library.backups.find("newest")
        out = _cost(lambda: library.backups.write_out(copy, folder / "out.db"))
    (folder / "out.db").unlink()
    yield Figure(f"{name}: the library", size, "MB")
    yield Figure(f"{name}: longest gap of the window without a copy", idle.gap_ms, "ms")
    yield Figure(f"{name}: the file, copied plainly and flushed", plain.seconds, "s")
    yield Figure(f"{name}: the same, longest gap of the window", plain.gap_ms, "ms")
    for what, cost, most in (
        ("first copy", first, None),
        ("copy after 20 changes", second, 0.5 if count == _FEW else None),
        ("copy after 2,000 changes", third, None),
    ):
        yield Figure(f"{name}: {what}", cost.seconds, "s", most)
        yield Figure(f"{name}: {what}, processor", cost.cpu_seconds, "s", most)
        yield Figure(f"{name}: {what}, to a plain copy", cost.seconds / plain.seconds, "x")
        yield Figure(f"{name}: {what}, longest gap of the window", cost.gap_ms, "ms", 50)
        yield Figure(f"{name}: {what}, read of the library's size", cost.read_mb / size, "x")
        yield Figure(f"{name}: {what}, written", cost.written_mb, "MB")
    yield Figure(f"{name}: none, since nothing changed", none.seconds * 1000, "ms")
    yield Figure(f"{name}: written out as a plain file", out.seconds, "s")


def _change(library: Library, count: int) -> None:
    ids, tag = library.ids(Query(), limit=count), f"tag {time.time_ns()}"
    for start in range(0, count, 50):  # fewer than those before which a copy is taken
        library.tags.add(ids[start : start + 50], tag)


def _plain(file: Path) -> None:
    target = file.with_name("plain.db")
    with file.open("rb") as read, target.open("wb") as out:
        shutil.copyfileobj(read, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    target.unlink()


def _cost(work: Callable[[], object]) -> Cost:
    """Do work in a thread beside a running event loop."""
    took = [0.0]

    def run() -> None:
        start = time.perf_counter()
        work()
        took[0] = time.perf_counter() - start

    thread = threading.Thread(target=run)
    (read, written), processor = _bytes(), time.process_time()
    with _beating() as gaps:
        thread.start()
        while thread.is_alive():
            QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    after, processor = _bytes(), time.process_time() - processor
    return Cost(
        took[0], processor, max(gaps, default=0.0) * 1000, (after[0] - read) / 1e6,
        (after[1] - written) / 1e6,
    )  # fmt: skip


@contextmanager
def _beating() -> Iterator[list[float]]:
    """Lend the list of the seconds between the beats of a timer in the event loop."""
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(interval=_BEAT_MS)
    timer.timeout.connect(beat)
    timer.start()
    yield gaps
    timer.stop()


def _bytes() -> tuple[int, int]:
    """Return the bytes that this process has read and written so far (Linux)."""
    try:
        lines = Path("/proc/self/io").read_text().splitlines()
    except OSError:
        return 0, 0
    told = dict(line.split(": ") for line in lines)
    return int(told["rchar"]), int(told["wchar"])

"""The garbage collector during an import.

A full collection walks all that was read so far, while nothing else runs: of a hundred thousand
articles, half a second, again and again. Here it walks only the new part.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from reader.progress import Report

_NEVER = 1 << 30
_MANY = 4  # collections of the middle generation, each of several thousand objects
_lock = Lock()
_usual: list[tuple[int, int, int]] = []
"""The usual thresholds, once for each import that is under way."""


@contextmanager
def spared(report: Report) -> Iterator[Report]:
    """Lend a report that collects the garbage since the last one, and sets the rest aside."""
    _spare()

    def reported(done: int, total: int, text: str) -> None:
        _set_aside()
        report(done, total, text)

    try:
        yield reported
        _set_aside()
    finally:
        _as_usual()


def settle() -> None:
    """Collect the garbage among all that was set aside, once an import is forgotten."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _spare() -> None:
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        young, middle, _ = _usual[0]
        gc.set_threshold(young, middle, _NEVER)


def _as_usual() -> None:
    with _lock:
        usual = _usual.pop()
        if not _usual:
            gc.set_threshold(*usual)


def _set_aside() -> None:
    """Collect the garbage, unless so many objects are new that it would take a moment."""
    if gc.get_count()[2] < _MANY:
        gc.collect()
    gc.freeze()

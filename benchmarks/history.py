"""A year of history: the first page, the details of a step, and undoing an old one.

``python -m benchmarks.history FOLDER [STEPS]`` only makes such a library, to look at.
"""

import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from benchmarks.figures import BUILD, Figure
from benchmarks.words import Words
from reader.library.library import Library
from reader.model import Clipping, State
from reader.steps import Wanted

_ARTICLES = 20_000
_YEAR_MS = 365 * 86_400_000
_TOGETHER = 500
_BULK = 200  # one step of so many changes many articles
_TAGS = ("maps", "history", "baking", "politics", "programming", "swifts")


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of a history of 10,000 and 100,000 steps."""
    return [*_of(10_000), *_of(100_000)] if large else _of(10_000)


def make(folder: Path, steps: int) -> Path:
    """Make a library whose steps are spread over the last 365 days, unless it is there."""
    if (folder / "library.db").exists():
        return folder
    begun, made, words = time.time_ns() // 1_000_000 - _YEAR_MS, 0, Words(1)

    def now() -> int:
        return (begun + round(made / steps * (_YEAR_MS - 60_000))) * 1_000_000

    with patch("time.time_ns", now), Library.open(folder) as library:
        with library.together():
            for number in range(_ARTICLES):
                title = words.sentence(5).rstrip(".")
                library.add(Clipping(f"https://example.org/{number}", title=title))
        dice = random.Random(1)
        while made < steps:
            with library.together():
                for _ in range(min(_TOGETHER, steps - made)):
                    made += 1
                    _change(library, dice, made)
        library.set_favourite(range(1, _ARTICLES + 1), True)
    return folder


def _change(library: Library, dice: random.Random, number: int) -> None:
    """Make a step, as a person makes them."""
    count = dice.randint(20, 300) if number % _BULK == 0 else dice.choice((1, 1, 1, 1, 2, 5))
    ids = dice.sample(range(1, _ARTICLES + 1), count)
    kinds: tuple[Callable[[], object], ...] = (
        lambda: library.set_state(ids, dice.choice([*State])),
        lambda: library.set_state(ids, State.ARCHIVE, done=True),
        lambda: library.set_favourite(ids, dice.random() < 0.5),
        lambda: library.tags.add(ids, dice.choice(_TAGS)),
        lambda: library.tags.remove(ids, dice.choice(_TAGS)),
        lambda: library.set_title(ids[0], f"Corrected title {number}"),
    )
    dice.choice(kinds)()


def _of(steps: int) -> list[Figure]:
    folder = make(BUILD / f"history-{steps}", steps)
    copy = folder.with_name(f"{folder.name}-used")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    name = f"{steps:,} steps: "
    with Library.open(copy) as library:
        history = library.history
        page = history.steps()
        largest = max(page, key=lambda each: each.size)
        whole = _ms(lambda: history.steps(Wanted(limit=-1)), runs=1)
        first = _ms(history.steps)
        old = history.steps(Wanted(limit=-1))[-200:]
        free = [each for each in old if history.dependents(each.id).is_whole][:20]
        undone = [_ms(lambda id=each.id: history.undo(step=id), runs=1) for each in free]  # type: ignore[misc]
        return [
            Figure(f"{name}first page", first, "ms", 50),
            Figure(f"{name}… as a share of the whole list", 100 * first / whole, "%"),
            Figure(f"{name}a page of the oldest", _ms(lambda: history.steps(
                Wanted(after=old[0].mark))), "ms", 50),
            Figure(f"{name}a word that no step has", _ms(lambda: history.steps(
                Wanted("of nothing at all")), runs=2), "ms"),
            Figure(f"{name}steps of one article", _ms(lambda: history.steps(
                Wanted(article=1))), "ms", 50),
            Figure(f"{name}details of a step of {largest.size:,}", _ms(
                lambda: history.details(largest)), "ms", 100),
            Figure(f"{name}what depends on an old step", _ms(
                lambda: history.dependents(old[-1].id)), "ms", 50),
            Figure(f"{name}what depends on a step of {largest.size:,}", _ms(
                lambda: history.dependents(largest.id), runs=2), "ms"),
            Figure(f"{name}undoing an old step", statistics.median(undone), "ms", 50),
        ]  # fmt: skip


def _ms(work: Callable[[], object], runs: int = 9) -> float:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)

"""Copies, repairs and migrations interrupted a thousand times, by losses of power and by kills.

``python -m benchmarks.interrupted [COUNT [WORK...]]`` prints how many of each left anything but
the former state or the new one, whole. The works are those of ``tests.faults.killing``,
``copies`` and ``imports``; without any, all are done.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import copying, importing, killing


def main() -> None:
    """Interrupt works."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for name in sys.argv[2:] or ("copies", "imports", *killing.WORKS):
        with TemporaryDirectory(prefix="interrupted-") as made:
            if name == "copies":
                _interrupt_copies(Path(made), count)
            elif name == "imports":
                _interrupt_imports(Path(made), count)
            else:
                _kill(name, Path(made), count)


def _kill(name: str, folder: Path, count: int) -> None:
    trial, hit = killing.Trial(name, folder), [0]

    def kill(seed: int) -> None:
        hit[0] += trial.kill(random.Random(seed))

    _try(f"kills of a {name}", count, kill)
    print(f"{hit[0]} of {count} processes were killed before their end", flush=True)


def _interrupt_imports(folder: Path, count: int) -> None:
    trial, states = importing.Trial(folder), Counter[str]()

    def kill(seed: int) -> None:
        states[trial.kill(random.Random(seed))] += 1

    _try("kills of an import and its undoing", count, kill)
    print("found " + ", ".join(f"{number} {state}" for state, number in states.items()), flush=True)


def _interrupt_copies(folder: Path, count: int) -> None:
    with copying.small_pieces():
        recording = copying.record(folder / "recorded")
        print(f"{len(recording.calls)} calls recorded", flush=True)
        _try("losses of power", count, lambda seed: copying.after_loss(
            recording, folder / "after", seed % (len(recording.calls) + 1),
            random.Random(seed)))  # fmt: skip
        first = copying.prepare(folder / "killed")
        hit, seconds = [0], copying.seconds_of_one(folder / "killed")

        def kill(seed: int) -> None:
            hit[0] += copying.killed(folder / "killed", first, seed, seconds, random.Random(seed))

        _try("kills", count, kill)
        print(f"{hit[0]} of {count} processes were killed before their end")


def _try(what: str, count: int, work: Callable[[int], object]) -> None:
    wrong = 0
    for seed in range(count):
        try:
            work(seed)
        except Exception as error:  # counted, whatever it is
            wrong += 1
            print(f"{what}, seed {seed}: {error!r}", flush=True)
        if seed % 100 == 99:
            print(f"{seed + 1} {what} …", file=sys.stderr, flush=True)
    print(f"{count} {what}: {wrong} wrong", flush=True)


if __name__ == "__main__":
    main()

"""Copies interrupted a thousand times: by a loss of power, and by kills of the process.

``python -m benchmarks.interrupted [COUNT]`` prints how many of each left anything but whole copies
and the whole library.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import copying


def main() -> None:
    """Interrupt copies."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with copying.small_pieces(), TemporaryDirectory(prefix="interrupted-") as made:
        folder = Path(made)
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

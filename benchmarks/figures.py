"""Figures, measured several times and printed with their limits."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its unit, its limit, and what others reach or where it is."""

    name: str
    value: float
    unit: str
    most: float | None = None
    beside: str = ""

    def __str__(self) -> str:
        line = f"  {self.name:62} {self.value:8.2f} {self.unit:5}"
        if self.beside:
            line = f"{line} ({self.beside})"
        if self.most is None:
            return line
        return f"{line} (at most {self.most:g}) {'ok' if self.value <= self.most else 'MISSED'}"


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print figures."""
    print(f"\n{title}")
    for figure in figures:
        print(figure, flush=True)


def cpu_of(*command: object) -> float:
    """Return the CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def said_by(*command: object) -> float:
    """Return the CPU seconds that a process prints about itself."""
    output = subprocess.check_output([sys.executable, *map(str, command)], text=True)
    return float(output.split()[0])


def in_turn(
    runs: int, *commands: Sequence[object], of: Callable[..., float] = cpu_of
) -> list[list[float]]:
    """Return CPU seconds of several commands, run in turn so that drift affects all equally."""
    for command in commands:
        of(*command)
    taken: list[list[float]] = [[] for _ in commands]
    for _ in range(runs):
        for index, command in enumerate(commands):
            taken[index].append(of(*command))
    return taken


def ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios of pairs."""
    return statistics.median(a / b for a, b in zip(ones, others, strict=True))


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of this process for a piece of work."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile of values."""
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]

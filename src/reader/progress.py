"""Progress of work that takes time, and the way to stop it."""

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, TypeVar

Report = Callable[[int, int, str], None]
"""Called with how much is done, of how much (0 if unknown), and the current item.

It may raise Cancelled, which ends the work; whatever is complete by then is kept.
"""

_Result = TypeVar("_Result")


class Cancelled(Exception):
    """The user asked to stop."""


def silent(_done: int, _total: int, _text: str) -> None:
    """Report to nobody."""


def run(work: Generator[tuple[int, int, str], Any, _Result], report: Report) -> _Result:
    """Do work to its end, reporting each step, and return its result.

    The work is closed if ``report`` raises Cancelled.
    """
    with closing(work):
        while True:
            try:
                step = next(work)
            except StopIteration as end:
                result: _Result = end.value
                return result
            report(*step)

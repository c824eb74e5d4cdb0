"""Work is run to its end, or closed."""

from collections.abc import Generator

import pytest

from reader.progress import Cancelled, run


def _work(closed: list[bool]) -> Generator[tuple[int, int, str], None, str]:
    try:
        for number in range(3):
            yield number, 3, "x"
        return "done"
    finally:
        closed.append(True)


def test_every_step_is_reported_and_the_result_returned() -> None:
    steps: list[int] = []
    assert run(_work([]), lambda done, *_: steps.append(done)) == "done"
    assert steps == [0, 1, 2]


def test_work_that_is_cancelled_is_closed() -> None:
    closed: list[bool] = []

    def report(done: int, _total: int, _text: str) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(_work(closed), report)
    assert closed == [True]

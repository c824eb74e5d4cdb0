"""Work in the background: its results come to the main thread, Stop stops, bugs are told."""

import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import LibraryLocked
from reader.gui.jobs import Jobs, apart
from reader.progress import Report


@pytest.fixture
def troubles() -> list[Exception]:
    return []


@pytest.fixture
def jobs(qtbot: QtBot, troubles: list[Exception]) -> Iterator[Jobs]:
    made = Jobs(troubles.append)
    yield made
    assert made.close()


def test_the_result_comes_on_the_main_thread(qtbot: QtBot, jobs: Jobs) -> None:
    got: list[tuple[int, bool]] = []

    def then(value: int) -> None:
        got.append((value, threading.current_thread() is threading.main_thread()))

    jobs.start("Counting", lambda _: 7, then)
    qtbot.waitUntil(lambda: got == [(7, True)])
    qtbot.waitUntil(lambda: not jobs.running)


def test_stop_ends_a_job_at_its_next_report(qtbot: QtBot, jobs: Jobs) -> None:
    got: list[object] = []

    def work(report: Report) -> None:
        while True:
            report(1, 0, "on and on")

    job = jobs.start("Endless", work, got.append)
    qtbot.waitUntil(lambda: job.text == "on and on")
    job.stop()
    qtbot.waitUntil(lambda: not jobs.running)
    assert got == []


def test_changes_are_done_one_after_the_other(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[int] = []
    ended: list[None] = []
    for number in range(50):
        jobs.write(partial(order.append, number), ended.append)
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert order == list(range(50))


def test_trouble_goes_to_whoever_asked_for_it(
    qtbot: QtBot, jobs: Jobs, troubles: list[Exception]
) -> None:
    mine: list[Exception] = []

    def locked() -> None:
        raise LibraryLocked("Another program is writing.")

    jobs.write(locked)
    jobs.write(locked, failed=mine.append)
    qtbot.waitUntil(lambda: bool(mine) and bool(troubles))
    assert str(mine[0]) == str(troubles[0]) == "Another program is writing."


@pytest.mark.logs
def test_a_bug_is_told_and_the_next_change_is_still_made(
    qtbot: QtBot, jobs: Jobs, troubles: list[Exception]
) -> None:
    got: list[str] = []
    jobs.write(lambda: 1 / 0)
    jobs.write(lambda: "made", got.append)
    qtbot.waitUntil(lambda: got == ["made"])
    assert isinstance(troubles[0], ZeroDivisionError)


def test_closing_finishes_the_changes_asked_for(qtbot: QtBot) -> None:
    done: list[int] = []
    jobs = Jobs(lambda _: None)
    for number in range(100):
        jobs.write(partial(done.append, number))
    assert jobs.close()
    assert done == list(range(100))


def test_work_apart_lets_others_go_on_and_hands_its_trouble_over() -> None:
    done: list[int] = []

    def work() -> None:
        time.sleep(0.05)
        done.append(1)

    assert sum(1 for _ in apart(work)) > 2
    assert done == [1]

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(apart(fail))


def test_work_apart_is_waited_for() -> None:
    done: list[int] = []

    def work() -> None:
        time.sleep(0.05)
        done.append(1)

    steps = apart(work)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert done == [1]

"""Work in the background: its results come to the main thread, Stop stops, bugs are told."""

import ast
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import LibraryLocked
from reader.gui.jobs import jobs as jobs_of
from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Jobs, apart
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


def _starts() -> Iterator[tuple[str, ast.Call, ast.Module]]:
    """Yield every start of a job in the program: its file, the call, the file's tree."""
    for file in sorted(Path(jobs_of.__file__).parents[1].rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "start"
                and ast.unparse(node.func.value).endswith("jobs")
            ):
                yield file.name, node, tree


def test_every_job_with_a_title_passes_its_report_on_or_offers_no_stop() -> None:
    found = 0
    for name, call, tree in _starts():
        found += 1
        title, work = call.args[0], call.args[1]
        hidden = isinstance(title, ast.Constant) and title.value == ""
        marked = any(each.arg == "stoppable" for each in call.keywords)
        said = f"{name}: {ast.unparse(call)[:90]}"
        if isinstance(work, ast.Lambda):
            argument = work.args.args[0].arg
            used = any(
                isinstance(each, ast.Name) and each.id == argument for each in ast.walk(work.body)
            )
            assert used or marked or hidden, said
        elif isinstance(work, ast.Name):
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef) and function.name == work.id:
                    uses = [each for each in ast.walk(function) if isinstance(each, ast.Name)]
                    assert any(each.id == "report" for each in uses) or marked or hidden, said
    assert found > 8


def test_a_change_is_shown_once_it_takes_long(
    qtbot: QtBot, jobs: Jobs, troubles: list[Exception]
) -> None:
    bar, go_on, got = JobsBar(jobs), threading.Event(), list[int]()
    qtbot.addWidget(bar)

    def work(report: Report) -> int:
        report(3, 10, "")
        assert go_on.wait(10)
        return 7

    job = jobs.change("Archiving 10 articles", work, got.append, troubles.append)
    assert bar.isHidden(), "most changes are done before anybody could read it"
    qtbot.waitUntil(lambda: not bar.isHidden())
    assert job.shown
    go_on.set()
    qtbot.waitUntil(lambda: got == [7] and bar.isHidden())


def test_a_change_can_be_stopped_and_what_cannot_shows_no_stop(
    qtbot: QtBot, jobs: Jobs, troubles: list[Exception]
) -> None:
    bar, go_on = JobsBar(jobs), threading.Event()
    qtbot.addWidget(bar)

    def endless(report: Report) -> None:
        while True:
            report(1, 0, "")

    jobs.start("Waiting", lambda _: go_on.wait(10), lambda _: None, stoppable=False)
    assert bar._stop.isHidden()
    jobs.change("Endless", endless, lambda _: None, troubles.append)
    qtbot.waitUntil(lambda: not bar._stop.isHidden())
    bar._stop.click()
    qtbot.waitUntil(lambda: len(jobs.running) == 1)
    assert bar._stop.isHidden()
    go_on.set()
    assert troubles == []


def test_closing_twice_is_safe_and_changes_are_finished_not_stopped(qtbot: QtBot) -> None:
    done: list[int] = []

    def work(report: Report) -> None:
        for number in range(50):
            report(number, 50, "")
            done.append(number)

    jobs = Jobs(lambda _: None)
    jobs.change("Changing", work, lambda _: None, lambda _: None)
    assert jobs.close()
    assert jobs.close()
    assert done == list(range(50))
    jobs.write(partial(done.append, 50))
    assert jobs.close()
    assert done[-1] == 50, "what is asked for after closing is done as well"


def test_nothing_is_started_once_all_is_closed(qtbot: QtBot) -> None:
    """Its thread would speak to a window that is gone."""
    jobs, done = Jobs(lambda _: None), threading.Event()
    assert jobs.close()
    job = jobs.start("Late", lambda _: done.set(), lambda _: None)
    assert (jobs.running, job.stopped.is_set(), done.wait(0.1)) == ([], True, False)

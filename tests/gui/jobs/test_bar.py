"""The strip tells of the newest job that is shown, and stops the newest that can be stopped."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(lambda _: None)
    yield made
    made.running.clear()
    assert made.close()


@pytest.fixture
def bar(qtbot: QtBot, jobs: Jobs) -> JobsBar:
    made = JobsBar(jobs)
    qtbot.addWidget(made)
    return made


def _run(jobs: Jobs, *running: Job) -> None:
    jobs.running[:] = running
    jobs.changed.emit()


def _seen(bar: JobsBar) -> tuple[str, int, int, bool]:
    progress = bar._progress
    return bar._text.text(), progress.value(), progress.maximum(), not bar._stop.isHidden()


def test_the_newest_job_is_told_with_how_far_it_is(jobs: Jobs, bar: JobsBar) -> None:
    older = Job("Older", done=1, total=2)
    _run(jobs, older, Job("Newer", stoppable=False, done=3, total=9, text="a.html"))
    assert _seen(bar) == ("Newer (and 1 more)  a.html", 3, 9, True)
    _run(jobs, Job("Alone", stoppable=False, done=3, total=9, text="b.html"))
    assert _seen(bar) == ("Alone  b.html", 3, 9, False)


def test_what_has_no_title_or_is_not_shown_is_not_told(jobs: Jobs, bar: JobsBar) -> None:
    quiet = (Job(""), Job("Quick", shown=False))
    assert bar.isHidden()
    _run(jobs, Job("Seen", total=4), *quiet)
    assert not bar.isHidden()
    assert _seen(bar) == ("Seen  ", 0, 4, True)
    _run(jobs, *quiet)
    assert bar.isHidden()


def test_stop_stops_only_the_newest_that_can_be_stopped(jobs: Jobs, bar: JobsBar) -> None:
    running = [Job("A"), Job("B"), Job("C", stoppable=False), Job("D", shown=False)]
    _run(jobs, *running)
    bar._stop.click()
    assert [job.title for job in running if job.stopped.is_set()] == ["B"]


def test_it_floats_at_the_foot_and_moves_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    below = QListWidget()
    qtbot.addWidget(below)
    below.addItems([str(number) for number in range(100)])
    below.resize(300, 200)
    below.show()
    bar = JobsBar(jobs, over=below)
    below.scrollToBottom()
    before = [below.visualItemRect(below.item(row)) for row in (0, 50, 99)]
    _run(jobs, Job("Downloading", total=4))
    assert bar.isVisible()
    assert bar.geometry().bottom() == below.rect().bottom()
    below.resize(200, 150)
    assert bar.width() == 200
    assert bar.geometry().bottom() == below.rect().bottom()
    below.resize(300, 200)
    below.scrollToBottom()
    _run(jobs)
    assert [below.visualItemRect(below.item(row)) for row in (0, 50, 99)] == before

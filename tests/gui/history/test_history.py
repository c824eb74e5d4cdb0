"""Changes run in their order, each is told once, and can be undone, redone and tried again."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reader import phrases
from reader.errors import LibraryLocked
from reader.gui.context import Context
from reader.library.library import Library
from reader.model import Article
from reader.progress import Report
from reader.steps import Step


class Heard:
    """Writes down in their order what is emitted, called and shown."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        self.all: list[str] = []
        self._qtbot, self._context = qtbot, context
        context.history.changed.connect(lambda: self.all.append("changed"))
        context.history.undone.connect(
            lambda step: self.all.append(f"undone {phrases.step(step.label)}")
        )

    def then(self, step: Step) -> None:
        self.all.append(f"then {phrases.step(step.label)}")

    def take(self) -> list[str]:
        """Return what was heard, once all work has ended, and the message with its button."""
        self._qtbot.waitUntil(lambda: not self._context.jobs.running)
        heard, self.all = self.all, []
        bar, button = self._context.messages, self.button
        if bar.text():
            heard.append(f"{bar.text()} [{'' if button.isHidden() else button.text()}]")
            bar.hide()
        return heard

    @property
    def button(self) -> QToolButton:
        found = self._context.messages.findChild(QToolButton, "act")
        assert isinstance(found, QToolButton)
        return found


@pytest.fixture
def heard(qtbot: QtBot, context: Context) -> Heard:
    return Heard(qtbot, context)


@pytest.fixture
def favour(library: Library, add: Callable[..., Article]) -> Callable[[], int]:
    """Return a change of one article."""
    id = add("One").id
    return lambda: library.set_favourite([id], True)


_LABEL = "Made a favourite: “One”"


def test_a_change_is_told_once_with_undo_and_then_what_follows(
    context: Context, heard: Heard, favour: Callable[[], int], library: Library
) -> None:
    context.history.run(favour, heard.then)
    assert heard.take() == ["changed", f"then {_LABEL}", f"{_LABEL}. [Undo]"]
    heard.button.click()
    assert heard.take() == ["changed", f"undone {_LABEL}", f"Undone: {_LABEL}. []"]
    assert not library.article(1).favourite
    context.history.redo()
    assert heard.take() == ["changed", f"Done again: {_LABEL}. []"]
    assert library.article(1).favourite
    context.history.undo()
    assert heard.take() == ["changed", f"undone {_LABEL}", f"Undone: {_LABEL}. []"]


def test_what_changes_nothing_is_shown_but_not_told_nor_followed(
    context: Context, heard: Heard, favour: Callable[[], int]
) -> None:
    assert favour()
    context.history.run(favour, heard.then)
    assert heard.take() == ["changed"]


def test_a_quiet_change_is_followed_without_a_message(
    context: Context, heard: Heard, favour: Callable[[], int]
) -> None:
    context.history.run(favour, heard.then, quiet=True)
    assert heard.take() == ["changed", f"then {_LABEL}"]


def test_nothing_to_undo_or_redo_is_said(context: Context, heard: Heard) -> None:
    for turn in (context.history.undo, context.history.redo):
        turn()
        assert "There is nothing left to change. []" in heard.take()


@pytest.mark.parametrize("quiet", [False, True])
def test_try_again_runs_the_same_change_and_all_that_follows(
    context: Context, heard: Heard, favour: Callable[[], int], quiet: bool
) -> None:
    tries: list[int] = []

    def change() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise LibraryLocked("Another program is writing.")
        return favour()

    context.history.run(change, heard.then, quiet=quiet)
    for _ in range(2):
        assert heard.take() == ["Another program is writing. [Try Again]"]
        heard.button.click()
    told = [] if quiet else [f"{_LABEL}. [Undo]"]
    assert heard.take() == ["changed", f"then {_LABEL}", *told]
    assert len(tries) == 3


def test_a_failure_of_undo_is_a_sentence_without_a_change(
    context: Context, heard: Heard, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> str:
        raise LibraryLocked("Another program is writing.")

    monkeypatch.setattr(type(context.library.history), "undo", locked)
    context.history.undo()
    assert heard.take() == ["Another program is writing. []"]


def test_changes_are_named_and_only_long_ones_can_be_stopped(
    qtbot: QtBot, context: Context, heard: Heard, favour: Callable[[], int]
) -> None:
    jobs = context.jobs

    def long(report: Report) -> int:
        while True:
            report(1, 2, "Moving")

    context.history.run(lambda: 0)
    context.history.run(lambda: 0, count=1200)
    named = [(job.title, job.stoppable) for job in jobs.running]
    assert named == [("Changing 1 article", False), ("Changing 1,200 articles", False)]
    assert heard.take() == ["changed"] * 2
    context.history.undo()
    context.history.redo()
    named = [(job.title, job.stoppable) for job in jobs.running]
    assert named == [("Undoing", True), ("Doing again", True)]
    heard.take()
    context.history.run_stoppable("Moving articles", long)
    (job,) = jobs.running
    assert (job.title, job.stoppable) == ("Moving articles", True)
    job.stop()
    assert heard.take() == []
    context.history.run_stoppable("Choosing", lambda _: favour())
    assert heard.take() == ["changed", f"{_LABEL}. [Undo]"]

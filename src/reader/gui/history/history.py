"""Changes of the library from the window: in the background, each an undo step."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader import phrases
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets.messages import MessageBar
from reader.library.library import Library
from reader.progress import Report
from reader.steps import Entry, Standing, Step

Then = Callable[[Step], None]


def _nothing(_step: Step) -> None:
    pass


class History(QObject):
    """Runs changes, and undoes and redoes them.

    ``changed`` is emitted when the library has changed, by whatever part of the window or by
    another process, ``undone`` with a Step that was undone, ``redone`` with one that was redone.
    """

    changed = Signal()
    undone = Signal(object)
    redone = Signal(object)

    def __init__(
        self, library: Library, jobs: Jobs, messages: MessageBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._messages = messages

    def run(
        self,
        change: Callable[[], object],
        then: Then = _nothing,
        *,
        quiet: bool = False,
        count: int = 1,
    ) -> None:
        """Run a change of ``count`` articles, and offer Undo if anything changed.

        ``change`` returns how much it changed. ``then`` is called with the step once
        the window shows it. ``quiet`` leaves the message out.
        """
        title = f"Changing {phrases.plural(count, 'article')}"
        self._run(title, lambda _: change(), then, quiet=quiet, stoppable=False)

    def run_stoppable(
        self, title: str, change: Callable[[Report], object], then: Then = _nothing
    ) -> None:
        """Run a long change that reports its progress and can be stopped."""
        self._run(title, change, then)

    def undo(self) -> None:
        """Undo the newest step, even one of an earlier start."""
        self._turn("Undoing", self._library.history.undo, self._undone)

    def tell_undoable(self, text: str) -> None:
        """Show a sentence about the newest step, and offer Undo."""
        self._messages.tell(text, "Undo", self.undo, id="history.undo")

    def redo(self) -> None:
        """Redo the step that was undone last."""
        self._turn("Doing again", self._library.history.redo, self._redone)

    def turn_step(
        self, entry: Entry, failed: Callable[[Exception], None], *, part: bool = False
    ) -> None:
        """Undo a step, or redo it if it is undone; with ``part``, all that can be."""
        history, is_done = self._library.history, entry.standing is Standing.DONE
        turn = history.undo if is_done else history.redo
        then = self._undone if is_done else self._redone
        work = partial(turn, step=entry.id, part=part)
        self._jobs.change("Undoing" if is_done else "Doing again", work, then, failed)

    def _turn(
        self,
        title: str,
        work: Callable[[Report], Step | None],
        then: Callable[[Step | None], None],
    ) -> None:
        self._jobs.change(title, work, then, self._failed)

    def _undone(self, step: Step | None) -> None:
        self._tell_turned("Undone", step)
        if step is not None:
            self.undone.emit(step)

    def _redone(self, step: Step | None) -> None:
        self._tell_turned("Done again", step)
        if step is not None:
            self.redone.emit(step)

    def _tell_turned(self, word: str, step: Step | None) -> None:
        text = (
            f"{word}: {phrases.step(step.label)}." if step else "There is nothing left to change."
        )
        self._messages.tell(text)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._messages.warn(str(error))

    def _run(
        self,
        title: str,
        change: Callable[[Report], object],
        then: Then,
        *,
        quiet: bool = False,
        stoppable: bool = True,
    ) -> None:
        def work(report: Report) -> tuple[object, Step | None]:
            return change(report), self._library.history.made()

        def changed(outcome: tuple[object, Step | None]) -> None:
            number, step = outcome
            if number and step and not quiet:
                self.tell_undoable(f"{phrases.step(step.label)}.")
            self.changed.emit()
            if number and step:
                then(step)

        def failed(error: Exception) -> None:
            options = {"quiet": quiet, "stoppable": stoppable}
            again = partial(self._run, title, change, then, **options)
            self._messages.warn(str(error), "Try Again", again)

        self._jobs.change(title, work, changed, failed, stoppable=stoppable)

"""One import: its files, its plan, its choices, and its result, as the window shows them."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import IngestError, ReaderError
from reader.gui.context import Context
from reader.gui.importing.work import Done, Files, Found
from reader.gui.jobs.jobs import Job
from reader.importing.formats.format import Choices
from reader.outcomes import Outcome

_CHANGED_LIBRARY = "The library has changed meanwhile, so this was counted again."
_CHANGED_FILES = "{} This was read again."


class Stage(StrEnum):
    """How far an import is."""

    READING = "reading"
    READY = "ready"
    STOPPED = "stopped"
    UNREADABLE = "unreadable"
    RUNNING = "running"
    DONE = "done"


class OneImport(QObject):
    """An import; ``changed`` is emitted at each step, ``progressed`` with the progress of a job.

    One job at a time reads the files: another choice stops it and waits for its end. ``trouble`` is
    a sentence about an error, ``news`` one about a change since.
    """

    changed = Signal()
    progressed = Signal()
    finished = Signal()

    def __init__(self, context: Context, paths: Sequence[Path]) -> None:
        super().__init__(context.window)
        self._context = context
        self._files = Files(context.library, paths)
        self.stage = Stage.READING
        self.choices = Choices()
        self.found: Found | None = None
        self.done: Done | None = None
        self.trouble = self.news = ""
        self.job: Job | None = None
        self._format = ""
        self._next: Callable[[], None] | None = None
        self._version: object = None
        self._is_closing = False
        context.jobs.changed.connect(self._follow)

    @property
    def name(self) -> str:
        """The name of the first file."""
        return self._files.paths[0].name or str(self._files.paths[0])

    @property
    def more(self) -> int:
        """The number of the other files."""
        return len(self._files.paths) - 1

    @property
    def format(self) -> str:
        """The key of the format, ``""`` if it is not known yet."""
        return self.found.plan.format if self.found is not None else self._format

    # ---- the plan

    def look(self, *, runs: bool = False) -> None:
        """Plan the import, for the first time or again; if it ``runs``, carry it out then."""
        self._turn(Stage.READING)
        self._after_this(lambda: self._look(runs=runs))

    def use(self, format: str) -> None:
        """Read the files as another format."""
        self._format = format
        self.choices = self.choices._replace(columns={})
        self._forget()
        self.look()

    def choose(self, **choices: object) -> None:
        """Plan with other choices."""
        chosen = self.choices._replace(**choices)  # type: ignore[arg-type]
        if chosen == self.choices:
            self.changed.emit()
            return
        self.choices = chosen
        self._forget()
        self.look()

    def stop(self) -> None:
        """Stop the job; nothing has changed then."""
        self._next = None
        if self.job is not None:
            self.job.stop()

    def _forget(self) -> None:
        self.trouble = self.news = ""

    def _look(self, *, runs: bool) -> None:
        self._version = self._context.library.version()  # on this thread, as it is compared here
        before = _numbers(self.found) if runs else None

        def planned(found: Found) -> None:
            if self._next is not None:  # something else was chosen meanwhile
                return
            self._release()
            self.found, self.choices = found, found.plan.choices
            self._turn(Stage.READY)
            if before == _numbers(found):
                self._run()
            elif runs:
                self.news = self.news or _CHANGED_LIBRARY
                self.changed.emit()

        work = self._files.look
        format, choices = self._format, self.choices
        self._start(
            self._context.jobs.start("", lambda report: work(format, choices, report),
                                     planned, self._unreadable)
        )  # fmt: skip

    def _unreadable(self, error: Exception) -> None:
        if not isinstance(error, ReaderError):
            self._context.messages.report(error)
        self.trouble = _sentence(error)
        self._turn(Stage.UNREADABLE)

    # ---- the import

    def run(self) -> None:
        """Carry the plan out; if the library has changed since, plan again before."""
        if self.stage is not Stage.READY or self.found is None:
            return
        self._forget()
        if self._context.library.version() != self._version:
            self.look(runs=True)
        else:
            self._run()

    def _run(self) -> None:
        assert self.found is not None
        made, work = self.found.plan, self._files.take_in
        self._turn(Stage.RUNNING)
        title = f"Importing {self.name}"
        self._start(
            self._context.jobs.change(title, lambda report: work(made, report), self._finish,
                                      self._failed)
        )  # fmt: skip

    def _finish(self, done: Done) -> None:
        self._format = done.report.format
        self._release()
        self.done = done
        self._turn(Stage.DONE)
        self.finished.emit()
        QTimer.singleShot(0, self, self._context.history.changed.emit)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, IngestError) and not self._is_closing:  # the files are others now
            self.news = _CHANGED_FILES.format(error)
            self._after_this(self._read_again)
            return
        if not isinstance(error, ReaderError):
            self._context.messages.report(error)
        self.trouble = _sentence(error)
        self._turn(Stage.READY)
        self.finished.emit()

    def _read_again(self) -> None:
        self._files.close()
        self._turn(Stage.READING)
        self._look(runs=False)

    def _release(self) -> None:
        """Forget the plan in the background: so many objects take a moment."""
        kept, self.found = [self.found], None
        if kept[0] is not None:
            self._context.jobs.start("", lambda _: kept.clear(), lambda _: None, stoppable=False)

    # ---- jobs

    def open_again(self) -> None:
        """Keep the files open again for another window."""
        self._is_closing = False

    def close(self) -> None:
        """Close the files once nothing reads them any more; a running import goes on."""
        if self.stage is not Stage.RUNNING:
            self.stop()
        self._is_closing = True
        self._follow()

    @property
    def is_running(self) -> bool:
        """Whether articles are being taken in."""
        return self.stage is Stage.RUNNING

    def _start(self, job: Job) -> None:
        self.job = job

    def _after_this(self, work: Callable[[], None]) -> None:
        """Do something once the job that reads the files has ended."""
        self._next = work
        if self.job is not None:
            self.job.stop()
        self._follow()

    def _follow(self) -> None:
        """Show the progress of the job; if it has ended, go on with the work that waits."""
        if self.job is not None and self.job in self._context.jobs.running:
            self.progressed.emit()
            return
        is_stopped, self.job = self.job is not None and self.job.stopped.is_set(), None
        work, self._next = self._next, None
        if work is not None and not self._is_closing:
            work()
        elif is_stopped and self.stage in (Stage.READING, Stage.RUNNING):
            was_running = self.stage is Stage.RUNNING
            self.news = "The import was stopped; nothing was changed." if was_running else ""
            self._turn(Stage.READY if was_running else Stage.STOPPED)
        if self._is_closing and self.job is None:
            self._files.close()

    def _turn(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()


def _numbers(found: Found | None) -> Mapping[Outcome, int] | None:
    return found.sums.counts if found is not None else None


def _sentence(error: Exception) -> str:
    if isinstance(error, ReaderError):
        return str(error)
    return "This could not be done: an error in Reader was in the way. Nothing was changed."

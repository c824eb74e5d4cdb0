"""Background jobs; the only file that uses threads.

A job is a plain function without Qt. It is called in a thread, and its result is passed to
``then`` on the main thread. Changes to the library go through ``write`` or ``change``: one thread
makes them one after the other, so that the window responds even if another process has locked
the library.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.errors import ReaderError
from reader.library.store import clock
from reader.progress import Cancelled, Report

T = TypeVar("T")
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]

_BEAT_SECONDS = 0.05
_TIMEOUT_SECONDS = 12.0
_WAIT_SECONDS = 0.004
_SHOWN_AFTER_MS = 300


@dataclass(slots=True)
class Job:
    """The progress of a job, and a way to stop it.

    A job without a title is not shown. Stop is only offered if the job is ``stoppable``.
    ``articles`` are the ids of those that it downloads; ``began_at`` is in UTC.
    """

    title: str
    stoppable: bool = True
    shown: bool = True
    done: int = 0
    total: int = 0
    text: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    articles: frozenset[int] = frozenset()
    began_at: str = field(default_factory=clock.now)

    def stop(self) -> None:
        """Ask the job to stop; it does so at its next report."""
        self.stopped.set()


class Jobs(QObject):
    """The background jobs of one window."""

    changed = Signal()
    _call = Signal(object)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        """Create the jobs; ``failed`` gets errors without a handler, on the main thread."""
        super().__init__(parent)
        self.running: list[Job] = []
        self._lasting: list[Job] = []
        self._changing: list[Job] = []
        self._failed = failed
        self._threads: list[threading.Thread] = []
        self._writes: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._is_closed = False
        self._call.connect(self._on_main, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        title: str,
        work: Callable[[Report], T],
        then: Then,
        failed: Failed | None = None,
        *,
        stoppable: bool = True,
        articles: Sequence[int] = (),
    ) -> Job:
        """Run ``work(report)`` in a new thread; ``then`` gets its result.

        ``articles`` are the ids of those that it downloads. A job that never calls its report is
        not ``stoppable``. After ``close`` no job is started: nothing would wait for its end.
        """
        job = Job(title, stoppable, articles=frozenset(articles))
        if self._is_closed:
            job.stop()
            return job
        self.running.append(job)
        self.changed.emit()

        def run() -> None:
            self._run(lambda: work(self._report_of(job)), then, failed or self._failed)
            self._call.emit(lambda: self._ended(job))

        thread = threading.Thread(target=run, name=title, daemon=True)
        self._threads.append(thread)
        thread.start()
        return job

    def start_lasting(self, work: Callable[[Report], T], then: Then, failed: Failed) -> Job:
        """Run ``work(report)``, which may take days; it is not shown, and nothing waits for it."""
        job = Job("")
        if self._is_closed:
            job.stop()
            return job
        self._lasting.append(job)

        def run() -> None:
            self._run(lambda: work(self._report_of(job)), then, failed)
            self._call.emit(lambda: self._lasting.remove(job))

        thread = threading.Thread(target=run, name="lasting", daemon=True)
        self._threads.append(thread)
        thread.start()
        return job

    def write(
        self, change: Callable[[], T], then: Then = lambda _: None, failed: Failed | None = None
    ) -> None:
        """Run ``change()`` after all earlier changes."""
        self._put(lambda: self._run(change, then, failed or self._failed))

    def change(
        self,
        title: str,
        work: Callable[[Report], T],
        then: Then,
        failed: Failed,
        *,
        stoppable: bool = True,
    ) -> Job:
        """Run ``work(report)`` like ``write``, as a job that is shown if it takes long."""
        job = Job(title, stoppable, shown=False)
        self.running.append(job)
        self._changing.append(job)

        def run() -> None:
            self._run(lambda: work(self._report_of(job)), then, failed)
            self._call.emit(lambda: self._ended(job))

        QTimer.singleShot(_SHOWN_AFTER_MS, self, lambda: self._show(job))
        self._put(run)
        return job

    def close(self) -> bool:
        """Stop the jobs and finish the changes; return False if one does not end in time."""
        self._is_closed = True
        for job in (*self.running, *self._lasting):
            if job not in self._changing:
                job.stop()
        writer, self._writer = self._writer, None
        if writer is not None:
            self._writes.put(None)
        threads = [*self._threads, *([writer] if writer else [])]
        until = time.monotonic() + _TIMEOUT_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _put(self, change: Callable[[], None]) -> None:
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="changes", daemon=True)
            self._writer.start()
        self._writes.put(change)

    def _write(self) -> None:
        while (change := self._writes.get()) is not None:
            change()

    def _show(self, job: Job) -> None:
        if job in self.running:
            job.shown = True
            self.changed.emit()

    def _run(self, work: Callable[[], Any], then: Then, failed: Failed) -> None:
        # The boundary of a job: every exception is reported.
        try:
            value = work()
        except Cancelled:
            return
        except Exception as error:
            if not isinstance(error, ReaderError):
                logging.getLogger(__name__).exception("a job failed")
            problem = error  # Python unbinds ``error`` at the end of the clause
            self._call.emit(lambda: failed(problem))
        else:
            self._call.emit(lambda: then(value))

    def _report_of(self, job: Job) -> Report:
        reported = 0.0

        def report(done: int, total: int, text: str) -> None:
            nonlocal reported
            if job.stopped.is_set():
                raise Cancelled
            job.done, job.total, job.text = done, total, text
            if time.monotonic() - reported > _BEAT_SECONDS:
                reported = time.monotonic()
                self._call.emit(self.changed.emit)

        return report

    def _ended(self, job: Job) -> None:
        self.running.remove(job)
        self._changing = [other for other in self._changing if other is not job]
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self.changed.emit()

    def _on_main(self, call: Callable[[], None]) -> None:
        call()


def apart(work: Callable[[], None]) -> Iterator[None]:
    """Run work without Qt in a thread, yielding until it is done, and raise its exception.

    Closing the iterator early waits for the end of the work.
    """
    trouble: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # raised again in the waiting thread
            trouble.append(error)

    thread = threading.Thread(target=run, name="apart", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            yield
            thread.join(_WAIT_SECONDS)
    finally:
        thread.join()
    if trouble:
        raise trouble[0]

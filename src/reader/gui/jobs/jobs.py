"""Work in the background; the only file that knows threads.

Work is a plain function without Qt. It is called in a thread, and what comes of it is
handed to ``then`` on the main thread. Changes to the library go through ``write`` or ``change``:
one thread does them one after the other, so that the window answers even while another
program holds the library.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.errors import ReaderError
from reader.progress import Cancelled, Report

T = TypeVar("T")
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]

_BEAT_SECONDS = 0.05
_PATIENCE_SECONDS = 12.0
_WAIT_SECONDS = 0.004
_SHOWN_AFTER_MS = 300


@dataclass(slots=True)
class Job:
    """A function at work: how far it is, and the way to stop it.

    Without a title it is not shown. Stop is only offered for what is ``stoppable``.
    """

    title: str
    stoppable: bool = True
    shown: bool = True
    done: int = 0
    total: int = 0
    text: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Ask it to stop; it does at its next report."""
        self.stopped.set()


class Jobs(QObject):
    """All work in the background of one window."""

    changed = Signal()
    _call = Signal(object)

    def __init__(self, failed: Failed, parent: QObject | None = None) -> None:
        """Hand what no caller takes care of to ``failed``, on the main thread."""
        super().__init__(parent)
        self.running: list[Job] = []
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
    ) -> Job:
        """Do ``work(report)`` in a thread of its own; ``then`` gets what it returns.

        Work that does not call its report is not ``stoppable``. Once all is closed nothing is
        started: nobody would wait for its end.
        """
        job = Job(title, stoppable)
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

    def write(
        self, change: Callable[[], T], then: Then = lambda _: None, failed: Failed | None = None
    ) -> None:
        """Do ``change()`` after all changes asked for before it."""
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
        """Do ``work(report)`` as ``write`` does; it is shown if it takes long."""
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
        """Stop the jobs and finish the changes; False if one would not end in time."""
        self._is_closed = True
        for job in self.running:
            if job not in self._changing:
                job.stop()
        writer, self._writer = self._writer, None
        if writer is not None:
            self._writes.put(None)
        threads = [*self._threads, *([writer] if writer else [])]
        until = time.monotonic() + _PATIENCE_SECONDS
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
        # A door: what goes wrong here is shown, whatever it is.
        try:
            value = work()
        except Cancelled:
            return
        except Exception as error:
            if not isinstance(error, ReaderError):
                logging.getLogger(__name__).exception("a job failed")
            problem = error  # the name in the clause is gone once the clause is left
            self._call.emit(lambda: failed(problem))
        else:
            self._call.emit(lambda: then(value))

    def _report_of(self, job: Job) -> Report:
        told = 0.0

        def report(done: int, total: int, text: str) -> None:
            nonlocal told
            if job.stopped.is_set():
                raise Cancelled
            job.done, job.total, job.text = done, total, text
            if time.monotonic() - told > _BEAT_SECONDS:
                told = time.monotonic()
                self._call.emit(self.changed.emit)

        return report

    def _ended(self, job: Job) -> None:
        self.running.remove(job)
        self._changing = [each for each in self._changing if each is not job]
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self.changed.emit()

    def _on_main(self, call: Callable[[], None]) -> None:
        call()


def apart(work: Callable[[], None]) -> Iterator[None]:
    """Do work without Qt in a thread, yielding until it is done; raises what it raises.

    Closing the iterator before waits for the end of the work.
    """
    trouble: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # handed over to who waits
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

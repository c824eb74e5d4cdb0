"""Work in the background; the only file that knows threads.

Work is a plain function without Qt. It is called in a thread, and what comes of it is
handed to ``then`` on the main thread. Changes to the library go through ``write``: one
thread does them one after the other, so that the window answers even while another
program holds the library.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import ReaderError
from reader.progress import Cancelled, Report

T = TypeVar("T")
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]

_BEAT_SECONDS = 0.05
_PATIENCE_SECONDS = 12.0
_WAIT_SECONDS = 0.004


@dataclass(slots=True)
class Job:
    """A function at work: how far it is, and the way to stop it; without a title not shown."""

    title: str
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
        self._failed = failed
        self._threads: list[threading.Thread] = []
        self._writes: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._call.connect(self._on_main, Qt.ConnectionType.QueuedConnection)

    def start(
        self, title: str, work: Callable[[Report], T], then: Then, failed: Failed | None = None
    ) -> Job:
        """Do ``work(report)`` in a thread of its own; ``then`` gets what it returns."""
        job = Job(title)
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
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="changes", daemon=True)
            self._writer.start()
        self._writes.put(lambda: self._run(change, then, failed or self._failed))

    def close(self) -> bool:
        """Stop the jobs and finish the changes; False where one would not end in time."""
        for job in self.running:
            job.stop()
        self._writes.put(None)
        threads = [*self._threads, *([self._writer] if self._writer else [])]
        until = time.monotonic() + _PATIENCE_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _write(self) -> None:
        while (change := self._writes.get()) is not None:
            change()

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

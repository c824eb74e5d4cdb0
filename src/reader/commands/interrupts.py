"""Ctrl+C, logging out, the end of the system: what was begun is tidied up before the end."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self


class Ended(KeyboardInterrupt):
    """A signal asked the program to end; ``code`` is the exit code that says so."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def raise_when_asked_to_end() -> None:
    """Make the signals that end a program exceptions, as Ctrl+C is one."""

    def end(number: int, _frame: object) -> None:
        raise Ended(number)

    for number in _ending():
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else end)


class Signals:
    """While this is entered, signals are only noted: Qt would swallow an exception.

    ``fileno`` can be read as soon as one has come; None on Windows, where Ctrl+C ends the
    program at once. The second signal ends a program that hangs.
    """

    def __init__(self) -> None:
        self.came: list[int] = []
        self.fileno: int | None = None

    def __enter__(self) -> Self:
        self._before = {each: signal.getsignal(each) for each in _ending()}
        if sys.platform == "win32":  # which wakes a loop through sockets only
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            return self
        self.fileno, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for number in self._before:
            signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self.fileno is not None:
            signal.set_wakeup_fd(-1)
            os.close(self.fileno)
            os.close(self._writing)

    def _note(self, number: int, _frame: object) -> None:
        self.came.append(number)
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def held_back() -> Iterator[None]:
    """Hold signals back while Qt is imported, which an exception would break."""
    with Signals() as signals:
        yield
    if signals.came:
        raise Ended(signals.came[0])


def _ending() -> list[signal.Signals]:
    """Return the signals that end the program here; “nohup” and shells ignore some."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    known = [signal.Signals[name] for name in names if name in signal.Signals.__members__]
    return [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]

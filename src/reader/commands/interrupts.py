"""Signals that end the program: Ctrl+C, logging out, shutting down. Work is tidied up first."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self


class Ended(KeyboardInterrupt):
    """A signal asked the program to end; ``code`` is the exit code for it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def raise_when_asked_to_end() -> None:
    """Turn the signals that end a program into exceptions, like Ctrl+C."""

    def end(number: int, _frame: object) -> None:
        raise Ended(number)

    for number in _ending():
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else end)


class Signals:
    """Only record signals while this is entered: Qt would swallow an exception.

    ``fileno`` becomes readable when a signal has arrived; it is None on Windows, where Ctrl+C ends
    the program at once. The second signal ends a program that hangs.
    """

    def __init__(self) -> None:
        self.came: list[int] = []
        self.fileno: int | None = None

    def __enter__(self) -> Self:
        self._before = {ending: signal.getsignal(ending) for ending in _ending()}
        if sys.platform == "win32":  # Windows wakes an event loop through sockets only
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
    """Delay signals while Qt is imported, which an exception would break."""
    with Signals() as signals:
        yield
    if signals.came:
        raise Ended(signals.came[0])


def _ending() -> list[signal.Signals]:
    """Return the signals that end the program; “nohup” and shells ignore some."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    known = [signal.Signals[name] for name in names if name in signal.Signals.__members__]
    return [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]

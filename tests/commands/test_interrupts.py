"""Signals end a command in order, and are held back while something must not be cut short."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.commands.interrupts import Ended, Signals, held_back

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


_ENDING = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)]


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let programs hear every signal, even if nohup or a shell has the tests ignore some."""
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number, handler in before.items():
        if handler is signal.SIG_IGN or number == signal.SIGTERM:
            signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@only_posix
def test_a_signal_is_noted_and_the_next_one_would_end_the_program() -> None:
    with Signals() as signals:
        os.kill(os.getpid(), signal.SIGTERM)
        assert signals.came == [signal.SIGTERM]
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signals.fileno is not None
        assert os.read(signals.fileno, 1) == bytes([signal.SIGTERM])


@only_posix
def test_a_signal_that_was_held_back_ends_the_command_afterwards() -> None:
    reached = False
    with pytest.raises(Ended) as ended, held_back():
        os.kill(os.getpid(), signal.SIGTERM)
        reached = True
    assert reached
    assert ended.value.code == 128 + signal.SIGTERM


def test_without_a_signal_nothing_changes() -> None:
    before = signal.getsignal(signal.SIGINT)
    with held_back():
        pass
    assert signal.getsignal(signal.SIGINT) is before


@only_posix
@pytest.mark.parametrize("number", _ENDING)
def test_a_signal_ends_a_command_without_a_traceback(number: int) -> None:
    command = [sys.executable, "-m", "reader", "add", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        _wait_until_it_reads(process.pid)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert b"Traceback" not in said
    assert process.returncode in (128 + number, -number)  # as a shell sees it: the same


def _wait_until_it_reads(pid: int) -> None:
    """Wait until the command has opened its library, which it does before it reads."""
    for _ in range(3000):
        files = Path(f"/proc/{pid}/fd")
        if any(each.resolve().name.startswith("library.db") for each in files.iterdir()):
            return
        time.sleep(0.01)
    pytest.fail("the command did not begin")

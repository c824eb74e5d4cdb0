"""Screens that people have: small ones, and a real X server with a window manager."""

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import partial

import pytest
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home, until
from tests.journeys.stock import fill

from reader import system


def _is_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


_missing = [each for each in ("Xvfb", "openbox", "xdotool") if not shutil.which(each)]
_missing += [each for each in (*system.QT, *system.X11) if not _is_loaded(each)]
with_x11 = pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}")


def _look(me: Person) -> Script:
    yield me.at_rest
    me.facts["inside"] = me.is_inside_screen()
    me.press("Ctrl+Q")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (600, 480)])
def test_the_first_window_is_inside_the_screen(at_home: Home, width: int, height: int) -> None:
    fill(at_home.library, {"One": 2})
    at_home.has_screen(width, height)
    at_home.go(_look)


def test_a_window_of_a_larger_screen_comes_inside_a_smaller_one(at_home: Home) -> None:
    fill(at_home.library, {"One": 2})
    at_home.go(_look)
    at_home.has_screen(1000, 600)
    at_home.go(_look)


class Desktop:
    """A screen of X with a window manager, and the hands of a person at it."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._running = [subprocess.Popen(command, pass_fds=[writing], **quiet)]  # type: ignore[call-overload]
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": self.display}
        self._running.append(subprocess.Popen(["openbox"], env=self.env, **quiet))  # type: ignore[call-overload]

    def hands(self, *words: str) -> str:
        """Do something with mouse and keyboard; return what xdotool says, "" if it fails."""
        done = subprocess.run(
            ["xdotool", *words], env=self.env, capture_output=True, text=True, check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def sees(self, title: str) -> str:
        """Return the window of this title that is on the screen, "" if there is none."""
        return self.hands("search", "--onlyvisible", "--name", f"^{title} – Reader$")

    def close(self) -> None:
        """Switch it off."""
        for each in reversed(self._running):
            each.terminate()
            each.wait()


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    yield made
    made.close()


@with_x11
def test_real_keys_lead_from_article_to_article_and_out(at_home: Home, desktop: Desktop) -> None:
    fill(at_home.library, {"First": 40, "Second": 40})
    program = at_home.start_alone(DISPLAY=desktop.display, QT_QPA_PLATFORM="xcb")
    until(lambda: desktop.hands("search", "--onlyvisible", "--name", "Reader$"))
    until(lambda: desktop.hands("getactivewindow"))
    for title in ("First", "Second"):
        desktop.hands("key", "j")
        until(partial(desktop.sees, title))
    window = desktop.sees("Second")
    shape = desktop.hands("getwindowgeometry", "--shell", window)
    place = dict(line.split("=") for line in shape.splitlines())
    assert int(place["X"]) >= 0
    assert int(place["Y"]) >= 0
    assert int(place["X"]) + int(place["WIDTH"]) <= 1600
    assert int(place["Y"]) + int(place["HEIGHT"]) <= 1000
    desktop.hands("key", "e")
    until(lambda: at_home.sql("SELECT 1 FROM article WHERE state = 'archive'"))
    desktop.hands("key", "ctrl+q")
    assert program.wait(30) == 0
    (second,) = at_home.sql("SELECT state FROM article WHERE title = 'Second'")
    assert second["state"] == "archive"


@with_x11
def test_a_screen_that_goes_away_harms_nothing(at_home: Home, desktop: Desktop) -> None:
    fill(at_home.library, {"First": 40})
    program = at_home.start_alone(DISPLAY=desktop.display, QT_QPA_PLATFORM="xcb")
    until(lambda: desktop.hands("search", "--onlyvisible", "--name", "Reader$"))
    until(lambda: desktop.hands("getactivewindow"))
    desktop.hands("key", "s")
    desktop.close()
    assert program.wait(30) in (1, -signal.SIGABRT)
    at_home.may_warn = True
    assert at_home.sql("PRAGMA integrity_check") == [{"integrity_check": "ok"}]

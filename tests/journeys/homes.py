"""A home of one's own, and the real program in a process of its own there."""

import ctypes
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import reader

ROOT = Path(__file__).resolve().parents[2]
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_DROP = 24  # PR_CAPBSET_DROP
_OVERRIDES = 1, 2, 3  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
_CANNOT_OBEY = 71
_PATIENCE_SECONDS = 90.0


def _obey_modes() -> None:
    """Let the modes of files count for root as well (prctl(2), capabilities(7))."""
    if _libc is not None and os.geteuid() == 0:
        for capability in _OVERRIDES:
            if _libc.prctl(_DROP, capability, 0, 0, 0):
                os._exit(_CANNOT_OBEY)


class Trip(NamedTuple):
    """A program that is on its way through a script."""

    process: "subprocess.Popen[str]"
    facts: Path

    def end(self, *, code: int = 0, has_window: bool = True) -> dict[str, Any]:
        """Wait until the program has ended; return what its script saw."""
        _, said = self.process.communicate(timeout=_PATIENCE_SECONDS)
        if self.process.returncode == _CANNOT_OBEY:
            import pytest  # which the program itself does without

            pytest.skip("nothing is read-only for this root")
        assert self.process.returncode == code, said
        assert "Traceback" not in said, said
        facts: dict[str, Any] = json.loads(self.facts.read_text())
        if not has_window:
            assert facts == {}
            return facts
        assert facts["ended"] or code, f"the program ended before the script\n{said}"
        assert facts["inside"], "the window is not inside the screen"
        assert facts["bugs"] == []
        return facts

    def die_after(self, seconds: float) -> None:
        """End the program as a power cut does, in the middle of its work."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        assert self.process.returncode is None, self.process.communicate()[1]
        self.process.kill()
        self.process.communicate()


class Home:
    """One person's home, and the ways to start the program in it."""

    def __init__(self, folder: Path, runtime: str) -> None:
        self.folder = folder
        self.library = folder / "library"
        self.env = {**os.environ, "XDG_RUNTIME_DIR": runtime, "READER_HOME": str(folder)}
        self.env["PYTHONPATH"] = str(Path(reader.__file__).parents[1])  # the same source as here
        self.may_warn = False
        self.obeys_modes = False
        self._trips: list[Trip] = []
        self._alone: list[subprocess.Popen[bytes]] = []
        self.has_screen(1920, 1080)

    def has_screen(self, width: int, height: int) -> None:
        """Put a screen of this size before the person; no window system is needed for it."""
        screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        file = self.folder.with_name("screen.json")
        file.write_text(json.dumps({"screens": [screen]}))
        self.env["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"

    def start(self, script: Callable[..., Any], *words: object, **given: object) -> Trip:
        """Start the program; ``script`` is played in it, which can read what is ``given``."""
        facts = self.folder.with_name(f"facts-{len(self._trips)}.json")
        facts.write_text(json.dumps(given))
        command = [sys.executable, "-m", "tests.journeys.drive", script.__module__]
        command += [script.__name__, str(facts), *map(str, words)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stderr=subprocess.PIPE, text=True,
            preexec_fn=_obey_modes if self.obeys_modes else None,
        )  # fmt: skip
        self._trips.append(Trip(process, facts))
        return self._trips[-1]

    def go(self, script: Callable[..., Any], *words: object, **given: object) -> dict[str, Any]:
        """Start the program, let the script be played, and wait until it has ended well."""
        return self.start(script, *words, **given).end()

    def start_alone(self, *words: object, **env: str) -> "subprocess.Popen[bytes]":
        """Start the program as it is, for someone else's hands."""
        command = [sys.executable, "-m", "reader", *map(str, words)]
        self._alone.append(subprocess.Popen(command, cwd=ROOT, env={**self.env, **env}))
        return self._alone[-1]

    def settings(self) -> dict[str, Any]:
        """Return what the file of the settings says."""
        found: dict[str, Any] = json.loads((self.folder / "config" / "settings.json").read_text())
        return found

    def choose(self, **settings: object) -> None:
        """Write settings as an earlier start has left them."""
        file = self.folder / "config" / "settings.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(settings))

    def sql(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """Ask or change the library as another program would."""
        with closing(sqlite3.connect(self.library / "library.db")) as database, database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement, values)]

    def log(self) -> list[str]:
        """Return the lines of the log."""
        file = self.folder / "log" / "reader.log"
        return file.read_text().splitlines() if file.exists() else []

    def close(self) -> None:
        """Leave nothing running."""
        for each in self._trips:
            if each.process.poll() is None:
                each.die_after(0)
        for program in self._alone:
            program.kill()
            program.wait()


def until(true: Callable[[], object]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)

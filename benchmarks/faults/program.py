"""The program in real processes: command lines, and the window, and what each says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90.0
_FORBIDDEN = re.compile(
    r"Traceback|Fatal Python|SQLite|apsw|sqlite3|Errno|SQLITE_|malformed|database disk image|"
    r"no such (?:table|column)|constraint failed|SELECT |INSERT |PRAGMA|Error:"
)


class Said(NamedTuple):
    """What a process said: its exit code, its output, and its errors."""

    words: tuple[str, ...]
    code: int
    out: str
    error: str

    def trouble(self) -> str:
        """Return its fault, "" if it worked or explained in a sentence why not."""
        line = " ".join(self.words)[:40]
        if self.code not in (0, 1):
            return f"“{line}” ended with {self.code}: {self.error[-200:]}"
        if found := _FORBIDDEN.search(self.error):
            return f"“{line}” says {found[0]!r}: {self.error[-200:]}"
        lines = (self.error or self.out).rstrip().splitlines()
        said = next((each for each in reversed(lines) if not each.startswith("  ")), "")
        if self.code and not said.endswith((".", ")", "]", "}", "?")):
            return f"“{line}” says no sentence: {said[-200:]}"
        return ""


class Program:
    """The program with a home of its own and a library."""

    def __init__(self, home: Path, library: Path, **env: str) -> None:
        self.home = home
        self.library = library
        self.env: dict[str, str] = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "READER_HOME": str(home),
            "TMPDIR": str(home),
            **env,
        }
        self.prefix: tuple[str, ...] = ()
        home.mkdir(parents=True, exist_ok=True)

    def __call__(self, *words: str) -> Said:
        """Run a command line."""
        return self.ended(self.start(*words), words)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start a command line."""
        return self.process("-m", "reader", "--library", str(self.library), *words)

    def process(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start Python; ``prefix`` is the command that starts it, if any."""
        return subprocess.Popen(
            [*self.prefix, sys.executable, *words], env=self.env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/",
        )  # fmt: skip

    def ended(self, process: "subprocess.Popen[bytes]", words: tuple[str, ...]) -> Said:
        """Wait for a process; one that hangs is killed, and has the exit code -9."""
        try:
            out, error = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, error = process.communicate()
        return Said(
            words,
            process.returncode,
            out.decode("utf-8", "replace"),
            error.decode("utf-8", "replace"),
        )

    def window(self) -> Said:
        """Open the window, wait until it rests, and close it; the output is the texts in it."""
        words = ("-m", "benchmarks.faults.window", str(self.library))
        return self.ended(self.process(*words), ("window",))


def windows_in(said: Said) -> list[dict[str, Any]]:
    """Return the windows that were open, each with its class and its texts."""
    try:
        found: list[dict[str, Any]] = json.loads(said.out.splitlines()[-1])
    except (ValueError, IndexError):
        return []
    return found

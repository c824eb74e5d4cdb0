"""The log: a small rotating file, and stderr for errors.

Logging never fails the program, even if the disk is full or the folder cannot be written.
"""

import io
import logging
import os
import sys
from logging.handlers import RotatingFileHandler

from reader import paths, private


class _PrivateFile(RotatingFileHandler):
    """A log file that only its owner may read, because it names articles."""

    def _open(self) -> io.TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_opened)


def start(*, verbose: bool = False) -> None:
    """Start logging."""
    logging.raiseExceptions = False  # otherwise a full disk prints a traceback for each line
    root = logging.getLogger("reader")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.DEBUG if verbose else logging.ERROR)
    root.addHandler(console)
    try:
        folder = paths.log_dir()
        private.make_folder(folder)
        for path in (folder, *folder.glob("reader.log*")):
            if not path.is_symlink():  # a link may lead to /dev/null, which belongs to everybody
                private.protect(path)
        file = _PrivateFile(folder / "reader.log", maxBytes=500_000, backupCount=2)
    except (OSError, RuntimeError, ValueError):
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)


def _opened(name: str, flags: int) -> int:
    # Without O_NONBLOCK, a named pipe in place of the file would block until somebody reads it.
    return private.opener(name, flags | getattr(os, "O_NONBLOCK", 0))

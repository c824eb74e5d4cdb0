"""Where the program writes down what went wrong: a small rotating file, and stderr for errors.

Logging never fails the program: a full disk, or a folder that cannot be written, is no reason
not to read.
"""

import io
import logging
import os
import sys
from logging.handlers import RotatingFileHandler

from reader import paths, private


class _PrivateFile(RotatingFileHandler):
    """A log that only its owner may read: it names what a person reads."""

    def _open(self) -> io.TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="replace", opener=_opened)


def start(*, verbose: bool = False) -> None:
    """Begin logging."""
    logging.raiseExceptions = False  # else a full disk prints a traceback for each line
    root = logging.getLogger("reader")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.DEBUG if verbose else logging.ERROR)
    root.addHandler(console)
    try:
        folder = paths.log_dir()
        private.make_folder(folder)
        for each in (folder, *folder.glob("reader.log*")):
            if not each.is_symlink():  # such as one to /dev/null, which belongs to all
                private.protect(each)
        file = _PrivateFile(folder / "reader.log", maxBytes=500_000, backupCount=2)
    except (OSError, RuntimeError, ValueError):
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)


def _opened(name: str, flags: int) -> int:
    # Without O_NONBLOCK, a named pipe in place of the file would wait for its reader for ever.
    return private.opener(name, flags | getattr(os, "O_NONBLOCK", 0))

"""The logs of a library whose file is replaced by another one: write-ahead log or journal.

SQLite finds a log by its name (SQLite, How To Corrupt An SQLite Database File, 4.4). So the log of
the former file must not stay beside the new one. A log that is to go has a second name first, a
hard link: if a process is killed between the replacement and the deletion, the next one to open
the library deletes it.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ENDINGS = ("-wal", "-shm", "-journal")


def beside(file: Path) -> list[Path]:
    """Return the files of the log that are beside a library."""
    names = (file.with_name(file.name + ending) for ending in ENDINGS)
    return [each for each in names if os.path.lexists(each)]


def drop_stale(file: Path) -> None:
    """Delete a log with a second name, which belongs to a file that was replaced."""
    with suppress(OSError):
        if file.stat().st_nlink == 1:  # else the former file is still in its place
            for each in beside(file):
                if each.lstat().st_nlink > 1:
                    each.unlink()


def give_second_names(logs: Sequence[Path], names: Sequence[Path]) -> None:
    """Give the files of a log a second name; if there are no hard links, another name."""
    for log, name in zip(logs, names, strict=True):
        try:
            os.link(log, name)
        except (OSError, NotImplementedError):  # a file system without hard links
            log.rename(name)

"""Files and folders that only their owner can read, whatever the umask is.

A file system without permissions, such as that of a memory stick, is no reason to fail.
"""

import os
import stat
from pathlib import Path

_OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents for the owner alone.

    An existing folder keeps its mode. Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """Open a file, creating it for its owner alone: ``open(file, "w", opener=private.opener)``."""
    return os.open(path, flags, 0o600)


def make_file(file: Path) -> None:
    """Create an empty file for the owner alone. Raises FileExistsError if it exists."""
    open(file, "xb", opener=opener).close()


def protect(path: Path) -> None:
    """Remove the permissions of others from an existing file or folder."""
    if os.name != "posix":
        return
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
    except OSError:
        pass  # not our own, deleted meanwhile, or a file system without permissions

"""Files and folders that only their owner may read, whatever the umask is.

A file system without permissions (a memory stick) is no reason to fail.
"""

import os
import stat
from pathlib import Path

_OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Create a folder, and those above it that are missing, for the owner alone.

    A folder that exists keeps its mode. Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def opener(path: str, flags: int) -> int:
    """Open a file, a new one for its owner alone: ``open(file, "w", opener=private.opener)``."""
    return os.open(path, flags, 0o600)


def make_file(file: Path) -> None:
    """Create an empty file for the owner alone. Raises FileExistsError if there is one."""
    open(file, "xb", opener=opener).close()


def protect(path: Path) -> None:
    """Take the permissions of others from an existing file or folder, if it has any."""
    if os.name != "posix":
        return
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
    except OSError:
        pass  # somebody else's, gone meanwhile, or a file system without permissions

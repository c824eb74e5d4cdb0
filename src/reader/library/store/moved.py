"""A mark in a folder that a library was moved away from: it names the new folder.

Whatever opens the old folder, such as a script or a second program, is led to the new one. The
mark is the switch: until it is written, the library is in the old folder.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from reader import private
from reader.library.store import backup

MARK = "library.db-moved"
_LARGEST_BYTES = 20_000
_MOST = 20


def follow(folder: Path) -> Path:
    """Return the folder that a library is in now: after all its moves."""
    seen = {folder}
    while len(seen) < _MOST and (target := target_of(folder)) is not None and target not in seen:
        seen.add(target)
        folder = target
    return folder


def target_of(folder: Path) -> Path | None:
    """Return the folder that the library of a folder was moved to, None if it was not moved."""
    try:
        text = (folder / MARK).read_bytes()[:_LARGEST_BYTES].decode("utf-8", "surrogateescape")
        target = json.loads(text)["to"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(target) if isinstance(target, str) and Path(target).is_absolute() else None


def mark(folder: Path, target: Path) -> None:
    """Lead from a folder to another one, from now on. Raises OSError."""
    fresh = folder / f"{MARK}.{os.getpid()}.new"
    try:
        with open(fresh, "xb", opener=private.opener) as out:
            text = json.dumps({"to": str(target)}, ensure_ascii=True)
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(folder / MARK)
    finally:
        with suppress(OSError):
            fresh.unlink()
    backup.folder_to_disk(folder)


def unmark(folder: Path) -> None:
    """Take the mark from a folder that the library comes back to. Raises OSError."""
    (folder / MARK).unlink(missing_ok=True)
    backup.folder_to_disk(folder)

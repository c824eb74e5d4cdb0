"""A mark in a folder that a library was moved away from: it names the new folder.

Whatever opens the old folder, such as a script or a second program, is led to the new one. The
mark is the switch: until it is written, the library is in the old folder.
"""

import json
from pathlib import Path

from reader.errors import LibraryError
from reader.library.store import backup

MARK = "library.db-moved"
_LARGEST_BYTES = 20_000
_MOST = 20


def follow(folder: Path) -> Path:
    """Return the folder that a library is in now: after all its moves.

    If it is missing there, as on a drive that is not connected, its last known folder is returned.
    """
    for _ in range(_MOST):
        target = target_of(folder)
        if target is None or not (target_of(target) or (target / "library.db").exists()):
            break
        folder = target
    return folder


def look_for(folder: Path) -> None:
    """Raise LibraryError if the library of a folder was moved, but is missing in its new folder."""
    if (target := target_of(folder)) is not None:
        raise LibraryError(
            f"The library was moved to {target}, but is not there. If that is on a drive or in a "
            "network folder, connect it and try again. To use what is left in the old folder, "
            f"delete {folder / MARK}."
        )


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
    with backup.made(folder / MARK) as out:
        out.write(json.dumps({"to": str(target)}, ensure_ascii=True).encode())
    backup.folder_to_disk(folder)


def unmark(folder: Path) -> None:
    """Take the mark from a folder that the library comes back to. Raises OSError."""
    (folder / MARK).unlink(missing_ok=True)
    backup.folder_to_disk(folder)

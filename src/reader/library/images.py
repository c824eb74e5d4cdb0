"""Pictures as files named by the SHA-256 of their bytes."""

import os
import re
import threading
from pathlib import Path

from reader.errors import LibraryError

_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")


def keep(folder: Path, data: bytes, ending: str) -> str:
    """Write a picture and return its name; the same bytes are the same file.

    It is on the disk, whole, before its name is known to anybody.
    """
    from hashlib import sha256  # a start without changes does not pay for it

    name = f"{sha256(data).hexdigest()}.{ending}"
    if not _NAME.fullmatch(name):
        raise ValueError(f"no kind of picture the library keeps: {ending!r}")
    target = folder / name
    if target.exists():
        return name
    fresh = folder / f"{name}.{os.getpid()}.{threading.get_ident()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(target)
        _folder_to_disk(folder)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise LibraryError(
            f"A picture could not be written to {folder} ({error.strerror}). Make room, or give "
            "yourself the right to write there, then try again."
        ) from error
    return name


def path(folder: Path, name: str) -> Path | None:
    """Return where a picture lies, None where the name is none or the file is missing."""
    if not _NAME.fullmatch(name):
        return None
    found = folder / name
    return found if found.is_file() else None


def _folder_to_disk(folder: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened, and the rename itself is durable
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

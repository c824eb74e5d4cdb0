"""Images, stored as files that are named by their SHA-256."""

import os
import re
import threading
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from reader import private
from reader.errors import LibraryError
from reader.library.store import backup, creation

_swept: set[Path] = set()


class State(Enum):
    """The state of an image file."""

    WHOLE = auto()
    MISSING = auto()
    CHANGED = auto()


_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")


def keep(folder: Path, data: bytes, ending: str) -> str:
    """Store an image and return its file name; equal bytes share a file.

    It is completely on the disk before the function returns. A damaged file of the same name is
    replaced.
    """
    from hashlib import sha256  # imported lazily for a fast start

    name = f"{sha256(data).hexdigest()}.{ending}"
    if not _NAME.fullmatch(name):
        raise ValueError(f"unsupported type of image: {ending!r}")
    target = folder / name
    if _holds(target, data) and _wanted_now(target):
        return name
    fresh = folder / f"{name}.{os.getpid()}.{threading.get_ident()}.new"
    try:
        private.make_folder(folder)
        _sweep_once(folder)
        with open(fresh, "wb", opener=private.opener) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(target)
        backup.folder_to_disk(folder)
    except OSError as error:
        with suppress(OSError):  # the folder itself may be unusable
            fresh.unlink()
        raise LibraryError(
            f"A picture could not be written to {folder} ({error.strerror}). Free some disk "
            "space, or give yourself permission to write there, then try again."
        ) from error
    return name


def is_name(text: str) -> bool:
    """Return whether a text can be the file name of an image."""
    return _NAME.fullmatch(text) is not None


def state(folder: Path, name: str) -> State:
    """Return the state of an image: whether the file exists and matches its hash."""
    from hashlib import file_digest

    if not _NAME.fullmatch(name):
        return State.CHANGED
    try:
        with (folder / name).open("rb") as file:
            whole = file_digest(file, "sha256").hexdigest() == name.partition(".")[0]
    except FileNotFoundError:
        return State.MISSING
    except OSError:  # a disk error, or not a file
        return State.CHANGED
    return State.WHOLE if whole else State.CHANGED


def delete(folder: Path, name: str, before: float) -> bool:
    """Delete an image that was not written or requested since a time; return whether it is gone.

    A process that stores the same image at this moment either updates its modification time
    during the deletion, and the file is put back, or finds no file and writes it again.
    """
    target, going = folder / name, folder / f"{name}.gone"
    try:
        if target.stat().st_mtime > before:
            return False
        target.replace(going)
        if going.stat().st_mtime > before:
            going.replace(target)
            return False
        going.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # a later call tries again
    return True


def _holds(target: Path, data: bytes) -> bool:
    """Return whether a file has exactly these bytes; compare the size first."""
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _wanted_now(target: Path) -> bool:
    """Return whether an image exists, and update its modification time: it is about to be used."""
    try:
        os.utime(target)
    except FileNotFoundError:
        return False
    except OSError:
        return _is_there(target)  # a file of another user cannot be touched
    return True


def path(folder: Path, name: str) -> Path | None:
    """Return the path of an image, None if the name is invalid or the file is missing."""
    if not _NAME.fullmatch(name):
        return None
    found = folder / name
    return found if _is_there(found) else None


def _sweep_once(folder: Path) -> None:
    """Delete the temporary files of killed processes, once per process and folder."""
    if folder not in _swept:
        _swept.add(folder)
        creation.sweep(folder)


def _is_there(file: Path) -> bool:
    """Return whether a path is an accessible file."""
    try:
        return file.is_file()
    except OSError:  # such as a folder without permission to enter it
        return False


def sweep(folder: Path) -> None:
    """Clean up after killed processes: delete temporary files, put half-deleted images back.

    Call it inside a transaction, so that no other process is deleting images meanwhile.
    """
    creation.sweep(folder)
    for name in creation.names(folder):
        target = folder / name.removesuffix(".gone")
        if target.name != name and _NAME.fullmatch(target.name):
            with suppress(OSError):  # the next sweep tries again
                file = folder / name
                file.unlink() if target.exists() else file.replace(target)

"""Pictures as files named by the SHA-256 of their bytes."""

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
    """What became of the file of a picture."""

    WHOLE = auto()
    MISSING = auto()
    CHANGED = auto()


_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")


def keep(folder: Path, data: bytes, ending: str) -> str:
    """Write a picture and return its name; the same bytes are the same file.

    It is on the disk, whole, before its name is known to anybody. A file of that name that was
    damaged is replaced.
    """
    from hashlib import sha256  # a start without changes does not pay for it

    name = f"{sha256(data).hexdigest()}.{ending}"
    if not _NAME.fullmatch(name):
        raise ValueError(f"no kind of picture the library keeps: {ending!r}")
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
        with suppress(OSError):  # the folder itself may be what cannot be used
            fresh.unlink()
        raise LibraryError(
            f"A picture could not be written to {folder} ({error.strerror}). Make room, or give "
            "yourself the right to write there, then try again."
        ) from error
    return name


def state(folder: Path, name: str) -> State:
    """Return whether a picture is there and still has the hash that is its name."""
    from hashlib import file_digest

    if not _NAME.fullmatch(name):
        return State.CHANGED
    try:
        with (folder / name).open("rb") as file:
            whole = file_digest(file, "sha256").hexdigest() == name.partition(".")[0]
    except FileNotFoundError:
        return State.MISSING
    except OSError:  # the disk cannot read it, or something else has its name
        return State.CHANGED
    return State.WHOLE if whole else State.CHANGED


def delete(folder: Path, name: str, before: float) -> bool:
    """Delete a picture that nobody wrote or asked for since a time; return whether it is gone.

    Whoever keeps the same picture at this moment either makes it young while it is on its way
    out, and it comes back, or finds no file any longer, and writes it anew.
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
        return False  # another time
    return True


def _holds(target: Path, data: bytes) -> bool:
    """Return whether a file has exactly these bytes; most that differ do so in their size."""
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _wanted_now(target: Path) -> bool:
    """Return whether a picture is there, and make its file young: it is about to be named."""
    try:
        os.utime(target)
    except FileNotFoundError:
        return False
    except OSError:
        return _is_there(target)  # somebody else's file cannot be made young
    return True


def path(folder: Path, name: str) -> Path | None:
    """Return where a picture lies, None where the name is none or the file is missing."""
    if not _NAME.fullmatch(name):
        return None
    found = folder / name
    return found if _is_there(found) else None


def _sweep_once(folder: Path) -> None:
    """Delete what killed processes left unfinished, the first time a process keeps a picture."""
    if folder not in _swept:
        _swept.add(folder)
        creation.sweep(folder)


def _is_there(file: Path) -> bool:
    """Return whether there is a file that may be looked at."""
    try:
        return file.is_file()
    except OSError:  # such as a folder without permission to enter it
        return False


def sweep(folder: Path) -> None:
    """Tidy up after killed processes: unfinished files go, pictures half deleted come back.

    Call it inside a transaction, so that no other process is deleting a picture at the time.
    """
    creation.sweep(folder)
    for name in creation.names(folder):
        target = folder / name.removesuffix(".gone")
        if target.name != name and _NAME.fullmatch(target.name):
            with suppress(OSError):  # else another time
                file = folder / name
                file.unlink() if target.exists() else file.replace(target)

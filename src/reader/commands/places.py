"""Libraries on drives of their own: one that is not connected is told, never replaced.

The settings remember such libraries, which lie on another file system than they themselves. If
one is missing, and its folder would now be made on a different one, its drive is absent.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from reader import paths, private
from reader.errors import LibraryError


def look(folder: Path) -> None:
    """Raise LibraryError if a library must not be made here; ``folder`` was named by a person."""
    if (folder / "library.db").exists():
        return
    if not folder.exists() and not folder.absolute().parent.is_dir():
        raise LibraryError(
            f"There is no folder {folder.absolute().parent}, so there is no library in {folder}. "
            "If it lies on a drive, connect that; for a new library, make the folder first."
        )
    device = _known().get(_name(folder))
    if device is not None and device != _device(folder):
        raise LibraryError(
            f"The library in {folder} lies on a drive that is not connected; nothing was changed. "
            f"Connect it, then try again; for a new library here, take it out of {_file()}."
        )


def remember(folder: Path) -> None:
    """Remember a library on a drive; settings that cannot be written are no reason to fail."""
    device = _device(folder)
    if device == _device(_file()) or not (folder / "library.db").exists():
        return
    known = _known()
    if known.get(_name(folder)) == device:
        return
    fresh = _file().with_name(f"{_file().name}.{os.getpid()}.new")
    with suppress(OSError):
        private.make_folder(fresh.parent)
        with open(fresh, "w", encoding="ascii", opener=private.opener) as out:
            json.dump({**known, _name(folder): device}, out, indent=1)
        fresh.replace(_file())


def _known() -> dict[str, int]:
    try:
        found = json.loads(_file().read_text("ascii"))
    except (OSError, ValueError, RecursionError):
        return {}
    items = found.items() if isinstance(found, dict) else ()
    return {name: device for name, device in items if type(device) is int}


def _file() -> Path:
    return paths.config_dir() / "libraries.json"


def _name(folder: Path) -> str:
    return str(folder.absolute())


def _device(folder: Path) -> int:
    """Return the file system that a folder lies on, or would lie on."""
    for each in (folder.absolute(), *folder.absolute().parents):
        with suppress(OSError):
            return each.stat().st_dev
    return 0

"""Find and read files on a disk, within bounds and without ever blocking."""

import os
import time
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.decode import decode

_NO_WAITING = (
    getattr(os, "O_NONBLOCK", 0)  # opening a pipe would block until somebody writes to it
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_INDEX_SECONDS = 20
_MOST_INDEXED = 50_000
_MOST_ABOVE = 12


class Found(NamedTuple):
    """A file to be read; ``trouble`` is the reason why it or a folder is left out, else ``""``."""

    path: Path
    trouble: str = ""


class Content(NamedTuple):
    """The bytes of a file; ``changed`` if it was written to while it was read."""

    data: bytes
    changed: bool = False


def files_in(folder: Path, endings: frozenset[str]) -> Iterator[Found]:
    """Yield the files of a tree with one of the endings, without hidden ones.

    Links that lead out of the tree are not followed. Unreadable folders are yielded as trouble.
    """
    yield from sorted(_files_in(folder, endings))


def _files_in(folder: Path, endings: frozenset[str]) -> Iterator[Found]:
    refused: list[OSError] = []
    top = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [link for name in folders if (link := Path(place, name)).is_symlink()]
        for path in (*(Path(place, name) for name in names), *links):
            if path.suffix.lower() in endings and not path.name.startswith("."):
                yield Found(path, leads_out(path, top))
    for error in refused:
        at = Path(os.fsdecode(error.filename or folder))
        yield Found(at, f"This folder could not be read ({error.strerror}).")


def leads_out(path: Path, top: Path) -> str:
    """Return why a link out of a folder is not followed, ``""`` if it stays inside."""
    if not path.is_symlink():
        return ""
    target = Path(os.path.realpath(path))
    if target.is_relative_to(top):
        return ""
    return (
        "This is a link out of the folder; such links are not followed. "
        "Add its target by itself if you want it."
    )


def read(path: Path, most: int) -> Content:
    """Return the bytes of a file. Raises IngestError if it is none or exceeds ``most`` bytes."""
    try:
        with opened(path) as file:
            before = os.fstat(file.fileno())
            data = file.read(most + 1) or b""
            after = os.fstat(file.fileno())
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > most:
        raise IngestError(
            f"{name_of(path)} is larger than {most // 1_000_000} MB; it was not added."
        )
    return Content(data, _changed(before, after, len(data)))


def opened(path: Path) -> BufferedReader:
    """Return a file opened for reading. Raises IngestError if it is not a file.

    Pipes, devices and sockets are not files: reading one could block or never end.
    """
    name = name_of(path)
    try:
        if S_ISREG(path.stat().st_mode):  # even opening a device can have an effect
            file = open(os.open(path, os.O_RDONLY | _NO_WAITING), "rb")  # noqa: SIM115, PTH123
            if S_ISREG(os.fstat(file.fileno()).st_mode):
                return file
            file.close()
        is_folder = S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as error:
        raise IngestError(f"{clean.line(shown(path))} does not exist.") from error
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise IngestError(f"{name} is not a valid file name.") from error
    kind = "a folder" if is_folder else "a pipe, a device or a socket"
    raise IngestError(f"{name} is {kind}, not a file; there is nothing to read in it.")


def _unreadable(path: Path, error: OSError) -> IngestError:
    return IngestError(f"{clean.line(shown(path))} could not be read ({error.strerror}).")


def _changed(before: os.stat_result, after: os.stat_result, size: int) -> bool:
    """Return whether a file was written to while ``size`` bytes were read from it.

    Virtual files of the system (/proc) claim to be empty.
    """
    if not after.st_size:
        return bool(before.st_size)
    as_before = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return not as_before or size != after.st_size


def name_of(path: Path) -> str:
    """Return the name of a file for display."""
    return clean.line(shown(Path(path.name))) or "A file without a name"


def shown(path: Path) -> str:
    """Return a path as text, guessing its encoding if it is not that of the system."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return decode(os.fsencode(path))
    return text


def in_vault(folder: Path, name: str, *, embedded: bool) -> Path | None:
    """Return the file that a note in a folder calls so, as Obsidian finds it in its vault.

    The vault is the nearest folder above with ``.obsidian`` in it, else, for ``embedded``
    files, the folder itself. A name means the file of this name anywhere in the vault.
    """
    wanted = _folded(name.strip("/")).split("/")
    top = _vault(folder) or (folder if embedded else None)
    if top is None or not wanted[-1] or ".." in wanted:
        return None
    named = _index(top, int(time.monotonic() / _INDEX_SECONDS)).get(wanted[-1], ())
    fitting = [
        path for path in named if _folded(path.as_posix()).split("/")[-len(wanted) :] == wanted
    ]
    return min(fitting, key=lambda path: len(path.parts), default=None)


def _vault(folder: Path) -> Path | None:
    near = (folder, *folder.parents[:_MOST_ABOVE])
    return next((place for place in near if (place / ".obsidian").is_dir()), None)


@lru_cache(maxsize=4)
def _index(top: Path, _period: int) -> dict[str, list[Path]]:
    """Return the files of a tree by their names; links and hidden folders are left out."""
    named: dict[str, list[Path]] = {}
    count = 0
    for place, folders, names in os.walk(top):
        folders[:] = [name for name in sorted(folders) if not name.startswith(".")]
        for name in sorted(names):
            if not (path := Path(place, name)).is_symlink():
                named.setdefault(_folded(name), []).append(path)
        count += len(names) + len(folders)
        if count > _MOST_INDEXED:
            break
    return named


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

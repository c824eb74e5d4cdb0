"""A complete copy of a library in a folder of its own, which Reader opens like any other library.

A note in the folder names the library and holds the hash of its file. So a later copy replaces an
earlier one, but never a library that somebody has changed since.
"""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.articles import images
from reader.library.backup import pictures
from reader.library.imports import originals
from reader.library.store import backup, creation, moved
from reader.progress import Report, silent

if TYPE_CHECKING:
    from reader.library.library import Library

NOTE = "library.db-copied"
_FILE = "library.db"
_FRESH = "library.db-copying"
_LOG = "library.db-wal"
_LARGEST_BYTES = 100_000
_HEADER = 100
_SAYS = "Copying the articles"


class _Note(NamedTuple):
    """The folder of the library that was copied, and the hashes of the files put here."""

    library: str
    digests: tuple[str, ...] = ()


def write(library: "Library", target: Path, report: Report = silent) -> None:
    """Copy a library, whole or not at all; an earlier copy stays until the new one is complete.

    The pictures are real copies, not links. Raises LibraryError, also if the folder holds anything
    else, or a copy that was changed since.
    """
    target = target.absolute()
    _check(library.folder, target)
    existed = target.exists()
    try:
        private.make_folder(target)
        _write_note(target, library.folder, _FILE)  # also for a later run if this one is killed
        _bring_pictures(library.folder / "images", target / "images", report)
        originals.bring(
            library.folder / originals.FOLDER, target / originals.FOLDER, report, exactly=True
        )
        report(0, 0, _SAYS)
        library.backup(target / _FRESH)
        _put_in_place(target, library.folder)
    except BaseException as error:
        if not (target / _FILE).exists():
            _take_back(target, keep_folder=existed)
        if isinstance(error, OSError):
            raise LibraryError(_trouble(target, error)) from error
        raise
    finally:
        with suppress(OSError):
            (target / _FRESH).unlink()


def _trouble(target: Path, error: OSError) -> str:
    return (
        f"The library could not be copied to {target} ({error.strerror or error}). The library is "
        "safe, and so is an earlier copy there; make sure that the drive is connected and has free "
        "space, then try again."
    )


# ---- the folder


def _check(library: Path, target: Path) -> None:
    """Raise LibraryError if a folder is refused."""
    here, there = Path(os.path.realpath(library)), Path(os.path.realpath(target))
    if here == there or here in there.parents or there in here.parents:
        raise LibraryError(
            f"{target} is the folder of the library, or one lies within the other. Nothing was "
            "copied; choose a folder elsewhere, at best on another disk."
        )
    if os.path.lexists(target) and not target.is_dir():
        raise LibraryError(f"{target} is a file. Nothing was copied; choose a folder.")
    names = [name for name in creation.names(target) if not name.startswith(_FRESH)]
    note = _read(target)
    if names and (note is None or NOTE not in names):
        raise LibraryError(
            f"The folder {target} is not empty: it holds {min(names)}. Nothing was copied; choose "
            "an empty folder, or make a new one."
        )
    if note is not None:
        _check_former(here, target, note)


def _check_former(library: Path, target: Path, note: _Note) -> None:
    if Path(os.path.realpath(moved.follow(Path(note.library)))) != library:
        raise LibraryError(
            f"{target} holds a copy of another library, {note.library}. Nothing was copied; choose "
            "another folder."
        )
    file, log = target / _FILE, target / _LOG
    has_log = log.exists() and log.stat().st_size
    if file.exists() and (has_log or _digest(file) not in note.digests):
        raise LibraryError(
            f"The library in {target} has changed since it was copied there, so it was left as it "
            "is. Nothing was copied; choose another folder."
        )


def _take_back(target: Path, *, keep_folder: bool) -> None:
    """Delete the parts of a first copy that could not be completed."""
    with suppress(OSError):
        for name in ("images", originals.FOLDER):
            shutil.rmtree(target / name, ignore_errors=True)
        for name in (_FRESH, NOTE):
            (target / name).unlink(missing_ok=True)
        if not keep_folder:
            target.rmdir()


# ---- the files


def _bring_pictures(source: Path, target: Path, report: Report) -> None:
    for name in creation.names(target):
        if images.state(target, name) is images.State.CHANGED:
            (target / name).unlink()
    pictures.keep(source, target, report, link=False)


def _put_in_place(target: Path, library: Path) -> None:
    """Give the new file its name; the note knows it before, and the former one as well."""
    fresh = target / _FRESH
    _note_private(fresh)
    _write_note(target, library, _FRESH, _FILE)
    fresh.replace(target / _FILE)
    backup.folder_to_disk(target)


def _write_note(target: Path, library: Path, *names: str) -> None:
    """Note the library and the hashes of those of the files that exist."""
    files = [target / name for name in names]
    note = _Note(str(library.absolute()), tuple(_digest(each) for each in files if each.exists()))
    with backup.made(target / NOTE) as out:
        out.write(json.dumps(note._asdict()).encode())
    backup.folder_to_disk(target)


def _note_private(file: Path) -> None:
    """Note that the folder is private, so that the first opening of the copy changes nothing."""
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        creation.protect_once(connection, file)
    finally:
        connection.close()
    backup.to_disk(file)


def _read(target: Path) -> _Note | None:
    """Return the note in a folder, None if it has none that can be read."""
    try:
        told = json.loads((target / NOTE).read_bytes()[:_LARGEST_BYTES])
        return _Note(str(told["library"]), tuple(map(str, told["digests"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(file: Path) -> str:
    """Return the SHA-256 of a database without its header, which opening it may change."""
    from hashlib import file_digest  # imported lazily for a fast start

    with file.open("rb") as opened:
        opened.seek(_HEADER)
        return file_digest(opened, "sha256").hexdigest()

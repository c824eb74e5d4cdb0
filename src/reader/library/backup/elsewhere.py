"""The second place of the copies: another disk or a synced folder, with the newest ones.

It has the same structure as ``backups``. A place that cannot be reached is a state, not an error.
"""

import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader import private
from reader.errors import LibraryError
from reader.library.backup import copies, pictures, taking
from reader.library.backup.copies import FOLDER, PLACE
from reader.library.backup.copy import Copy
from reader.library.backup.pieces import Pieces
from reader.library.imports import originals
from reader.library.store import backup
from reader.progress import Report, silent

_NOTE = "elsewhere.json"
_FOREIGN = re.compile(r'[\x00-\x1f<>:"/\\|?*\ud800-\udfff]+')
_LONGEST = 60
_LARGEST_NOTE = 10_000


class Note(NamedTuple):
    """The name of the library's folder in a second place, and when that was last reached."""

    name: str = ""
    reached_at: float = 0.0


def check(place: Path, library: Path) -> None:
    """Raise LibraryError if a folder cannot be a second place."""
    real, home = Path(os.path.realpath(place)), Path(os.path.realpath(library))
    if not place.is_absolute():
        raise LibraryError(f"{place} is not the whole path of a folder. Choose another folder.")
    if real == home or home in real.parents:
        raise LibraryError(
            f"{place} lies within the library's own folder, so it would be lost together with it. "
            "Choose a folder on another disk."
        )


def folder_of(library: Path, place: Path) -> Path | None:
    """Return the folder of a library's copies in a second place, None if there is none yet."""
    name = note(library).name
    return place / PLACE / name if name else None


def mirror(
    library: Path, place: Path, copy: Copy, limit: int | None, report: Report = silent
) -> None:
    """Write a copy to a second place, verified, and delete old ones there.

    Raises LibraryError if the place is refused, OSError if it cannot be reached or written to.
    """
    check(place, library)
    place.stat()  # an unplugged drive: its folder must not be made anew
    name = note(library).name or _new_name(library)
    source, target = library / FOLDER, place / PLACE / name
    with taking.alone(target):
        try:
            _write(source, target, copy, report)
            images = library / "images"
            for each in (images, source / "images"):
                pictures.keep(each, target / "images", report, link=False)
            there = target / originals.FOLDER
            originals.bring(library / originals.FOLDER, there, report, exactly=False)
        finally:
            with suppress(OSError):
                copies.sweep(target)
        taking.thin(target, library / "images", limit, copy.id)
    _write_note(library, Note(name, time.time()))


def _write(source: Path, target: Path, copy: Copy, report: Report) -> None:
    here, there = Pieces(source / "pieces"), Pieces(target / "pieces")
    header, _ = copies.read(copy.file)
    for number, entry in enumerate(header.pieces):
        report(number, len(header.pieces), "Copying to the second place")
        if there.size(entry.base) != here.size(entry.base):
            there.write(entry.base, here.read(entry.base))
    there.to_disk()
    file = target / copy.file.name
    copies.check(copy.file)
    with backup.made(file) as out:
        out.write(copy.file.read_bytes())
        out.flush()
        copies.check(Path(out.name))
    backup.folder_to_disk(target)


def note(library: Path) -> Note:
    """Return the note about the second place of a library."""
    try:
        found = json.loads((library / FOLDER / _NOTE).read_bytes()[:_LARGEST_NOTE])
        name, reached_at = str(found["name"]), float(found["reached_at"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Note()
    return Note(name, reached_at) if name and not _FOREIGN.search(name) else Note()


def _write_note(library: Path, found: Note) -> None:
    with backup.made(library / FOLDER / _NOTE) as out:
        out.write(json.dumps(found._asdict()).encode())


def _new_name(library: Path) -> str:
    """Return a name for a library that any file system can hold and no other library has."""
    name = _FOREIGN.sub(" ", library.name)[:_LONGEST].strip(" .")
    fresh = Note(f"{name} {os.urandom(3).hex()}".strip())
    private.make_folder(library / FOLDER)
    _write_note(library, fresh)
    return fresh.name

"""The place of an export: a file or a folder, proposed by the one used before."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths

from reader.exporting.kinds import FORMS, Kind, Shape, Wanted, makes_folder
from reader.exporting.names import name_of
from reader.file_names import plain


class Place(NamedTuple):
    """A folder, and the name of the file in it, ``""`` for many files.

    An ``exact`` name was chosen by the user, who has agreed to replace that file. Any other one is
    a proposal, which gets a number if it is taken by something else.
    """

    folder: Path
    name: str = ""
    exact: bool = False

    @property
    def path(self) -> Path:
        """Return the path for display."""
        return self.folder / self.name

    @property
    def target(self) -> Path:
        """Return the path to export to: that of a folder if the file is to be named there."""
        return self.path if self.exact else self.folder


def proposed(wanted: Wanted, places: Mapping[str, str]) -> Place:
    """Return the place for an export, beside or over that of the last one in its format.

    ``wanted`` has the title of the only article, or that of all; two ids mean that there are many.
    """
    kind, last = wanted.kind, _existing(places.get(wanted.kind, ""))
    if makes_folder(wanted):
        return Place(last or documents() / plain(wanted.title, "", untitled="Articles"))
    folder = last or documents()
    if FORMS[kind].shape is Shape.SET:  # its writer names no file
        return Place(folder, _free(folder, f"{wanted.title} {date.today():%Y-%m-%d}"), exact=True)
    return Place(folder, name_of(wanted.title or "Articles", FORMS[kind].suffix))


def documents() -> Path:
    """Return the user's folder of documents, or the home folder if there is none."""
    where = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(where))
    return folder if folder.is_dir() else Path.home()


def _existing(folder: str) -> Path | None:
    with suppress(OSError):
        if folder and Path(folder).is_dir():
            return Path(folder)
    return None


def _free(folder: Path, title: str) -> str:
    """Return a name that no file has yet."""
    suffix = FORMS[Kind.JSONL].suffix
    number = 1
    while (folder / name_of(title, suffix, number)).exists():
        number += 1
    return name_of(title, suffix, number)

"""The pictures of copies: hard links to those of the library, in ``backups/images``.

A picture that is deleted from the library stays as long as a copy names it. On a file system
without hard links, and in a second place, they are real copies.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.articles import images
from reader.library.backup.copy import Copy
from reader.library.backup.opened import opened
from reader.library.store import backup, creation
from reader.progress import Report, silent

_NAMES = (
    "SELECT name FROM article_image",
    "SELECT lead FROM article",
    "SELECT name FROM site_icon",
    "SELECT pictures || ' ' || lead FROM version",
)
_AT_ONCE = 200


def keep(source: Path, target: Path, report: Report = silent, *, link: bool = True) -> None:
    """Link or copy the pictures of a folder that another one lacks. Raises OSError."""
    missing = sorted(set(creation.names(source)) - set(creation.names(target)))
    names = [name for name in missing if images.path(source, name) is not None]
    if not names:
        return
    private.make_folder(target)
    for number, name in enumerate(names):
        if number % _AT_ONCE == 0:
            report(number, len(names), "Copying the pictures")
        with suppress(FileNotFoundError):  # deleted meanwhile
            _keep(source / name, target / name, link=link)
    backup.folder_to_disk(target)


def _keep(file: Path, target: Path, *, link: bool) -> None:
    if link:
        with suppress(FileExistsError):
            try:
                os.link(file, target)
                return
            except FileNotFoundError:
                raise
            except (OSError, NotImplementedError):
                pass  # a file system without hard links
    if not target.exists() and images.state(file.parent, file.name) is images.State.WHOLE:
        with backup.made(target) as out:
            out.write(file.read_bytes())


def sweep(folder: Path, pictures: Path, kept: Sequence[Copy]) -> None:
    """Delete the pictures of copies that neither the library nor a kept copy names.

    ``pictures`` are those of the library. If a copy cannot be read, all stay.
    """
    creation.sweep(folder)
    only_here = set(creation.names(folder)) - set(creation.names(pictures))
    unused = {name for name in only_here if images.path(folder, name) is not None}
    for copy in kept:
        if not unused:
            return
        try:
            with opened(copy) as connection:
                unused -= _named_in(connection)
        except (LibraryError, apsw.Error):
            return
    for name in unused:
        with suppress(OSError):  # the next sweep tries again
            (folder / name).unlink()


def _named_in(connection: apsw.Connection) -> set[str]:
    """Return the names of the pictures in a library of any schema."""
    names: set[str] = set()
    for sql in _NAMES:
        with suppress(apsw.SQLError):  # an older schema
            for (found,) in connection.execute(sql):
                names.update(str(found).split())
    return names

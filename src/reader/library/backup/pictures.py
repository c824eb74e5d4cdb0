"""The pictures of copies: hard links to those of the library, in ``backups/images``.

A picture that is deleted from the library stays as long as a copy names it. On a file system
without hard links, and in a second place, they are real copies.
"""

import os
from collections.abc import Iterable, Sequence
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
                unused -= named_in(connection)
        except (LibraryError, apsw.Error):
            return
    for name in unused:
        with suppress(OSError):  # the next sweep tries again
            (folder / name).unlink()


def named_in(connection: apsw.Connection) -> set[str]:
    """Return the names of the pictures in a library of any schema."""
    names: set[str] = set()
    for sql in _NAMES:
        with suppress(apsw.SQLError):  # an older schema
            for (found,) in connection.execute(sql):
                names.update(str(found).split())
    return names


def bring(
    folder: Path, copied: Sequence[Path], names: Iterable[str], report: Report = silent
) -> int:
    """Bring the pictures that a library lacks or that are damaged; return how many stay missing.

    ``folder`` is that of the library, ``copied`` are those to take them from. They are linked if
    possible, else copied. Raises LibraryError if one cannot be written.
    """
    missing, all = 0, sorted(names)
    for number, name in enumerate(all):
        if number % _AT_ONCE == 0:
            report(number, len(all), "Copying the pictures")
        if images.state(folder, name) is not images.State.WHOLE:
            missing += not _brought(folder, copied, name)
    try:
        if all and folder.is_dir():
            backup.folder_to_disk(folder)
    except OSError as error:
        raise LibraryError(
            f"The pictures could not be written to {folder} ({error.strerror}), so nothing was "
            "restored. Free some disk space, then try again."
        ) from error
    return missing


def bring_all(
    folder: Path, copied: Sequence[Path], names: Iterable[str], report: Report = silent
) -> int:
    """Bring the pictures of a whole library; return how many stay missing.

    To hash thousands of them takes long, so one counts as whole if it has the size of its copy.
    """
    sizes = [_sizes(each) for each in (folder, *copied)]
    there, *others = sizes
    wanted = {
        name for name in names
        if name not in there or any(there[name] != each.get(name, there[name]) for each in others)
    }  # fmt: skip
    return bring(folder, copied, wanted, report)


def _sizes(folder: Path) -> dict[str, int]:
    """Return the sizes of the pictures in a folder by their names."""
    try:
        with os.scandir(folder) as entries:
            return {each.name: each.stat().st_size for each in entries}
    except OSError:
        return {}


def _brought(folder: Path, copied: Sequence[Path], name: str) -> bool:
    """Take a picture from the first folder that has it whole; return whether one has it."""
    for each in copied:
        if images.state(each, name) is images.State.WHOLE:
            if not _linked(each / name, folder / name):
                images.keep(folder, (each / name).read_bytes(), name.partition(".")[2])
            return True
    return False


def _linked(file: Path, target: Path) -> bool:
    """Give a picture a second name, in place of a damaged one; return False if it cannot be."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    try:
        private.make_folder(target.parent)
        os.link(file, fresh)
        os.utime(fresh)  # as if it was written now: it is about to be used
        fresh.replace(target)
    except (OSError, NotImplementedError):  # another drive, or one without hard links
        with suppress(OSError):
            fresh.unlink()
        return False
    return True

"""Pictures from the folder of a copy: linked if possible, else copied; checked by their hash."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from reader import private
from reader.library.articles import images
from reader.library.store import backup


def bring(folder: Path, copied: Sequence[Path], names: Iterable[str]) -> int:
    """Bring the pictures that a library lacks or that are damaged; return how many stay missing.

    ``copied`` are the folders to take them from. Raises LibraryError if one cannot be written.
    """
    return sum(
        not (images.state(folder, name) is images.State.WHOLE or _take(folder, copied, name))
        for name in names
    )


def _take(folder: Path, copied: Sequence[Path], name: str) -> bool:
    """Take a picture from the first folder that has it whole; return whether one has it."""
    for each in copied:
        if images.state(each, name) is images.State.WHOLE:
            if not _linked(each / name, folder / name):
                data, ending = (each / name).read_bytes(), name.partition(".")[2]
                images.keep(folder, data, ending)
            return True
    return False


def _linked(source: Path, target: Path) -> bool:
    """Give a picture a second name in the library; return False if that is impossible."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        private.make_folder(target.parent)
        os.link(source, fresh)
        os.utime(fresh)  # as if it was written now: it is about to be used
        fresh.replace(target)
        backup.folder_to_disk(target.parent)
    except (OSError, NotImplementedError):  # another drive, or one without hard links
        with suppress(OSError):
            fresh.unlink()
        return False
    return True

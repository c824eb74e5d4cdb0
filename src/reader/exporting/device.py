"""An e-reader: a folder on it, to which articles are sent as EPUB."""

import os
from pathlib import Path
from typing import NamedTuple

from reader.errors import DeviceMissing
from reader.exporting.export import export
from reader.exporting.kinds import Kind, Wanted
from reader.library.library import Library
from reader.outcomes import ImportResult
from reader.progress import Report, silent


class Device(NamedTuple):
    """A folder of an e-reader, and the mount point of its disk, ``""`` if that is unknown."""

    folder: Path
    mount: str = ""

    @property
    def name(self) -> str:
        """Return its name for display: that of its disk, or of the folder on the own disk."""
        mounted = Path(self.mount) if self.mount else Path(self.folder.anchor)
        is_root = mounted == Path(mounted.anchor)
        return (self.folder if is_root else mounted).name or str(self.folder)

    def check(self) -> None:
        """Raise DeviceMissing if it is not plugged in, or the folder is gone.

        The empty folder that a disk leaves behind belongs to another disk.
        """
        try:
            is_there = self.folder.is_dir() and self._is_mounted()
        except OSError:
            is_there = False
        if not is_there:
            raise DeviceMissing(
                f"The reader device is not there: {self.folder} cannot be reached. Plug it in and "
                "send again, or choose another folder."
            )

    def _is_mounted(self) -> bool:
        if not self.mount:
            return True
        mounted, now = Path(self.mount), Path(mount_of(self.folder))
        return now == mounted or mounted in now.parents


class Parcel(NamedTuple):
    """Articles for a device: a book each, or one book of all of them under a title."""

    ids: tuple[int, ...]
    title: str = ""

    @property
    def is_book(self) -> bool:
        """Whether it is one book."""
        return bool(self.title)


def mount_of(folder: Path) -> str:
    """Return the mount point of the disk with a folder. Raises OSError."""
    place = folder.resolve(strict=True)
    while not os.path.ismount(place) and place != place.parent:
        place = place.parent
    return str(place)


def send(library: Library, parcel: Parcel, device: Device, report: Report = silent) -> ImportResult:
    """Write articles to a device, and flush them to its disk; return a row for each.

    The file of an article that was sent before is replaced. Raises DeviceMissing, or ExportError
    if nothing can be written there.
    """
    device.check()
    wanted = Wanted(Kind.EPUB, parcel.ids, parcel.title, as_book=parcel.is_book)
    return export(library, wanted, device.folder, report)

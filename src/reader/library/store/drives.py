"""The kind of place a folder is in: a disk, a synced folder, a network share, a removable drive.

Sync programs are known by the files they keep in the folders they sync, file systems by the type
and source in the table of mounts (proc(5), mountinfo). On macOS and Windows the system is asked;
that part follows the documentation of statfs(2) and GetDriveTypeW.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reader import private


class Kind(StrEnum):
    """The kind of a place. The values are stored in settings and never change."""

    DISK = "disk"
    SYNCED = "synced"
    """A program copies its files to other computers, one by one."""
    NETWORK = "network"
    """Other computers can use the same files, and memory cannot be shared with them."""
    REMOVABLE = "removable"
    """A file system of memory sticks, without permissions."""


class Place(NamedTuple):
    """A place: its kind, the name of the program or file system, and its topmost folder."""

    kind: Kind = Kind.DISK
    name: str = ""
    root: Path = Path()


class Mount(NamedTuple):
    """A line of the table of mounts."""

    point: Path
    type: str
    source: str


_MARKS = {
    ".stfolder": "Syncthing",
    ".stignore": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".shortcut-targets-by-id": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".megaignore": "MEGA",
    ".sync/ID": "Resilio Sync",
}
"""Entries that sync programs keep in the topmost folder that they sync."""

_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
"""Environment variables that hold the folder of a sync program."""

_PATHS = (
    (re.compile(r"/Library/Mobile Documents(/|$)"), "iCloud"),
    (re.compile(r"/iCloudDrive(/|$)"), "iCloud"),
    (re.compile(r"/Library/CloudStorage/([A-Za-z]+)"), ""),
)
"""Folders of macOS and Windows that are always synced; a group holds the name of the program."""

_IS_REMOTE = re.compile(r"//|\\\\|[\w.+-]+@|[^/\s]+:")
"""The source of a file system of another computer: ``//host/share``, ``host:/folder``, a URL."""

_NETWORK_TYPES = {"9p", "afs", "davfs", "fuse.gvfsd-fuse", "smbfs", "afpfs", "webdav"}
_CLOUD_TYPES = {
    "fuse.onedriver": "OneDrive",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.pcloud": "pCloud",
}
_STICK_TYPES = {"vfat": "FAT", "msdos": "FAT", "fat32": "FAT", "exfat": "exFAT"}

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_REMOVABLE, _REMOTE = 2, 4  # of Windows' GetDriveTypeW
_MNT_LOCAL, _FLAGS_AT, _TYPE_AT, _STATFS_BYTES = 0x1000, 64, 72, 4096  # of macOS' struct statfs


def of(folder: Path) -> Place:
    """Return the place of a folder, or of its parent if it does not exist."""
    real = Path(os.path.realpath(folder))
    return _synced(real) or _of_mount(real) or Place(root=real)


def shares_no_memory(place: Place) -> bool:
    """Return whether a write-ahead log is out of place.

    Its index is in shared memory, which computers of a network do not have in common, and a sync
    program that copies the log and the database one after the other takes them out of step.
    See "Write-Ahead Logging" of SQLite, section 8, and "How To Corrupt An SQLite Database File".
    """
    return place.kind in (Kind.NETWORK, Kind.SYNCED)


def holds_locks(folder: Path) -> bool:
    """Return whether a lock on a file of a folder keeps a second handle out.

    It writes a small file for a moment. Raises OSError if the folder cannot be written to.
    """
    file = folder / f"library.db.{os.getpid()}.{os.urandom(4).hex()}.new"
    handles = [private.opener(str(file), os.O_RDWR | os.O_CREAT) for _ in range(2)]
    try:
        return _locked(handles[0]) and not _locked(handles[1])
    finally:
        for handle in handles:
            os.close(handle)
        file.unlink(missing_ok=True)


# ---- sync programs


def _synced(folder: Path) -> Place | None:
    for each in map(str, (folder, *folder.parents)):
        for mark, program in _MARKS.items():
            if _is_marked(f"{each.rstrip(os.sep)}{os.sep}{mark}"):
                return Place(Kind.SYNCED, program, Path(each))
    for variable, program in _VARIABLES.items():
        root = os.environ.get(variable, "")
        if root and folder.is_relative_to(os.path.realpath(root)):
            return Place(Kind.SYNCED, program, Path(root))
    text = folder.as_posix()
    for pattern, program in _PATHS:
        if found := pattern.search(text):
            return Place(Kind.SYNCED, program or found[1], Path(text[: found.end()]))
    return None


def _is_marked(path: str) -> bool:
    """Return whether a mark exists; Dropbox also has ``~/.dropbox``, a folder of settings."""
    return os.path.lexists(path) and not (path.endswith(".dropbox") and Path(path).is_dir())


# ---- file systems


def _of_mount(folder: Path) -> Place | None:
    mount = _mount(folder)
    if mount is None:
        return None
    if (name := _CLOUD_TYPES.get(mount.type)) is not None:
        return Place(Kind.SYNCED, name, mount.point)
    if mount.type in _NETWORK_TYPES or _IS_REMOTE.match(mount.source):
        return Place(Kind.NETWORK, mount.type.removeprefix("fuse."), mount.point)
    if (name := _STICK_TYPES.get(mount.type)) is not None:
        return Place(Kind.REMOVABLE, name, mount.point)
    return None


def _mount(folder: Path) -> Mount | None:
    if sys.platform == "win32":
        return _of_windows(folder)
    if sys.platform == "darwin":
        return _of_macos(folder)
    with suppress(OSError):
        return holding(folder, mounts(_MOUNTS.read_text("utf-8", "surrogateescape")))
    return None


def mounts(table: str) -> Iterator[Mount]:
    """Yield the mounts of a table in the format of ``/proc/self/mountinfo``."""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        where, what = before.split(" "), after.split(" ")
        if len(where) > 4 and len(what) > 1:
            yield Mount(Path(_plain(where[4])), what[0], _plain(what[1]))


def holding(folder: Path, among: Iterator[Mount]) -> Mount | None:
    """Return the mount that holds a folder: the deepest, and the last of two in one place."""
    found: Mount | None = None
    for each in among:
        if folder.is_relative_to(each.point) and (
            found is None or len(each.point.parts) >= len(found.point.parts)
        ):
            found = each
    return found


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def _of_windows(folder: Path) -> Mount:
    import ctypes

    root = Path(folder.anchor)
    if folder.anchor.startswith("\\\\"):
        return Mount(root, "share", folder.anchor)
    kind = ctypes.windll.kernel32.GetDriveTypeW(str(root))  # type: ignore[attr-defined,unused-ignore]
    types = {_REMOTE: "smbfs", _REMOVABLE: "fat32"}
    return Mount(root, types.get(kind, ""), "")


def _of_macos(folder: Path) -> Mount | None:
    import ctypes

    found = ctypes.create_string_buffer(_STATFS_BYTES)
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if ctypes.CDLL(None).statfs(os.fsencode(there), found) != 0:
        return None
    flags = int.from_bytes(found.raw[_FLAGS_AT : _FLAGS_AT + 4], "little")
    type = found.raw[_TYPE_AT : _TYPE_AT + 16].partition(b"\0")[0].decode("ascii", "replace")
    return Mount(there, type, "" if flags & _MNT_LOCAL else "//")


# ---- locks

if sys.platform == "win32":

    def _locked(handle: int) -> bool:
        import msvcrt

        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:

    def _locked(handle: int) -> bool:
        """Lock a file for a handle; SQLite's own locks would not keep out the same process."""
        import fcntl
        import struct

        with suppress(OSError):
            if hasattr(fcntl, "F_OFD_SETLK"):
                of_all = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
                fcntl.fcntl(handle, fcntl.F_OFD_SETLK, of_all)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

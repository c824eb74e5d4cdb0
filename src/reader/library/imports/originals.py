"""The folder ``imports`` of a library: the files that were imported, and the reports.

``originals`` holds each file, or set of files, once, in a folder named by the hash of its bytes.
Beside it, each import has a folder with its report and a note that names its original. A folder
that was imported is kept as a zip archive, in which any name may stand.
"""

import json
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from reader import private
from reader.errors import LibraryError
from reader.library.store import backup, creation
from reader.library.store.collation import storable
from reader.progress import Report, silent

FOLDER = "imports"
_ORIGINALS, _NOTE, _REPORT = "originals", "original.json", "report"
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")
_PIECE = 1 << 20
_DAY = 86_400
_LARGEST_NOTE = 100_000
_LONGEST = 100
_FOREIGN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_SAYS = "Keeping the original files"


class _Member(NamedTuple):
    """A file to keep: its path, and its name in the zip archive if it lies in a folder."""

    path: Path
    inner: str = ""


def keep(folder: Path, paths: Sequence[Path], key: str, report: Report = silent) -> None:
    """Keep files as the original of an import, durably, whole or not at all."""
    if not _KEY.fullmatch(key) or key == _ORIGINALS:
        raise ValueError(key)
    with _said(folder):
        groups = {path: [*_members(path)] for path in paths}
        copying = _Copying(groups, report)
        digest = copying.digest()
        home = folder / _ORIGINALS / digest
        _sweep(home.parent)
        if not home.exists():
            _put(copying, home)
        private.make_folder(folder / key)
        size = sum(each.stat().st_size for each in home.iterdir())
        told = {"digest": digest, "size": size, "names": [storable(path.name) for path in paths]}
        _write(folder / key / _NOTE, json.dumps(told).encode())


def store_report(folder: Path, key: str, data: bytes) -> None:
    """Store the report of an import, durably; an earlier one is replaced."""
    with _said(folder):
        private.make_folder(folder / key)
        _write(folder / key / _REPORT, data)


def reports(folder: Path) -> list[str]:
    """Return the keys of the imports with a report, the last key first."""
    found = [name for name in creation.names(folder) if (folder / name / _REPORT).exists()]
    return sorted(found, reverse=True)


def report(folder: Path, key: str) -> bytes:
    """Return the report of an import. Raises LibraryError if there is none."""
    with _said(folder, f"There is no report of an import {key}"):
        return (folder / (key if _KEY.fullmatch(key) else "-") / _REPORT).read_bytes()


def size_of(folder: Path, key: str) -> int:
    """Return the size of the original of an import in bytes, 0 if it is not there."""
    digest = _digest_of(folder, key)
    with suppress(OSError):
        return sum(each.stat().st_size for each in (folder / _ORIGINALS / digest).iterdir())
    return 0


def files_of(folder: Path, key: str) -> list[Path]:
    """Return the files of the original of an import, none if it was deleted."""
    home = folder / _ORIGINALS / _digest_of(folder, key)
    return [home / name for name in sorted(creation.names(home))]


def delete(folder: Path, key: str, *, with_report: bool) -> None:
    """Delete the original of an import if it is there and no other import has the same."""
    with _said(folder, "The original file could not be deleted"):
        digest = _digest_of(folder, key)
        (folder / key / _NOTE).unlink(missing_ok=True)
        if with_report:
            (folder / key / _REPORT).unlink(missing_ok=True)
        others = {_digest_of(folder, name) for name in creation.names(folder)}
        home = folder / _ORIGINALS / digest
        if digest not in others and home.exists():
            shutil.rmtree(home)
        with suppress(OSError):  # its report is there
            (folder / key).rmdir()


def bring(source: Path, target: Path, report: Report = silent, *, exactly: bool) -> None:
    """Copy files that a folder lacks from another; ``exactly`` deletes the rest. Raises OSError."""
    below = _below(source, _refuse if exactly else None)
    files = [each.relative_to(source) for each in below]
    for number, file in enumerate(files):
        report(number, len(files), "Copying the imported files")
        with suppress(FileNotFoundError):  # deleted meanwhile
            if _size(source / file) != _size(target / file) or file.name == _NOTE:
                private.make_folder((target / file).parent)
                with (source / file).open("rb") as read, backup.made(target / file) as out:
                    shutil.copyfileobj(read, out, _PIECE)
                backup.folder_to_disk((target / file).parent)
    for each in [*_below(target)] if exactly else ():
        if each.relative_to(target) not in files:
            each.unlink(missing_ok=True)


class _Copying:
    """The files of an import, read twice: to name them by their hash, and to copy them."""

    def __init__(self, groups: dict[Path, list[_Member]], report: Report) -> None:
        self.groups = groups
        self._report = report
        self._done = 0
        members = [each for group in groups.values() for each in group]
        self._total = 2 * sum(_size(each.path) for each in members)

    def digest(self) -> str:
        """Return the hash of all files, and of their names unless there is only one."""
        return self._named(
            [(path, each, self._read(each.path, None)) for path, each in self._each()]
        )

    def write(self, home: Path) -> str:
        """Write the files to a folder; return the hash of the data written."""
        found, names = list[tuple[Path, _Member, str]](), set[str]()
        for path, members in self.groups.items():
            is_folder = any(each.inner for each in members) or path.is_dir()
            name = _safe(path.name + ".zip" if is_folder else path.name, names)
            names.add(name.casefold())
            with open(home / name, "xb", opener=private.opener) as out:
                if is_folder:
                    found += self._zip(path, members, out)
                else:
                    found += [(path, each, self._read(each.path, out)) for each in members]
                out.flush()
                os.fsync(out.fileno())
        return self._named(found)

    def _zip(
        self, path: Path, members: Sequence[_Member], out: IO[bytes]
    ) -> list[tuple[Path, _Member, str]]:
        from zipfile import ZipFile, ZipInfo  # imported lazily: folders are rare

        found = []
        with ZipFile(out, "w", allowZip64=True, strict_timestamps=False) as made:
            for each in members:
                info = ZipInfo.from_file(each.path, each.inner, strict_timestamps=False)
                with made.open(info, "w", force_zip64=True) as inside:
                    found.append((path, each, self._read(each.path, inside)))
        return found

    def _each(self) -> Iterator[tuple[Path, _Member]]:
        for path, members in self.groups.items():
            for each in members:
                yield path, each

    def _named(self, found: Sequence[tuple[Path, _Member, str]]) -> str:
        if len(found) == 1 and not found[0][1].inner:
            return found[0][2][:32]
        lines = sorted(f"{storable(path.name)}\0{its.inner}\0{hash}" for path, its, hash in found)
        return sha256("\n".join(lines).encode()).hexdigest()[:32]

    def _read(self, file: Path, out: IO[bytes] | None) -> str:
        """Return the hash of a file, which is copied to ``out``."""
        hash = sha256()
        with file.open("rb") as read:
            while piece := read.read(_PIECE):
                self._report(self._done, max(self._total, self._done), _SAYS)
                self._done += len(piece)
                hash.update(piece)
                if out is not None:
                    out.write(piece)
        return hash.hexdigest()


def _put(copying: _Copying, home: Path) -> None:
    """Write the files under a temporary name, and give it the final one if they are whole."""
    fresh = home.with_name(f"{home.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    private.make_folder(fresh)
    try:
        if copying.write(fresh) != home.name:
            raise LibraryError(
                f"{next(iter(copying.groups))} changed while it was copied; nothing was imported. "
                "Wait until it is complete, then import it again."
            )
        backup.folder_to_disk(fresh)
        fresh.rename(home)
        backup.folder_to_disk(home.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _members(path: Path) -> Iterator[_Member]:
    """Yield the regular files of a path, except hidden ones and links."""
    if not path.is_dir():
        if path.is_file():
            yield _Member(path)
        return
    for place, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if not name.startswith(".") and file.is_file() and not file.is_symlink():
                yield _Member(file, storable(file.relative_to(path).as_posix()))


def _safe(name: str, taken: set[str]) -> str:
    """Return a file name that any file system can hold and that is not taken yet."""
    clean = _FOREIGN.sub("_", unicodedata.normalize("NFC", name))
    stem, dot, ending = clean.rpartition(".")
    short = f"{stem[:_LONGEST]}{dot}{ending}"[: _LONGEST + 20].strip(". ") or "original"
    if _RESERVED.fullmatch(short) or short.endswith(".new"):
        short = f"_{short}_"
    number, found = 1, short
    while found.casefold() in taken:
        number += 1
        found = f"{number} {short}"
    return found


def _sweep(folder: Path) -> None:
    """Delete the leftovers of killed processes."""
    private.make_folder(folder)
    for name in creation.names(folder):
        with suppress(OSError):
            if name.endswith(".new") and time.time() - (folder / name).stat().st_mtime > _DAY:
                shutil.rmtree(folder / name)


def _digest_of(folder: Path, key: str) -> str:
    """Return the name of the folder of an original, ``"-"`` if the import has none."""
    try:
        told = json.loads((folder / key / _NOTE).read_bytes()[:_LARGEST_NOTE])
        digest = str(told["digest"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "-"
    return digest if _KEY.fullmatch(digest) else "-"


def _write(file: Path, data: bytes) -> None:
    with backup.made(file) as out:
        out.write(data)
    backup.folder_to_disk(file.parent)
    backup.folder_to_disk(file.parent.parent)


def _below(folder: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=onerror):
        folders[:] = [each for each in folders if not each.endswith(".new")]
        yield from (Path(place, name) for name in sorted(names) if not name.endswith(".new"))


def _refuse(error: OSError) -> None:
    """Stop at a folder that cannot be read: its files would be taken for deleted ones."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


@contextmanager
def _said(folder: Path, what: str = "") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if what:
            raise LibraryError(f"{what} ({reason}).") from error
        raise LibraryError(
            f"The imported file could not be kept in {folder} ({reason}), so nothing was imported. "
            "Make sure that the disk has free space, then try again."
        ) from error

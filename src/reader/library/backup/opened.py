"""A copy as a database: SQLite reads it from its pieces and pages, and nothing is written.

The names of the methods are those of SQLite's file layer (apsw, Virtual File System).
"""
# ruff: noqa: N802

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

import apsw

from reader.errors import LibraryError
from reader.library.backup import copies, found
from reader.library.backup.copies import Entry, Header
from reader.library.backup.copy import Copy, Reason
from reader.library.backup.pieces import SIZE, DamagedPiece, Pieces, hash_of
from reader.library.store import backup, damaged_pages
from reader.progress import Report, silent

_NUMBERS = count()
_MOST_FILES = 64
_VERSIONS = 18  # the two bytes of a database that ask for a write-ahead log


class Image:
    """The bytes of the database in a copy. Each piece is compared with its hash at first use."""

    def __init__(self, file: Path, pieces: Pieces, whole: Iterable[str] = ()) -> None:
        """``whole`` are pieces just compared. Raises ``copies.Unusable`` or OSError."""
        self.header, self._start = copies.read(file)
        copies.check(file)
        self._pieces = pieces
        self._file = file.open("rb")
        self._pages = _offsets(self.header, self._start)
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()
        self._whole = set(whole)

    def close(self) -> None:
        """Close all files."""
        for each in (self._file, *self._files.values()):
            each.close()

    def piece(self, number: int) -> bytes:
        """Return a piece with its changed pages, compared with its hash. Raises OSError."""
        entry, size = self.header.pieces[number], self.header.page_size
        data = bytearray(self._pieces.read(entry.base))
        for page in entry.pages:
            self._file.seek(self._pages[number, page])
            data[page * size : (page + 1) * size] = self._file.read(size)
        if entry.pages and hash_of(data) != entry.whole:
            raise DamagedPiece(5, "a piece of the copy is damaged", entry.base)
        return bytes(data)

    def read(self, amount: int, offset: int) -> bytes:
        """Return bytes of the database, fewer at its end. Raises OSError."""
        parts, end = [], min(offset + amount, self.header.size)
        size = self.header.page_size
        while offset < end:
            taken = min(end - offset, size - offset % size)
            parts.append(self._in_page(taken, offset))
            offset += taken
        return b"".join(parts)

    def _in_page(self, amount: int, offset: int) -> bytes:
        number, within = divmod(offset, SIZE)
        page, start = divmod(within, self.header.page_size)
        at = self._pages.get((number, page))
        if at is not None:
            self._file.seek(at + start)
            return self._file.read(amount)
        opened = self._opened(self.header.pieces[number])
        opened.seek(within)
        return opened.read(amount)

    def _opened(self, entry: Entry) -> BinaryIO:
        """Return the open file of a piece, after a comparison with its hash."""
        if entry.base in self._files:
            self._files.move_to_end(entry.base)
            return self._files[entry.base]
        if entry.base not in self._whole:
            self._pieces.read(entry.base)
            self._whole.add(entry.base)
        if len(self._files) >= _MOST_FILES:
            self._files.popitem(last=False)[1].close()
        self._files[entry.base] = self._pieces.file(entry.base).open("rb", buffering=0)
        return self._files[entry.base]


def _offsets(header: Header, start: int) -> dict[tuple[int, int], int]:
    """Return where in the file of a copy its pages lie, by the piece and the page within it."""
    keys = [(number, page) for number, each in enumerate(header.pieces) for page in each.pages]
    return {key: start + at * header.page_size for at, key in enumerate(keys)}


class _File:
    """An image as a file of SQLite: read-only, without locks."""

    def __init__(self, image: Image) -> None:
        self._image = image

    def xRead(self, amount: int, offset: int) -> bytes:
        """Return bytes; SQLite fills what is missing with zeros."""
        try:
            data = self._image.read(amount, offset)
        except OSError as error:
            raise apsw.IOError(str(error)) from error
        if offset <= _VERSIONS < offset + len(data):  # a log is never beside a copy
            at = _VERSIONS - offset
            data = data[:at] + b"\1\1"[: len(data) - at] + data[at + 2 :]
        return data

    def xFileSize(self) -> int:
        return self._image.header.size

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_IMMUTABLE

    def xFileControl(self, _operation: int, _pointer: int) -> bool:
        return False

    def xLock(self, _level: int) -> None:
        """Nobody changes a copy."""

    def xUnlock(self, _level: int) -> None:
        """Nobody changes a copy."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xSync(self, _flags: int) -> None:
        """Nothing was written."""

    def xWrite(self, _data: bytes, _offset: int) -> None:
        raise apsw.ReadOnlyError("a copy is never changed")

    def xTruncate(self, _size: int) -> None:
        raise apsw.ReadOnlyError("a copy is never changed")

    def xClose(self) -> None:
        """The image is closed by those who opened it."""


class _System(apsw.VFS):
    """A file system of SQLite in which one image is the only file."""

    def __init__(self, image: Image) -> None:
        self.name = f"reader-copy-{next(_NUMBERS)}"
        self._image = image
        super().__init__(self.name, "")

    def xOpen(self, _name: object, flags: list[int]) -> "apsw.VFSFile":
        if not flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            raise apsw.CantOpenError("a copy has no other files")
        flags[1] = apsw.SQLITE_OPEN_READONLY
        return _File(self._image)  # type: ignore[return-value]  # apsw asks for the methods only

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, _name: str, _flags: int) -> bool:
        return False

    def xDelete(self, _name: str, _sync_folder: bool) -> None:
        """Nothing was written."""


@contextmanager
def connected(image: Image) -> Iterator[apsw.Connection]:
    """Open an image as a read-only database. Raises apsw.Error."""
    system = _System(image)
    try:
        connection = apsw.Connection(
            f"file:copy?vfs={system.name}&immutable=1", flags=found.FLAGS, vfs=system.name
        )
        with closing(connection):
            for pragma in ("trusted_schema = OFF", "temp_store = MEMORY"):
                connection.execute(f"PRAGMA {pragma}")
            yield connection
    finally:
        system.unregister()


@contextmanager
def opened(copy: Copy) -> Iterator[apsw.Connection]:
    """Open a copy as a read-only database; nothing is written anywhere.

    Raises LibraryError if the copy is missing or damaged.
    """
    with ExitStack() as stack:
        with _said(copy):
            connection = _connection(copy, stack)
        try:
            yield connection
        except damaged_pages.BROKEN as error:
            raise _unusable(copy) from error


def _connection(copy: Copy, stack: ExitStack) -> apsw.Connection:
    if copy.reason is Reason.FOUND:
        return stack.enter_context(closing(found.opened(copy.file)))
    image = stack.enter_context(closing(_image(copy)))
    return stack.enter_context(connected(image))


def write_out(copy: Copy, file: Path, report: Report = silent) -> None:
    """Write a copy as a plain database file, whole or not at all. Raises LibraryError."""
    with _said(copy, file):
        if copy.reason is Reason.FOUND:
            with opened(copy) as connection:
                backup.copy(connection, file)
            return
        with closing(_image(copy)) as image, backup.made(file) as out:
            for number in range(len(image.header.pieces)):
                report(number * SIZE, image.header.size, "Copying")
                out.write(image.piece(number))
        backup.folder_to_disk(file.parent)


def _image(copy: Copy) -> Image:
    return Image(copy.file, Pieces(copy.file.parent / "pieces"))


@contextmanager
def _said(copy: Copy, target: Path | None = None) -> Iterator[None]:
    """Translate errors of a copy into sentences."""
    try:
        yield
    except (copies.Unusable, DamagedPiece, apsw.Error) as error:
        raise _unusable(copy) from error
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)  # a piece, unless it is the folder
        if not target or not os.path.lexists(copy.file) or (is_missing and target.parent.is_dir()):
            raise _unusable(copy) from error
        raise LibraryError(
            f"The copy could not be written to {target} ({error.strerror}). It is whole, and so "
            "is the library; free some disk space or choose another folder, then try again."
        ) from error


def _unusable(copy: Copy) -> LibraryError:
    if not os.path.lexists(copy.file):
        return LibraryError(
            f"The copy {copy.file} is no longer there. Nothing was changed; choose another copy."
        )
    return LibraryError(
        f"The copy {copy.file} is damaged or incomplete, or its disk cannot be read. Nothing was "
        "changed; choose another copy."
    )

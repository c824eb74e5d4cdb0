"""The files of a dictionary: read in places, packed ones (dictzip) too, within bounds."""

import os
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from reader.errors import DictionaryError, IngestError
from reader.ingest import disk

MOST_INDEX = 300_000_000
"""The greatest size of an unpacked index, in bytes."""
_MOST_WHOLE = 64_000_000  # of a packed file that can only be read from its start
_MOST_READ = 4_000_000
_MOST_INFO = 1_000_000
_PIECES_KEPT = 8
_EXTRA, _NAME, _COMMENT, _CHECK = 4, 8, 16, 2


class Blob(NamedTuple):
    """Data that can be read in places; ``size`` is its length, or the most that it can be."""

    size: int
    read: Callable[[int, int], bytes]
    close: Callable[[], None]

    def part(self, offset: int, size: int) -> bytes:
        """Return a part of the data. Raises DictionaryError if it is not there."""
        if size > _MOST_READ or offset + size > self.size:
            raise DictionaryError("An entry of this dictionary lies beyond its end.")
        found = self.read(offset, size)
        if len(found) != size:
            raise DictionaryError("An entry of this dictionary lies beyond its end.")
        return found


def opened(path: Path) -> Blob:
    """Open a file, packed or not. Raises DictionaryError."""
    file = _file(path)
    try:
        if file.read(2) == b"\x1f\x8b":
            return _packed(path, file)
    except (OSError, struct.error, zlib.error) as error:
        file.close()
        raise DictionaryError(f"{disk.name_of(path)} is damaged; get it again.") from error
    except DictionaryError:
        file.close()
        raise
    return Blob(os.fstat(file.fileno()).st_size, _plain(path, file), file.close)


def whole(path: Path, most: int = MOST_INDEX) -> bytes:
    """Return all of a file, unpacked. Raises DictionaryError if it exceeds ``most`` bytes."""
    with _file(path) as file:
        try:
            data = file.read(most + 1)
            if data[:2] == b"\x1f\x8b":
                data = _unpacked(data, most)
        except (OSError, zlib.error) as error:
            raise DictionaryError(f"{disk.name_of(path)} is damaged; get it again.") from error
    if len(data) > most:
        raise DictionaryError(f"{disk.name_of(path)} is too large to be read.")
    return data


def info(path: Path) -> str:
    """Return a small text file. Raises DictionaryError."""
    return whole(path, _MOST_INFO).decode("utf-8-sig", "replace")


def _file(path: Path) -> BufferedReader:
    try:
        return disk.opened(path)
    except IngestError as error:
        raise DictionaryError(str(error)) from error


def _plain(path: Path, file: BufferedReader) -> Callable[[int, int], bytes]:
    lock = threading.Lock()

    def read(offset: int, size: int) -> bytes:
        try:
            with lock:
                file.seek(offset)
                return file.read(size)
        except (OSError, ValueError) as error:
            raise DictionaryError(f"{disk.name_of(path)} could not be read.") from error

    return read


def _unpacked(data: bytes, most: int) -> bytes:
    """Return the content of gzip data, at most one byte more than ``most``."""
    unpacking = zlib.decompressobj(31)
    found = unpacking.decompress(data, most + 1)
    if len(found) <= most and not unpacking.eof:
        raise zlib.error("cut")
    return found


# ---- dictzip: gzip in pieces, each of which can be unpacked by itself


def _packed(path: Path, file: BufferedReader) -> Blob:
    length, sizes, start = _pieces(file)
    if not sizes:
        file.close()
        data = whole(path, _MOST_WHOLE)
        return Blob(len(data), lambda at, size: data[at : at + size], lambda: None)
    starts = [start]
    for size in sizes:
        starts.append(starts[-1] + size)
    if starts[-1] > os.fstat(file.fileno()).st_size:
        raise DictionaryError(f"{disk.name_of(path)} is cut off; get it again.")
    kept: OrderedDict[int, bytes] = OrderedDict()
    packed, lock = _plain(path, file), threading.Lock()

    def piece(number: int) -> bytes:
        if number not in kept:
            data = packed(starts[number], sizes[number])
            try:
                kept[number] = zlib.decompressobj(-15).decompress(data, length)
            except zlib.error as error:
                raise DictionaryError(f"{disk.name_of(path)} is damaged; get it again.") from error
            while len(kept) > _PIECES_KEPT:
                kept.popitem(last=False)
        return kept[number]

    def read(offset: int, size: int) -> bytes:
        first, last = offset // length, (offset + max(size, 1) - 1) // length
        with lock:
            found = b"".join(piece(number) for number in range(first, last + 1))
        return found[offset - first * length :][:size]

    return Blob(length * len(sizes), read, file.close)


def _pieces(file: BufferedReader) -> tuple[int, tuple[int, ...], int]:
    """Return the length of a piece, the packed sizes of all pieces, and the start of the first.

    There are none if the file is plain gzip.
    """
    file.seek(3)
    flags = file.read(1)[0]
    file.seek(10)
    length, sizes = 0, tuple[int, ...]()
    if flags & _EXTRA:
        (size,) = struct.unpack("<H", file.read(2))
        extra = file.read(size)
        while len(extra) >= 4:
            name, (part,) = extra[:2], struct.unpack("<H", extra[2:4])
            if name == b"RA":
                _, length, count = struct.unpack_from("<3H", extra, 4)
                sizes = struct.unpack_from(f"<{count}H", extra, 10)
            extra = extra[4 + part :]
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            while file.read(1) not in (b"\0", b""):
                pass
    start = file.tell() + (2 if flags & _CHECK else 0)
    return (length, sizes, start) if length else (0, (), start)

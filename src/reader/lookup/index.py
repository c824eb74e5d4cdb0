"""The words of a dictionary in the order of their folded form, kept in a file of our own.

Dictionaries sort their words in ways of their own, with accents apart. So the words are sorted
once; afterwards nothing but the few rows that a search asks for is read.
"""

import hashlib
import os
import struct
import tempfile
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import NamedTuple, overload

from reader import private
from reader.errors import DictionaryError, IngestError
from reader.folding import folded
from reader.ingest import disk

_MAGIC = b"Reader1\n"
_HEAD = struct.Struct("<8s32sQQ")  # magic, fingerprint, number of rows, size of the texts
_ROW = struct.Struct("<QII")  # offset and size of the entry, start of the text
MOST_WORDS = 5_000_000
_LONGEST = 1000
_PORTION = 10_000


class Row(NamedTuple):
    """A word and the place of its entry."""

    key: str
    word: str
    offset: int
    size: int


Place = tuple[bytes, int, int]
"""A word, and the offset and size of its entry."""


class Index(Sequence[bytes]):
    """The keys of a dictionary, in order; a key is the folded form of a word, as UTF-8."""

    def __init__(self, file: BufferedReader | BytesIO, count: int) -> None:
        self._file, self._count = file, count
        self._texts = _HEAD.size + (count + 1) * _ROW.size
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self._read(number)[2].partition(b"\0")[0]

    def row(self, number: int) -> Row:
        """Return a row by its number."""
        offset, size, text = self._read(number)
        key, _, word = text.partition(b"\0")
        return Row(key.decode("utf-8", "replace"), word.decode("utf-8", "replace"), offset, size)

    def of(self, key: str) -> list[Row]:
        """Return the rows of a key."""
        return [row for row in self.beginning(key, 100) if row.key == key]

    def beginning(self, start: str, most: int) -> Iterator[Row]:
        """Yield the rows whose keys begin with a text, at most some."""
        first = bisect_left(self, start.encode("utf-8", "replace"))
        for number in range(first, min(first + most, self._count)):
            row = self.row(number)
            if not row.key.startswith(start):
                return
            yield row

    def _read(self, number: int) -> tuple[int, int, bytes]:
        try:
            with self._lock:
                self._file.seek(_HEAD.size + number * _ROW.size)
                pair = self._file.read(2 * _ROW.size)
                offset, size, start = _ROW.unpack_from(pair)
                _, _, end = _ROW.unpack_from(pair, _ROW.size)
                self._file.seek(self._texts + start)
                return offset, size, self._file.read(max(0, min(end - start, 4 * _LONGEST)))
        except (OSError, struct.error) as error:
            raise DictionaryError("The words of a dictionary could not be read.") from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def kept(file: Path, fingerprint: bytes) -> Index | None:
    """Return the index that was kept in a file, None if it is that of another dictionary."""
    try:
        found = disk.opened(file)
    except IngestError:
        return None
    head = found.read(_HEAD.size)
    if len(head) == _HEAD.size:
        magic, of, count, texts = _HEAD.unpack(head)
        whole = _HEAD.size + (count + 1) * _ROW.size + texts
        size = os.fstat(found.fileno()).st_size
        if (magic, of, whole) == (_MAGIC, fingerprint, size):
            return Index(found, count)
    found.close()
    return None


def made(places: Iterable[Place], fingerprint: bytes, file: Path | None) -> Index:
    """Return the index of some words, and keep it in a file if that is possible."""
    data = _packed(places, fingerprint)
    count = _HEAD.unpack_from(data)[2]
    if file is not None and _keep(data, file):
        index = kept(file, fingerprint)
        if index is not None:
            return index
    return Index(BytesIO(data), count)


def key_of(word: str) -> str:
    """Return the key of a word."""
    return " ".join(folded(word).split())[:_LONGEST]


def fingerprint_of(files: Iterable[Path]) -> bytes:
    """Return a checksum of the names, sizes and dates of files."""
    told = []
    for file in files:
        try:
            state = file.stat()
        except OSError as error:
            raise DictionaryError(f"{disk.name_of(file)} could not be read.") from error
        told.append(f"{file}\0{state.st_size}\0{state.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).digest()


def _packed(places: Iterable[Place], fingerprint: bytes) -> bytes:
    found = []
    for raw, offset, size in places:
        if raw.isascii():
            key = raw.lower() if b" " not in raw and raw.isalpha() else _key(raw)
        else:
            key = _key(raw)
        if key:
            found.append((key, raw, offset, size))
    if len(found) > MOST_WORDS:
        raise DictionaryError("This dictionary has too many words to be read.")
    # In small portions, as sorting holds up all other threads.
    portions = [sorted(found[at : at + _PORTION]) for at in range(0, len(found), _PORTION)]
    texts, rows, start = [], [], 0
    for key, raw, offset, size in merge(*portions):
        text = key + b"\0" + raw[:_LONGEST]
        texts.append(text)
        rows.append(_ROW.pack(offset, size, start))
        start += len(text)
    rows.append(_ROW.pack(0, 0, start))
    head = _HEAD.pack(_MAGIC, fingerprint, len(found), start)
    return b"".join((head, *rows, *texts))


def _key(raw: bytes) -> bytes:
    return key_of(raw.decode("utf-8", "replace")).replace("\0", "").encode("utf-8", "replace")


def _keep(data: bytes, file: Path) -> bool:
    try:
        private.make_folder(file.parent)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as new:
            new.write(data)
        Path(new.name).replace(file)
    except OSError:  # a full disk: it is made again the next time
        return False
    return True

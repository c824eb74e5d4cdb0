"""The files in a book, within bounds; of a damaged book as many as can be read."""

import io
import posixpath
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from reader.errors import IngestError
from reader.ingest import zips

_MOST_BYTES = 400_000_000
_LARGEST = 60_000_000
_MOST_PARTS = 50_000
_LOCAL = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8


class Parts:
    """The files in a book by their paths; ``whole`` turns False if one is damaged or missing."""

    def __init__(self, data: bytes) -> None:
        """Open a book. Raises IngestError if nothing in it can be read."""
        self.whole = True
        self._size = 0
        self._archive: zips.Zip | None = None
        self._loose: dict[str, bytes] = {}
        try:
            self._archive = zips.Zip(io.BytesIO(data))
        except IngestError:
            self.whole = False
            self._loose = dict(_found(data))
            if not self._loose:
                raise
        members = self._archive.members if self._archive else ()
        self._members = {same(member.name): member for member in members}
        if self._archive and self._archive.refused:
            self.whole = False
        self.names = frozenset(self._members) | frozenset(self._loose)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, nothing if it is missing, damaged or too large."""
        name = same(path)
        if name in self._loose:
            return self._loose[name]
        member = self._members.get(name)
        if member is None or self._archive is None:
            return b""
        try:
            data = self._archive.read(member, min(_LARGEST, _MOST_BYTES - self._size))
        except IngestError:
            self.whole = False
            return b""
        self._size += len(data)
        return data

    def __contains__(self, path: str) -> bool:
        return same(path) in self.names


def same(path: str) -> str:
    """Return the form of a path in which equal ones are equal in Unicode as well."""
    return unicodedata.normalize("NFC", path.replace("\\", "/")).lstrip("/")


def resolved(base: str, href: str) -> tuple[str, str]:
    """Return the path and the fragment that a link in a file means, ``""`` if it leads out."""
    try:
        link = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if link.scheme or link.netloc:
        return "", ""
    if not link.path:
        return same(base), unquote(link.fragment)
    folder = posixpath.dirname(base)
    path = posixpath.normpath(posixpath.join(folder, unquote(link.path)))
    return ("" if path.startswith("..") else same(path)), unquote(link.fragment)


def _found(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive whose directory is damaged, by their own headers."""
    at, size = data.find(_LOCAL), 0
    for _ in range(_MOST_PARTS):
        if at < 0 or at + _HEADER.size > len(data):
            return
        found = _HEADER.unpack_from(data, at)
        method, packed, long, more = found[3], found[7], found[9], found[10]
        start = at + _HEADER.size + long + more
        name = data[at + _HEADER.size : at + _HEADER.size + long].decode(errors="replace")
        content, end = _unpacked(data, start, method, packed)
        size += len(content)
        if size > _MOST_BYTES:
            return
        if content and zips.safe_name(name):
            yield same(name), content
        at = data.find(_LOCAL, max(end, at + 1))


def _unpacked(data: bytes, start: int, method: int, packed: int) -> tuple[bytes, int]:
    """Return the data that can be unpacked from a place, and the index behind it."""
    if method == _STORED:
        end = start + packed if packed else data.find(b"PK", start)
        end = len(data) if end < 0 else end
        return data[start:end][:_LARGEST], end
    if method != _DEFLATED:
        return b"", start
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    content, at = bytearray(), start
    try:
        while not reader.eof and at < len(data) and len(content) < _LARGEST:
            piece = data[at : at + 65_536]
            content += reader.decompress(piece, _LARGEST - len(content))
            at += len(piece) - len(reader.unused_data) - len(reader.unconsumed_tail)
            if reader.unconsumed_tail:
                break
    except zlib.error:
        return bytes(content), at
    return bytes(content), at

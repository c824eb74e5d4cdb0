"""Archives (ZIP) that were cut off, such as by a broken download: their directory is made again.

The directory stands at the end of an archive; without it, the members are found one behind the
other by the headers before each of them.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MEMBER, _DESCRIPTION = b"PK\3\4", b"PK\7\x08"
_LATER, _STORED, _DEFLATED = 0x8, 0, 8
_PIECE = 1 << 16
_MOST_MEMBERS = 65_000
_MOST_BYTES = 2_000_000_000
"""The most that is unpacked to find the ends of members."""
_LARGEST = 0xFFFF_FFFE


class _Member(NamedTuple):
    """A member: the header before it, and facts about its contents."""

    offset: int
    header: tuple[Any, ...]
    name: bytes
    crc: int
    packed: int
    size: int


def rescued(file: IO[bytes]) -> IO[bytes] | None:
    """Return an archive with a directory of the members that are whole, None if there is none."""
    members = list(_members(file))
    if not members:
        return None
    end = file.seek(0, io.SEEK_END)
    central = b"".join(map(_described, members))
    total = len(members)
    last = _END.pack(b"PK\5\6", 0, 0, total, total, len(central), end, 0)
    return io.BufferedReader(_Joined(file, end, central + last)) if end <= _LARGEST else None


class _Joined(io.RawIOBase):
    """A file, and bytes behind it."""

    def __init__(self, file: IO[bytes], size: int, behind: bytes) -> None:
        self._file = file
        self._size = size
        self._behind = behind
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        whole = self._size + len(self._behind)
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: whole}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at < self._size:
            self._file.seek(self._at)
            piece = self._file.read(min(len(buffer), self._size - self._at))
        else:
            start = self._at - self._size
            piece = self._behind[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _members(file: IO[bytes]) -> Iterator[_Member]:
    offset, spent, count = 0, 0, 0
    while count < _MOST_MEMBERS and spent < _MOST_BYTES:
        file.seek(offset)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(_MEMBER):
            return
        header = _LOCAL.unpack(head)
        name = file.read(header[9])
        if not name:
            return
        start = offset + _LOCAL.size + header[9] + header[10]
        found = _found(file, offset, header, name, start)
        if found is None:
            return
        member, offset = found
        spent, count = spent + member.size, count + 1
        yield member


def _found(
    file: IO[bytes], offset: int, header: tuple[Any, ...], name: bytes, start: int
) -> tuple[_Member, int] | None:
    """Return a member and the offset behind it, None if it is not whole."""
    _, _, flags, method, _, _, crc, packed, size, _, _ = header
    if not flags & _LATER:
        end = file.seek(0, io.SEEK_END)
        whole = start + packed <= end
        return (_Member(offset, header, name, crc, packed, size), start + packed) if whole else None
    if method != _DEFLATED:
        return None
    file.seek(start)
    unpacked = _unpacked(file)
    if unpacked is None:
        return None
    crc, packed, size = unpacked
    return _Member(offset, header, name, crc, packed, size), _behind(file, start, unpacked)


def _behind(file: IO[bytes], start: int, unpacked: tuple[int, int, int]) -> int:
    """Return the offset behind the description that follows some contents."""
    crc, packed, size = unpacked
    file.seek(start + packed)
    described = file.read(24)
    signed = 4 if described.startswith(_DESCRIPTION) else 0
    long = described[signed : signed + 20] == struct.pack("<LQQ", crc, packed, size)
    return start + packed + signed + (20 if long else 12)


def _unpacked(file: IO[bytes]) -> tuple[int, int, int] | None:
    """Return the checksum, the packed and the whole size of the data here, None if it is cut."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    crc = packed = size = 0
    while not unpacker.eof and size < _MOST_BYTES:
        piece = unpacker.unconsumed_tail or file.read(_PIECE)
        if not piece:
            return None
        packed += 0 if unpacker.unconsumed_tail else len(piece)
        try:
            made = unpacker.decompress(piece, _PIECE * 16)
        except zlib.error:
            return None
        crc, size = zlib.crc32(made, crc), size + len(made)
    if not unpacker.eof:
        return None
    return crc, packed - len(unpacker.unused_data) - len(unpacker.unconsumed_tail), size


def _described(member: _Member) -> bytes:
    _, version, flags, method, time, date, *_ = member.header
    sizes = (member.crc, min(member.packed, _LARGEST), min(member.size, _LARGEST))
    return (
        _CENTRAL.pack(
            b"PK\1\2", 20, version, flags & ~_LATER, method, time, date, *sizes,
            len(member.name), 0, 0, 0, 0, 0, member.offset,
        )
        + member.name
    )  # fmt: skip

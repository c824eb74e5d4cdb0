"""Archives (ZIP) read in place, within bounds; the names of their members lead nowhere.

The claims of a member about itself are checked before any of it is unpacked: nothing is unpacked
beyond its claim.
"""

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import IO, NamedTuple

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.decode import decode

DAMAGED = "This archive is damaged or locked; nothing was read from it."
MOST_MEMBERS = 250_000
_MOST_DIRECTORY = 40_000_000
_LARGEST = 4_000_000_000
_RATIO = 200
_RATIO_FROM = 10_000_000
_TOTAL_FROM = 1_000_000_000
_LONGEST_NAME = 1_000
_DEEPEST = 40
_HEADER = 30
_PIECE = 65_536
_UTF8 = 0x800
_LOCKED = 0x1
_UNICODE_NAME = 0x7075
_METHODS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
_WIDE = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949")
_LEFTOVERS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "icon\r"})


class Why(StrEnum):
    """Why a member of an archive or folder is not read."""

    NAME = "its name leads out"
    LINK = "a link"
    SPECIAL = "not a file"
    LOCKED = "locked by a password"
    METHOD = "packed by an unknown method"
    OVERLAP = "it overlaps another one"
    LARGE = "far too large"
    MANY = "there are too many"
    DAMAGED = "damaged"
    CUT = "the end of the archive is missing"


class Refused(NamedTuple):
    """A member that is not read."""

    name: str
    why: Why


class Member(NamedTuple):
    """A member of an archive by a name that is safe to show and to compare."""

    name: str
    info: zipfile.ZipInfo


class Unpacked(NamedTuple):
    """The contents of a member; not ``whole`` if it is damaged at some point."""

    data: bytes
    whole: bool


class Zip:
    """An open archive: its members in their order, and the refused ones."""

    members: tuple[Member, ...]
    refused: tuple[Refused, ...]

    def __init__(self, file: IO[bytes]) -> None:
        """Read the directory of an archive. Raises IngestError if it is damaged or too large.

        If the archive is cut off, whole members are read, and the rest is refused as one.
        """
        try:
            _check_directory(file)
            self._archive, is_cut = _opened(file)
        except IngestError:
            raise
        except Exception as error:  # zipfile guarantees nothing for damaged files
            raise IngestError(DAMAGED) from error
        self.members, refused = _sorted_out(self._archive)
        self.refused = (*refused, *([Refused("", Why.CUT)] if is_cut else []))

    def opened(self, member: Member) -> IO[bytes]:
        """Return a member as a stream, whose damage raises IngestError."""
        try:
            return reading(self._archive.open(member.info), member.name, member.info.file_size)
        except Exception as error:  # damaged, or not what the directory claims
            raise _damaged(member.name) from error

    def read(self, member: Member, most: int) -> bytes:
        """Return the bytes of a member. Raises IngestError if it is damaged or larger."""
        if member.info.file_size > most:
            raise IngestError(f"{clean.line(member.name)} is larger than {most // 1_000_000} MB.")
        with self.opened(member) as stream:
            return stream.read()

    def unpacked(self, member: Member, most: int) -> Unpacked:
        """Return the bytes of a member as far as it is undamaged, up to more than ``most``."""
        content, whole = bytearray(), True
        try:
            with self._archive.open(member.info) as stream:
                # Otherwise the last piece of a damaged member is withheld; it is checked below.
                stream._expected_crc = None  # type: ignore[attr-defined]
                while len(content) <= most and (piece := stream.read(_PIECE)):
                    content += piece
        except Exception:  # damaged, or not what the directory claims
            whole = False
        return Unpacked(bytes(content), whole and zlib.crc32(content) == member.info.CRC)

    def close(self) -> None:
        """Forget the archive; its file stays open."""
        self._archive.close()


class _Reading(io.RawIOBase):
    """A stream of bytes that ends at a bound and turns all damage into IngestError."""

    def __init__(self, stream: IO[bytes], name: str, most: int) -> None:
        self._stream = stream
        self._name = name
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def readall(self) -> bytes:
        return self._next(self._left)

    def _next(self, most: int) -> bytes:
        try:
            piece = self._stream.read(min(most, self._left))
        except Exception as error:  # decompressors raise what they like
            raise _damaged(self._name) from error
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def reading(stream: IO[bytes], name: str, most: int) -> IO[bytes]:
    """Return a stream that ends after ``most`` bytes and whose damage raises IngestError."""
    return io.BufferedReader(_Reading(stream, name, most), 1 << 16)


def _damaged(name: str) -> IngestError:
    return IngestError(f"{clean.line(name)} is damaged; it could not be read.")


def _check_directory(file: IO[bytes]) -> None:
    """Refuse an archive whose list of members would not fit into the memory."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if end and (end[4] > MOST_MEMBERS or end[5] > _MOST_DIRECTORY):
        raise IngestError(
            f"There are more than {MOST_MEMBERS:,} files in this archive; it was not read."
        )


def _opened(file: IO[bytes]) -> tuple[zipfile.ZipFile, bool]:
    """Return an archive and whether its end is missing."""
    try:
        return zipfile.ZipFile(file), False
    except Exception:
        from reader.ingest.zip_rescue import rescued  # rarely needed

        whole = rescued(file)
        if whole is None:
            raise
        return zipfile.ZipFile(whole), True


def _sorted_out(archive: zipfile.ZipFile) -> tuple[tuple[Member, ...], tuple[Refused, ...]]:
    infos = [x for x in archive.infolist() if not x.filename.endswith(("/", "\\"))]
    named = _decoder(infos)
    crossing = _overlapping(infos, archive.start_dir)
    swollen = _is_swollen(infos)
    members, refused = [], []
    for info in infos:
        raw = named(info)
        if is_leftover(raw):
            continue
        name = safe_name(raw)
        why = _refusal(info, name, crossing, swollen=swollen)
        if why is None:
            members.append(Member(name, info))
        else:
            refused.append(Refused(clean.line(raw), why))
    return tuple(members), tuple(refused)


def _refusal(
    info: zipfile.ZipInfo, name: str, crossing: frozenset[int], *, swollen: bool
) -> Why | None:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    ratio = info.file_size > _RATIO * max(1, info.compress_size)
    checks = (
        (not name, Why.NAME),
        (kind == stat.S_IFLNK, Why.LINK),
        (kind not in (0, stat.S_IFREG, stat.S_IFLNK), Why.SPECIAL),
        (bool(info.flag_bits & _LOCKED), Why.LOCKED),
        (info.compress_type not in _METHODS, Why.METHOD),
        (id(info) in crossing, Why.OVERLAP),
        (info.file_size > _LARGEST, Why.LARGE),
        (ratio and (swollen or info.file_size > _RATIO_FROM), Why.LARGE),
    )
    return next((why for wrong, why in checks if wrong), None)


def _is_swollen(infos: Iterable[zipfile.ZipInfo]) -> bool:
    """Return whether an archive would become far larger altogether than it is."""
    whole = packed = 0
    for info in infos:
        whole += info.file_size
        packed += info.compress_size
    return whole > _TOTAL_FROM and whole > _RATIO * max(1, packed)


def _overlapping(infos: Sequence[zipfile.ZipInfo], end: int) -> frozenset[int]:
    """Return the members whose bytes run into another one; bombs use the same bytes many times.

    Of several with all their bytes in common, the first is kept.
    """
    last_first = sorted(infos, key=lambda info: info.header_offset, reverse=True)
    bounds = [end, *(info.header_offset for info in last_first)]
    return frozenset(
        id(info)
        for info, bound in zip(last_first, bounds, strict=False)
        if info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size > bound
    )


# ---- names


def is_leftover(name: str) -> bool:
    """Return whether a file was left by a system, not by the user: ``__MACOSX/``, ``._*``."""
    parts = name.replace("\\", "/").split("/")
    last = parts[-1].casefold()
    return "__MACOSX" in parts or last.startswith("._") or last in _LEFTOVERS


def safe_name(raw: str) -> str:
    """Return a name that is relative and stays inside, composed (NFC); else ``""``."""
    name = unicodedata.normalize("NFC", raw.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".")]
    drive = name[1:2] == ":" and name[:1].isalpha()
    if name.startswith("/") or drive or ".." in parts or "\0" in name:
        return ""
    return "/".join(parts) if len(name) <= _LONGEST_NAME and len(parts) <= _DEEPEST else ""


def _decoder(infos: Iterable[zipfile.ZipInfo]) -> Callable[[zipfile.ZipInfo], str]:
    """Return how the names of an archive are read: many programs do not declare the encoding."""
    unknown = [
        raw
        for info in infos
        if not info.flag_bits & _UTF8 and not info.orig_filename.isascii()
        and (raw := _raw(info)) is not None
    ]  # fmt: skip
    encoding = _encoding_of(b"\n".join(unknown)) if unknown else "cp437"

    def named(info: zipfile.ZipInfo) -> str:
        if told := _unicode_name(info):
            return told
        raw = None if info.flag_bits & _UTF8 else _raw(info)
        return info.orig_filename if raw is None else raw.decode(encoding, "replace")

    return named


def _raw(info: zipfile.ZipInfo) -> bytes | None:
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _encoding_of(names: bytes) -> str:
    try:
        names.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(names)
        alike = (each for each in _WIDE if names.decode(each, "replace") == text)
        return next(alike, "cp437")
    return "utf-8"


def _unicode_name(info: zipfile.ZipInfo) -> str:
    """Return the name in the extra field of Info-ZIP, ``""`` if there is none."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == _UNICODE_NAME and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""

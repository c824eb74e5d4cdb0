"""Tiny dictionaries for tests, in the formats of StarDict and dictd."""

import gzip
import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

Words = Mapping[str, str] | Sequence[tuple[str, str]]


def stardict(
    folder: Path,
    name: str,
    words: Words,
    *,
    kinds: str = "m",
    also: Sequence[tuple[str, int]] = (),
    packed: bool = False,
    wide: bool = False,
) -> Path:
    """Write a dictionary of StarDict; ``also`` are further words with the number of their entry."""
    pairs = [*words.items()] if isinstance(words, Mapping) else [*words]
    written, found, at = [text.encode() for _, text in pairs], [], 0
    for (word, _), data in zip(pairs, written, strict=True):
        place = struct.pack(">QI" if wide else ">II", at, len(data))
        found.append(word.encode() + b"\0" + place)
        at += len(data)
    index, texts = b"".join(found), b"".join(written)
    told = ["StarDict's dict ifo file", "version=3.0.0", f"bookname=The {name}"]
    told += [f"wordcount={len(pairs)}", f"idxfilesize={len(index)}"]
    told += [f"sametypesequence={kinds}"] if kinds else []
    told += ["idxoffsetbits=64"] if wide else []
    folder.mkdir(parents=True, exist_ok=True)
    if packed:
        (folder / f"{name}.idx.gz").write_bytes(gzip.compress(index))
        (folder / f"{name}.dict.dz").write_bytes(dictzip(texts))
    else:
        (folder / f"{name}.idx").write_bytes(index)
        (folder / f"{name}.dict").write_bytes(texts)
    if also:
        more = b"".join(word.encode() + b"\0" + struct.pack(">I", at) for word, at in also)
        (folder / f"{name}.syn").write_bytes(more)
    file = folder / f"{name}.ifo"
    file.write_text("\n".join(told) + "\n", "utf-8")
    return file


def dictd(folder: Path, name: str, words: Words, *, packed: bool = True) -> Path:
    """Write a dictionary of dictd that calls itself “The name”."""
    pairs = [*words.items()] if isinstance(words, Mapping) else [*words]
    pairs = [("00-database-short", f"00-database-short\n     The {name}\n"), *pairs]
    parts, lines, at = [text.encode() for _, text in pairs], [], 0
    for (word, _), data in zip(pairs, parts, strict=True):
        lines.append(f"{word}\t{number(at)}\t{number(len(data))}\n")
        at += len(data)
    texts = b"".join(parts)
    folder.mkdir(parents=True, exist_ok=True)
    end, written = (".dict.dz", dictzip(texts)) if packed else (".dict", texts)
    (folder / f"{name}{end}").write_bytes(written)
    file = folder / f"{name}.index"
    file.write_text("".join(lines), "utf-8")
    return file


def number(value: int) -> str:
    """Return a number in the letters of dictd."""
    digits = _LETTERS[value % 64]
    while value := value // 64:
        digits = _LETTERS[value % 64] + digits
    return digits


def dictzip(data: bytes) -> bytes:
    """Return data packed in pieces that can be unpacked by themselves."""
    length = max(1000, len(data) // 30_000 + 1)
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = []
    for start in range(0, len(data), length):
        piece = packing.compress(data[start : start + length])
        pieces.append(piece + packing.flush(zlib.Z_FULL_FLUSH))
    sizes = b"".join(struct.pack("<H", len(piece)) for piece in pieces)
    told = struct.pack("<3H", 1, length, len(pieces)) + sizes
    extra = b"RA" + struct.pack("<H", len(told)) + told
    head = b"\x1f\x8b\x08\x04" + bytes(6) + struct.pack("<H", len(extra)) + extra
    foot = packing.flush() + struct.pack("<2I", zlib.crc32(data), len(data) % 2**32)
    return head + b"".join(pieces) + foot

"""StarDict: a description (.ifo), words (.idx), further words (.syn) and entries (.dict)."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from reader.errors import DictionaryError
from reader.lookup import blob
from reader.lookup.index import Place

Part = tuple[str, bytes]
"""A part of an entry: the letter of its kind, and its data."""

_TEXTS = frozenset("mlgtxykwhn")
_START = "StarDict's dict ifo file"


def info(file: Path) -> Mapping[str, str]:
    """Return the description of a dictionary. Raises DictionaryError."""
    lines = blob.info(file).splitlines()
    if not lines or lines[0].strip() != _START:
        raise DictionaryError(f"{file.name} does not describe a StarDict dictionary.")
    pairs = (line.partition("=") for line in lines[1:] if "=" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def files(description: Path) -> list[Path]:
    """Return the files of a dictionary: description, words, entries, and further words if any."""
    name = description.name.removesuffix(".ifo")
    found = [description]
    for endings in ((".idx", ".idx.gz"), (".dict.dz", ".dict"), (".syn", ".syn.gz", ".syn.dz")):
        there = [file for end in endings if (file := description.with_name(name + end)).exists()]
        if there:
            found.append(there[0])
        elif endings[0] != ".syn":
            raise DictionaryError(f"{name}{endings[0]} is missing beside {description.name}.")
    return found


def places(told: Mapping[str, str], words: Path, more: Path | None) -> Iterator[Place]:
    """Yield the words of a dictionary and the places of their entries. Raises DictionaryError."""
    place = struct.Struct(">QI" if told.get("idxoffsetbits") == "64" else ">II")
    found, ends = _split(blob.whole(words), place.size, words.name)
    entries = [*place.iter_unpack(ends)]
    for word, (offset, size) in zip(found, entries, strict=True):
        yield word, offset, size
    if more is not None:
        others, ends = _split(blob.whole(more), 4, more.name)
        for word, (number,) in zip(others, struct.iter_unpack(">I", ends), strict=True):
            if number < len(entries):
                yield word, *entries[number]


def _split(data: bytes, size: int, name: str) -> tuple[list[bytes], bytes]:
    """Return the words of a list, and the numbers of a fixed size that follow each, joined."""
    words, ends, at, find = [], [], 0, data.find
    while at < len(data):
        end = find(b"\0", at)
        if end < 0 or end + 1 + size > len(data):
            raise DictionaryError(f"{name} is damaged; get the dictionary again.")
        words.append(data[at:end])
        at = end + 1 + size
        ends.append(data[end + 1 : at])
    return words, b"".join(ends)


def parts(data: bytes, kinds: str) -> list[Part]:
    """Return the texts of an entry; ``kinds`` is the sequence of its kinds, ``""`` if it is within.

    Pictures and sounds are left out.
    """
    found, at, number = list[Part](), 0, 0
    while at < len(data) and (not kinds or number < len(kinds)):
        kind = kinds[number] if kinds else chr(data[at])
        at += 0 if kinds else 1
        number += 1
        is_last = bool(kinds) and number == len(kinds)
        if is_last:
            end = after = len(data)
        elif kind.isupper():
            size = int.from_bytes(data[at : at + 4], "big")
            at += 4
            end = after = at + size
        else:
            end = data.find(b"\0", at)
            end = len(data) if end < 0 else end
            after = end + 1
        if kind in _TEXTS:
            found.append((kind, data[at:end]))
        at = after
    return found

"""dictd: words with places written in letters (.index), and entries as plain text (.dict)."""

from collections.abc import Iterator
from pathlib import Path

from reader.errors import DictionaryError
from reader.lookup import blob
from reader.lookup.index import Index, Place

_DIGITS = {
    sign: number
    for number, sign in enumerate(
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    )
}
_TITLES = ("00-database-short", "00databaseshort")
_MOST_DIGITS = 8
_LONGEST = 200


def files(words: Path) -> list[Path]:
    """Return the files of a dictionary: words and entries."""
    name = words.name.removesuffix(".index")
    for end in (".dict.dz", ".dict"):
        if (file := words.with_name(name + end)).exists():
            return [words, file]
    raise DictionaryError(f"{name}.dict.dz is missing beside {words.name}.")


def places(words: Path) -> Iterator[Place]:
    """Yield the words of a dictionary and the places of their entries. Raises DictionaryError."""
    for line in blob.whole(words).split(b"\n"):
        if not line.strip():
            continue
        fields = line.rstrip(b"\r").split(b"\t")
        if len(fields) < 3:
            raise DictionaryError(f"{words.name} is damaged; get the dictionary again.")
        yield _utf8(fields[0]), _number(fields[1], words), _number(fields[2], words)


def title(words: Index, entries: blob.Blob) -> str:
    """Return the name that a dictionary gives itself, ``""`` if it has none."""
    for row in (row for key in _TITLES for row in words.of(key)):
        lines = entries.part(row.offset, row.size).decode("utf-8", "replace").splitlines()
        told = [line.strip() for line in lines]
        return next((line for line in told if line and not line.startswith("00")), "")[:_LONGEST]
    return ""


def _number(digits: bytes, words: Path) -> int:
    number = 0
    if len(digits) > _MOST_DIGITS:
        raise DictionaryError(f"{words.name} is damaged; get the dictionary again.")
    for digit in digits:
        value = _DIGITS.get(digit)
        if value is None:
            raise DictionaryError(f"{words.name} is damaged; get the dictionary again.")
        number = number * 64 + value
    return number


def _utf8(raw: bytes) -> bytes:
    """Return a text as UTF-8, taken for Latin-1 if it is not."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1").encode()
    return raw

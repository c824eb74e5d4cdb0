"""Addresses, files and folders named by a text."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

from reader.phrases import plural

_MOST_SHOWN = 60
_QUOTES = "\"'“”„‘’«»<>"
_HINT = "Enter an address such as https://example.org/article, or the path of a file or folder."


class Entries(NamedTuple):
    """The addresses and paths that a text names, and its lines that are neither."""

    addresses: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to add."""
        return bool(self.addresses or self.paths)

    def answer(self) -> str:
        """Return a sentence about the lines that cannot be added, ``""`` if all can."""
        if not self.unknown:
            return ""
        first = self.unknown[0]
        shown = first if len(first) <= _MOST_SHOWN else f"{first[:_MOST_SHOWN]}…"
        if _looks_like_path(first):
            return f"There is no file or folder “{shown}”."
        more = len(self.unknown) - 1
        others = (
            f", nor {'is' if more == 1 else 'are'} {plural(more, 'other line')}" if more else ""
        )
        return f"“{shown}” is not an address{others}. {_HINT}"


def entries_in(text: str) -> Entries:
    """Return the entries in the lines of a text; a line may hold several addresses."""
    addresses: list[str] = []
    paths: list[Path] = []
    unknown: list[str] = []
    for line in _lines(text):
        if is_address(line):
            addresses.append(line)
        elif (path := _path_in(line)) is not None:
            paths.append(path)
        else:
            unknown.append(line)
    return Entries(tuple(dict.fromkeys(addresses)), tuple(dict.fromkeys(paths)), tuple(unknown))


def addresses_in(text: str) -> list[str]:
    """Return the web addresses that a text consists of, none if it contains anything else."""
    lines = list(_lines(text))
    return lines if all(map(_is_web, lines)) else []


def paths_in(text: str) -> list[Path]:
    """Return the files and folders that a text consists of, none if it contains anything else."""
    paths = [_path_in(line) for line in _lines(text)]
    return [path for path in paths if path is not None] if all(paths) else []


def is_address(line: str) -> bool:
    """Return whether a line is the address of an article; the scheme may be missing."""
    from reader.errors import IngestError
    from reader.ingest.urls import canonical_url

    try:
        canonical_url(line)
    except IngestError:
        return False
    return len(line.split()) == 1


def path_of(url: QUrl) -> Path | None:
    """Return the path of a file URL, None if it is another URL.

    Qt decodes names as UTF-8; some file systems have names in other encodings.
    """
    name = url.toLocalFile() if url.isLocalFile() else ""
    if "\ufffd" in name:
        name = os.fsdecode(unquote_to_bytes(bytes(url.toEncoded().data())).removeprefix(b"file://"))
    return Path(name) if name else None


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that are not empty; a line of several web addresses yields each."""
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.split()
        if all(map(_is_web, words)):
            yield from words
        else:
            yield line


def _is_web(word: str) -> bool:
    return word.lower().startswith(("http://", "https://", "www.")) and len(word.split()) == 1


def _looks_like_path(line: str) -> bool:
    return line.startswith(("/", "~", "file:", ".")) or line[1:3] in (":\\", ":/")


def _path_in(line: str) -> Path | None:
    """Return the path that a line names if something is there, None otherwise."""
    line = line.strip(_QUOTES)
    if line.lower().startswith("file:"):
        path = path_of(QUrl(line))
    else:
        path = _expanded(line) if _looks_like_path(line) else None
    try:
        return path if path is not None and path.is_absolute() and path.exists() else None
    except (OSError, ValueError):
        return None


def _expanded(line: str) -> Path:
    try:
        return Path(line).expanduser()
    except RuntimeError:  # “~somebody”, an unknown user
        return Path(line)

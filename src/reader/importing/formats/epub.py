"""EPUB files: each book is an article."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reader.body import clean
from reader.entries import Entry, Text, TextKind, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.ingest.files import url_of
from reader.model import Clipping

_NAMED = re.compile(r"\.epub$", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_MARK = b"application/epub+zip"
_BEGINNING = 200


def read(bundle: Bundle, _: Choices) -> Iterator[Entry | Unread]:
    """Yield each book; its title and author are read together with its text."""
    given = {path.name: path for path in bundle.paths}
    for name in filter(partial(_is_book, bundle), bundle.names):
        title = clean.line(_NAMED.sub("", name.rpartition("/")[2]).replace("_", " "))
        clipping = Clipping(_address(given.get(name)), title)
        text = Text(TextKind.EPUB, partial(bundle.read, name))
        yield Entry(clipping, bundle.where(name), text=text)


def _fits(bundle: Bundle) -> float:
    books = sum(_is_book(bundle, name) for name in bundle.names)
    return books / len(bundle.names) if books else 0.0


def _is_book(bundle: Bundle, name: str) -> bool:
    head = bundle.head(name)[:_BEGINNING]
    return head.startswith(_ZIP) and (_MARK in head or _NAMED.search(name) is not None)


def _address(path: Path | None) -> str:
    """Return the URL that ``reader add`` gives the file, ``""`` if it is part of an archive."""
    return url_of(path) if path is not None and path.is_file() else ""


EPUB = Format("epub", _fits, read)

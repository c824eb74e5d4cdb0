"""Exports made for tests, and what a format reads in them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from reader.entries import Entry, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format


def zipped(file: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write an archive and return it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return file


def folder(top: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write files and return their folder."""
    for name, content in members.items():
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return top


def items(format: Format, path: Path) -> list[Entry | Unread]:
    """Return all items of an export that has a format."""
    bundle = Bundle([path])
    assert format.fits(bundle) > 0.3
    found = list(format.read(bundle, Choices()))
    bundle.close()
    return found


def entries(format: Format, path: Path) -> list[Entry]:
    """Return the articles of an export, in which nothing is wrong."""
    found = items(format, path)
    assert not [each for each in found if isinstance(each, Unread)]
    return [each for each in found if isinstance(each, Entry)]

"""Exports as small files, and what is read from them."""

from pathlib import Path
from typing import NamedTuple

from reader.entries import Entry, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.formats.table import FORMATS


class Items(NamedTuple):
    """The format that fits best, and what it reads."""

    key: str
    entries: list[Entry]
    unread: list[Unread]

    @property
    def lines(self) -> list[int]:
        return [each.where.line for each in self.entries]


def items(folder: Path, files: str | bytes | dict[str, str | bytes], **chosen: object) -> Items:
    """Read a file without an ending, or several with their names, as the format that fits best."""
    if not isinstance(files, dict):
        files = {"file": files}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    bundle = Bundle([folder / next(iter(files))] if len(files) == 1 else [folder])
    try:
        best = _best(bundle)
        if best is None:
            return Items("", [], [])
        found = list(best.read(bundle, Choices(**chosen)))  # type: ignore[arg-type]
    finally:
        bundle.close()
    entries = [each for each in found if isinstance(each, Entry)]
    return Items(best.key, entries, [each for each in found if isinstance(each, Unread)])


def _best(bundle: Bundle) -> Format | None:
    fits = [(format.fits(bundle), format) for format in FORMATS]
    certainty, best = max(fits, key=lambda fit: fit[0])
    return best if certainty else None

"""Pictures that an article on the disk refers to: beside its file, below it, or inside it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reader.body import clean
from reader.body.blocks import Picture
from reader.errors import IngestError
from reader.ingest import disk, images
from reader.ingest.picture_sizes import given_size
from reader.ingest.saved import Saved, same_name, spellings

_LONGEST_NAME = 80
_MOST_ENTRIES = 20_000


@dataclass(slots=True)
class LocalPictures:
    """Finds pictures beside a file in ``folder``, or in a saved page, and nowhere else.

    No URL is requested, and no link is followed out of the folder. ``folder`` is None if the text
    has no place on the disk; ``base`` is its URL if it is from the web, where its pictures are.
    """

    keep: images.Keep
    folder: Path | None
    saved: Saved | None = None
    found: dict[str, Picture | None] = field(default_factory=dict)
    base: str = ""

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        """Return the picture of an ``<img>``, a missing one if it does not exist."""
        source = attributes.get("src", "").strip()
        alt = clean.line(attributes.get("alt", ""))
        if source not in self.found:
            embedded = attributes.get("class") == "internal-embed"
            self.found[source] = self._bring(source, alt, embedded=embedded)
        picture = self.found[source]
        return picture and picture._replace(alt=alt or picture.alt, given=given_size(attributes))

    def _bring(self, source: str, alt: str, *, embedded: bool) -> Picture | None:
        if source.startswith("data:"):
            return images.keep_image(images.data_of(source), alt, self.keep)
        if self.saved is not None and (part := self.saved.part(source)) is not None:
            return images.keep_image(part, alt, self.keep)
        name = clean.line(unquote(source.rpartition("/")[2]), _LONGEST_NAME)
        missing = Picture("", alt=alt or name or "A picture", address=self._address(source))
        try:
            file = self._file(source) or self._in_vault(source, embedded=embedded)
            if file is None:
                return missing
            data = disk.read(file, images.MAX_BYTES).data
        except (IngestError, OSError, ValueError, RuntimeError):
            return missing
        return images.keep_image(data, alt or disk.name_of(file), self.keep)

    def _address(self, source: str) -> str:
        address = clean.link(source, self.base) if self.base else ""
        return address if address.startswith(("https://", "http://")) else ""

    def _file(self, source: str) -> Path | None:
        if self.folder is None or not source:
            return None
        parts = urlsplit(source)
        if parts.scheme or parts.netloc:
            return None
        found = (self._named(self.folder, name) for name in spellings(source))
        return next((file for file in found if file is not None), None)

    def _named(self, folder: Path, name: str) -> Path | None:
        """Return the file of a relative path that is inside ``folder``, or just above it."""
        meant = Path(os.path.normpath(folder / name))
        for top in (folder, *_above(folder)):
            if meant.is_relative_to(top):
                file = _as_written(top, meant.relative_to(top)).resolve()  # links are followed,
                return file if file.is_relative_to(top) and file.is_file() else None  # but not out
        return None

    def _in_vault(self, source: str, *, embedded: bool) -> Path | None:
        parts = urlsplit(source)
        if self.folder is None or parts.scheme or parts.netloc:
            return None
        return disk.in_vault(self.folder, unquote(parts.path), embedded=embedded)


def _as_written(top: Path, path: Path) -> Path:
    """Return a path below ``top`` as the disk has it: in another case or Unicode form."""
    here = top
    for name in path.parts:
        there = here / name
        if not there.exists() and here.is_dir():
            wanted = same_name(name)
            with os.scandir(here) as entries:
                alike = islice(entries, _MOST_ENTRIES)
                there = next((Path(x) for x in alike if same_name(x.name) == wanted), there)
        here = there
    return here


def _above(folder: Path) -> tuple[Path, ...]:
    """Return the parent of a folder if it belongs to the same user: ``../images`` is usual.

    The parents of a home folder, a disk or the temporary folder belong to others. Windows has no
    owners; there a home folder is known by its place.
    """
    parent = folder.parent
    own, other = folder.stat(), parent.stat()
    same = (own.st_uid, own.st_dev) == (other.st_uid, other.st_dev)
    public = parent == parent.parent or Path.home().resolve().is_relative_to(folder)
    return (parent,) if same and not public else ()

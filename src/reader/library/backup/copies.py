"""The files of copies: what they hold, and the list of those in a folder.

``backups/ID.copy`` is a line that names the format, a line of JSON (``Header``), the pages that
differ from its pieces, and a hash over all of it. The pieces lie in ``backups/pieces``. So a copy
depends on pieces only, never on another copy.
"""

import json
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from reader.library.backup import found
from reader.library.backup.copy import Copy, Reason
from reader.library.backup.pieces import SIZE, Pieces
from reader.library.store import creation
from reader.progress import Report, silent

FOLDER = "backups"
PLACE = "Reader backups"
"""The folder in a second place; it has a folder for each library."""
ENDING = ".copy"
_MAGIC = b"Reader copy "
_FORMAT = 1
_HASH = 32
_LONGEST_LINE = 64 << 20
_SLICE = 1 << 20


class Unusable(Exception):
    """A file is no copy, is damaged, or was written by a newer Reader."""


class Newer(Unusable):
    """A newer Reader wrote the copy; it may need pieces that this one does not know of."""


class Entry(NamedTuple):
    """A piece of the database: a stored piece, some pages of which may differ.

    ``pages`` are numbers within the piece; ``whole`` is the hash of the piece with these pages.
    """

    base: str
    whole: str
    pages: tuple[int, ...] = ()


class Header(NamedTuple):
    """The description of a copy. Sizes are in bytes, times in seconds."""

    reason: Reason
    told: Mapping[str, Any]
    made_at: float
    seconds: float
    """How long it took to make."""
    articles: int
    schema: int
    size: int
    page_size: int
    written: int
    """Bytes of new pieces."""
    state: tuple[int, int] | None
    """The state of the library's file (``snapshot.state_of``), None if unknown."""
    turn: int
    """Counts the copies, so that each one checks other shared pieces."""
    pieces: tuple[Entry, ...]
    damaged: int = 0
    """How many articles were known to be damaged."""

    @property
    def inline(self) -> int:
        """The number of bytes of pages in the file."""
        return self.page_size * sum(len(each.pages) for each in self.pieces)


def write(out: BinaryIO, header: Header, pages: Iterable[bytes]) -> None:
    """Write a copy's file. Raises OSError."""
    told = {**header._asdict(), "told": dict(header.told)}
    line = json.dumps(told, ensure_ascii=True).encode() + b"\n"
    digest = blake2b(digest_size=_HASH)
    head = b"%s%d %s\n" % (_MAGIC, _FORMAT, blake2b(line, digest_size=_HASH).hexdigest().encode())
    for part in (head, line, *pages):
        digest.update(part)
        out.write(part)
    out.write(digest.digest())


def read(file: Path) -> tuple[Header, int]:
    """Return the header of a copy, and where its pages begin. Raises Unusable or OSError.

    Neither its pages nor its pieces are read; only their sizes are compared.
    """
    with file.open("rb") as opened:
        head, line = opened.readline(200), opened.readline(_LONGEST_LINE)
        start = opened.tell()
        size = os.fstat(opened.fileno()).st_size
    header = _header(head, line)
    if size != start + header.inline + _HASH:
        raise Unusable("it is cut")
    return header, start


def _header(head: bytes, line: bytes) -> Header:
    if not head.startswith(_MAGIC):
        raise Unusable("it is not a copy")
    number, _, digest = head.removeprefix(_MAGIC).decode("ascii", "replace").strip().partition(" ")
    if number.isdecimal() and int(number) > _FORMAT:
        raise Newer("a newer Reader made it")
    if blake2b(line, digest_size=_HASH).hexdigest() != digest:
        raise Unusable("its beginning is damaged")
    try:
        return _parsed(json.loads(line))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unusable("its beginning cannot be read") from error


def _parsed(told: dict[str, Any]) -> Header:
    pieces = tuple(Entry(base, whole, tuple(pages)) for base, whole, pages in told.pop("pieces"))
    state = told.pop("state")
    try:
        reason = Reason(told.pop("reason"))
    except ValueError:  # of a newer Reader
        reason = Reason.CHANGES
    known = {name: value for name, value in told.items() if name in Header._fields}
    return Header(**known, reason=reason, pieces=pieces, state=tuple(state) if state else None)


def check(file: Path) -> None:
    """Compare a copy's file with the hash at its end. Raises Unusable or OSError."""
    left = file.stat().st_size - _HASH
    digest = blake2b(digest_size=_HASH)
    with file.open("rb") as opened:
        while left > 0 and (part := opened.read(min(_SLICE, left))):
            digest.update(part)
            left -= len(part)
        if digest.digest() != opened.read():
            raise Unusable("it is damaged")


def stored_in(folder: Path) -> dict[Path, Header]:
    """Return the copies in a folder by their files; the log names the files that are none."""
    usable: dict[Path, Header] = {}
    sizes = Pieces(folder / "pieces").sizes()
    for name in creation.names(folder):
        if name.endswith(ENDING):
            try:
                header, _ = read(folder / name)
                _look_for(header, sizes)
                usable[folder / name] = header
            except (Unusable, OSError) as error:
                _log().info("The copy %s cannot be used: %s", folder / name, error)
    return usable


def _look_for(header: Header, sizes: Mapping[str, int]) -> None:
    """Raise Unusable if a piece of a copy is missing or has another size."""
    for number, each in enumerate(header.pieces):
        if sizes.get(each.base) != min(SIZE, header.size - number * SIZE):
            raise Unusable("a piece of it is missing")


def pieces_in_use(folder: Path) -> set[str] | None:
    """Return the names of the pieces that the copies in a folder need, None if unknown.

    Copies that are damaged behind their header count too.
    """
    names: set[str] = set()
    for name in creation.names(folder):
        if not name.endswith(ENDING):
            continue
        try:
            with (folder / name).open("rb") as opened:
                header = _header(opened.readline(200), opened.readline(_LONGEST_LINE))
            names.update(each.base for each in header.pieces)
        except FileNotFoundError:
            pass
        except (Newer, OSError):
            return None
        except Unusable:
            pass  # without its header, nothing of it can be used
    return names


def sweep(folder: Path) -> None:
    """Delete the pieces that no copy needs, and the temporary files of killed processes."""
    creation.sweep(folder)
    used = pieces_in_use(folder)
    if used is not None:
        Pieces(folder / "pieces").sweep(used)


def size_of(headers: Iterable[Header]) -> int:
    """Return how many bytes copies take together; pieces that they share count once."""
    pieces: dict[str, int] = {}
    inline = 0
    for header in headers:
        inline += header.inline
        for number, each in enumerate(header.pieces):
            pieces[each.base] = min(SIZE, header.size - number * SIZE)
    return inline + sum(pieces.values())


def copy_of(file: Path, header: Header, *, is_elsewhere: bool = False) -> Copy:
    """Return a stored copy as a value."""
    size = 0
    with suppress(OSError):
        size = file.stat().st_size
    return Copy(
        file.name.removesuffix(ENDING), file, header.made_at, header.reason, header.told,
        header.articles, header.size, header.written + size, header.schema, is_elsewhere,
        header.damaged,
    )  # fmt: skip


def all_of(folder: Path, report: Report = silent) -> list[Copy]:
    """Return the copies of a library, newest first; it need not open.

    ``folder`` is the library's folder, a folder of copies, or a second place.
    """
    places = [folder, folder / FOLDER]
    for name in creation.names(folder / PLACE):
        places.append(folder / PLACE / name)
    copies = [copy_of(*each) for place in places for each in stored_in(place).items()]
    return newest_first([*copies, *found.beside(folder / "library.db", report)])


def newest_first(copies: Iterable[Copy]) -> list[Copy]:
    """Return copies in order of time, and of id among equals."""
    return sorted(copies, key=lambda each: (each.made_at, each.id), reverse=True)


def _log() -> logging.Logger:
    return logging.getLogger(__name__)

"""Taking a copy: reads as its story in ``take``.

Pieces are written and flushed before the file that names them, so a copy is whole or not there.
"""

import errno
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import apsw

from reader import locks, private
from reader.errors import LibraryError, LibraryLocked
from reader.library.backup import copies, pictures, retention
from reader.library.backup.copies import ENDING, FOLDER, Entry, Header
from reader.library.backup.copy import Copy, Reason
from reader.library.backup.opened import Image, connected
from reader.library.backup.pieces import SIZE, DamagedPiece, Pieces, hash_of
from reader.library.backup.snapshot import Check, Snapshot, snapshot
from reader.library.store import backup
from reader.library.store.errors import said
from reader.progress import Report, silent

_SAYS = "Copying the library"
_LOCK = "lock"
_WAIT_SECONDS = 60
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
_SHARE = 8
"""Up to this part of a piece is stored as changed pages; more of it as a new piece."""
_MOST_INLINE = 64 << 20
"""Bytes of changed pages in one copy, which are held in memory."""
_MOST_COMPARED = 64
"""Of so many pieces, all that are touched are compared when a copy is opened and counted."""
_ROTATION = 16
"""Each copy reads one of so many shared pieces again and compares it with its hash."""
_LEAST_LIMIT = 2 << 30


class Asked(NamedTuple):
    """Why a copy is taken, and how many bytes all copies may take.

    A limit of 0 is automatic; if it is None, no copy is deleted because of its size.
    """

    reason: Reason
    told: Mapping[str, Any] = MappingProxyType({})
    limit: int | None = None
    damaged: int = 0
    """How many articles are known to be damaged."""


def take(file: Path, asked: Asked, report: Report = silent) -> Copy:
    """Take a verified copy of a library, then delete old ones. Raises LibraryError.

    If it fails, or if ``report`` cancels it, the older copies are as they were.
    """
    folder, images = file.parent / FOLDER, file.parent / "images"
    with _said(file, folder), alone(folder):
        try:
            pictures.keep(images, folder / "images", report)
            with snapshot(file, folder) as held:
                copy = _made(folder, held, asked, report)
            # Those that were added since; the others may have been deleted since.
            pictures.keep(images, folder / "images", report)
        except BaseException:
            with suppress(OSError):
                copies.sweep(folder)
            raise
        if asked.reason is not Reason.RESTORE:  # the oldest may be about to be restored
            limit = None if asked.limit is None else limit_of(asked.limit, copy.size)
            thin(folder, images, limit, copy.id)
    return copy


def limit_of(limit: int, size: int) -> int:
    """Return how many bytes the copies of a library may take; 0 stands for automatic."""
    return limit or max(_LEAST_LIMIT, 4 * size)


def _made(folder: Path, held: Snapshot, asked: Asked, report: Report) -> Copy:
    """Take a copy; if a shared piece is found damaged, look at all of them and try again."""
    try:
        return _Making(folder, held, report).copy(asked)
    except DamagedPiece:
        return _Making(folder, held, report, is_thorough=True).copy(asked)


class _Making:
    """A copy in the making.

    Each one compares some of the shared pieces with their hashes again, a thorough one all; those
    that are damaged are written anew.
    """

    def __init__(
        self, folder: Path, held: Snapshot, report: Report, *, is_thorough: bool = False
    ) -> None:
        self._folder = folder
        self._held = held
        self._report = report
        self._pieces = Pieces(folder / "pieces")
        self._is_thorough = is_thorough
        self._started = time.monotonic()
        stored = copies.stored_in(folder).values()
        self._before = max(stored, key=lambda each: each.turn, default=None)
        self._turn = self._before.turn + 1 if self._before else 0
        self._pages: list[bytes] = []
        self._whole: set[str] = set()
        """The pieces that were compared with their hashes."""
        self._inline = 0
        self._written = 0

    def copy(self, asked: Asked) -> Copy:
        """Write the copy, and return it when it is verified."""
        check = Check(self._held.connection)
        try:
            entries = tuple(self._entry(*each) for each in self._read())
            check.finish()
        finally:
            check.stop()
        self._pieces.to_disk()
        header = self._header(asked, entries)
        file = _free_name(self._folder, header.made_at)
        with backup.made(file) as out:
            copies.write(out, header, self._pages)
            out.flush()
            self._verify(Path(out.name), entries)
        backup.folder_to_disk(self._folder)
        return copies.copy_of(file, header)

    def _read(self) -> Iterator[tuple[int, bytes]]:
        size = self._held.size
        for number, offset in enumerate(range(0, size, SIZE)):
            self._report(offset, size, _SAYS)
            yield number, self._held.read(min(SIZE, size - offset), offset)

    def _entry(self, number: int, data: bytes) -> Entry:
        """Store a piece unless it is stored; of a piece that hardly changed, only the pages."""
        name = hash_of(data)
        if self._is_stored(number, name, len(data)):
            return Entry(name, name)
        before = self._before.pieces[number : number + 1] if self._before else ()
        for each in before:
            pages = self._changed(number, each, name, data)
            if pages and self._inline + len(pages) * self._held.page_size <= _MOST_INLINE:
                self._keep(pages, data)
                return Entry(each.base, name, pages)
        self._pieces.write(name, data)
        self._whole.add(name)
        self._written += len(data)
        return Entry(name, name)

    def _is_stored(self, number: int, name: str, size: int) -> bool:
        is_looked_at = self._is_thorough or (number + self._turn) % _ROTATION == 0
        if self._pieces.size(name) != size:
            return False
        return not is_looked_at or self._pieces.is_whole(name)

    def _changed(self, number: int, before: Entry, name: str, data: bytes) -> tuple[int, ...]:
        """Return the pages that differ from a stored piece, none if they are too many."""
        if before.whole == name and self._is_stored(number, before.base, len(data)):
            return before.pages
        try:
            base = self._pieces.read(before.base)
        except DamagedPiece:
            return ()
        self._whole.add(before.base)
        size = self._held.page_size
        if len(base) != len(data):
            return ()
        pages = tuple(
            at // size
            for at in range(0, len(data), size)
            if data[at : at + size] != base[at : at + size]
        )
        return pages if len(pages) * size * _SHARE <= len(data) else ()

    def _keep(self, pages: tuple[int, ...], data: bytes) -> None:
        size = self._held.page_size
        self._pages += [data[page * size : (page + 1) * size] for page in pages]
        self._inline += len(pages) * size

    def _header(self, asked: Asked, entries: tuple[Entry, ...]) -> Header:
        held = self._held
        return Header(
            asked.reason, asked.told, time.time(), time.monotonic() - self._started, held.articles,
            held.schema, held.size, held.page_size, self._written, held.state, self._turn, entries,
            asked.damaged,
        )  # fmt: skip

    def _verify(self, file: Path, entries: tuple[Entry, ...]) -> None:
        """Open the copy and count its articles. Raises DamagedPiece.

        In a large library, the shared pieces are not all read again (see ``_ROTATION``).
        """
        bases = [each.base for each in entries]
        whole = self._whole if len(bases) <= _MOST_COMPARED else bases
        try:
            with (
                closing(Image(file, self._pieces, whole)) as image,
                connected(image) as connection,
            ):
                found = int(connection.execute("SELECT count(*) FROM article").get)
        except (copies.Unusable, apsw.Error) as error:
            raise DamagedPiece(errno.EIO, "the copy is damaged", str(file)) from error
        if found != self._held.articles:
            raise DamagedPiece(errno.EIO, "the copy has other articles", str(file))


def thin(folder: Path, images: Path, limit: int | None, spare: str = "") -> None:
    """Delete the copies that are too old or too large, but not the one with the id ``spare``.

    Those with damaged articles go first: they are no reason to delete one without.
    """
    stored = copies.stored_in(folder)
    every = copies.newest_first(copies.copy_of(*each) for each in stored.items())

    def size_of(some: Sequence[Copy]) -> int:
        return copies.size_of(stored[each.file] for each in some)

    kept = retention.kept_of_all(every, time.time())
    if limit is not None:
        kept = retention.within(kept, limit, size_of, spare)
    gone = [each for each in every if each not in kept and each.id != spare]
    delete(folder, images, gone)


def delete(folder: Path, images: Path, gone: Sequence[Copy]) -> None:
    """Delete copies, then the pieces and pictures that only they needed."""
    for each in gone:
        with suppress(OSError):  # the next copy tries again
            each.file.unlink()
    if gone:
        backup.folder_to_disk(folder)  # before the pieces go that they name
    copies.sweep(folder)
    if gone:
        kept = [copies.copy_of(*each) for each in copies.stored_in(folder).items()]
        pictures.sweep(folder / "images", images, kept)


def _free_name(folder: Path, made_at: float) -> Path:
    """Return the file of a new copy; with milliseconds, no name is used twice."""
    second = time.strftime("%Y-%m-%dT%H-%M-%S", time.gmtime(made_at))
    name = f"{second}-{int(made_at % 1 * 1000):03}Z"
    names = (f"{name}{f'-{number}' if number > 1 else ''}{ENDING}" for number in range(1, 10_000))
    return next(each for each in map(folder.joinpath, names) if not each.exists())


def _wrong(folder: Path) -> LibraryError:
    return LibraryError(
        f"The disk of {folder} returned other data than was written to it, so there is no new "
        "copy. The library and the older copies are as they were; the disk may be failing."
    )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the copies in a folder.

    Raises LibraryLocked, or OSError if the folder cannot be written to.
    """
    private.make_folder(folder)
    with ExitStack() as stack:
        try:
            is_held = stack.enter_context(locks.held(folder / _LOCK, _WAIT_SECONDS))
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            is_held = True  # a disk without locks
        if not is_held:
            raise LibraryLocked(
                "Another Reader is copying the library at this moment; nothing was changed. Try "
                "again in a moment."
            )
        yield


@contextmanager
def _said(file: Path, folder: Path) -> Iterator[None]:
    try:
        with said(file):
            yield
    except DamagedPiece as error:
        raise _wrong(folder) from error
    except OSError as error:
        raise LibraryError(
            f"The library could not be copied to {folder} ({error.strerror or error}). It is as "
            "it was, and so are the older copies. Free some disk space, or give yourself "
            "permission to write there, then try again."
        ) from error

"""Prepared texts in a file without a name, so that an import needs little memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import NamedTuple, Self

from reader.entries import Entry
from reader.errors import LibraryError


class Put(NamedTuple):
    """An entry without its texts, and their place: its start, and the sizes of its parts.

    The parts are the canonical HTML, the source, and all texts of Reader's own export.
    """

    entry: Entry
    start: int = 0
    sizes: tuple[int, ...] = ()


class Spool:
    """A temporary file in a folder; it is gone when it is closed, even after a kill."""

    def __init__(self, folder: Path) -> None:
        """Make the file. Raises LibraryError if that is impossible."""
        self._folder = folder
        try:
            self._file = TemporaryFile(dir=folder)  # noqa: SIM115
        except OSError as error:
            raise self._trouble(error) from error
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, entry: Entry) -> Put:
        """Write the text of an entry. Raises LibraryError if the disk is full."""
        about = entry.clipping
        texts = entry.own.texts if entry.own else ()
        parts = (
            about.html.encode("utf-8", "replace"), about.source, *(each.packed for each in texts),
        )  # fmt: skip
        if not any(parts):
            return Put(entry._replace(text=None))
        try:
            self._file.seek(self._end)
            self._file.write(b"".join(parts))
        except OSError as error:
            raise self._trouble(error) from error
        put = Put(
            _with_parts(entry, "", b"", [b""] * len(texts)), self._end, tuple(map(len, parts))
        )
        self._end += sum(put.sizes)
        return put

    def entry(self, put: Put) -> Entry:
        """Return an entry with its text again."""
        entry, start, sizes = put
        if not sizes:
            return entry
        try:
            self._file.seek(start)
            html, source, *texts = [self._file.read(size) for size in sizes]
        except OSError as error:
            raise self._trouble(error) from error
        return _with_parts(entry, html.decode(), source, texts)

    def _trouble(self, error: OSError) -> LibraryError:
        return LibraryError(
            f"The texts of the import could not be written to {self._folder} ({error.strerror}). "
            "Free some disk space, then try again; nothing was changed."
        )


class Spooled:
    """The entries in a spool; each is read when it is drawn."""

    def __init__(self, spool: Spool, puts: Sequence[Put]) -> None:
        self._spool = spool
        self._puts = puts

    def __len__(self) -> int:
        return len(self._puts)

    def __iter__(self) -> Iterator[Entry]:
        return map(self._spool.entry, self._puts)


def _with_parts(entry: Entry, html: str, source: bytes, texts: Sequence[bytes]) -> Entry:
    about, own = entry.clipping._replace(html=html, source=source), entry.own
    if own is not None:
        pairs = zip(own.texts, texts, strict=True)
        own = own._replace(texts=tuple(each._replace(packed=packed) for each, packed in pairs))
    return entry._replace(clipping=about, own=own, text=None)

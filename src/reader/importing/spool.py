"""Prepared texts in a file without a name, so that an import needs little memory."""

from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import NamedTuple, Self

from reader.entries import Entry
from reader.errors import LibraryError


class Put(NamedTuple):
    """An entry without its text, and the place of the text: its start, and the sizes of its parts.

    The parts are the canonical HTML and the source.
    """

    entry: Entry
    start: int = 0
    html: int = 0
    source: int = 0


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
        html = about.html.encode("utf-8", "replace")
        if not html and not about.source:
            return Put(entry._replace(text=None))
        try:
            self._file.seek(self._end)
            self._file.write(html)
            self._file.write(about.source)
        except OSError as error:
            raise self._trouble(error) from error
        lean = entry._replace(clipping=about._replace(html="", source=b""), text=None)
        put = Put(lean, self._end, len(html), len(about.source))
        self._end += len(html) + len(about.source)
        return put

    def entry(self, put: Put) -> Entry:
        """Return an entry with its text again."""
        entry, start, html, source = put
        if not html and not source:
            return entry
        try:
            self._file.seek(start)
            text = self._file.read(html).decode()
            kept = self._file.read(source)
        except OSError as error:
            raise self._trouble(error) from error
        return entry._replace(clipping=entry.clipping._replace(html=text, source=kept))

    def _trouble(self, error: OSError) -> LibraryError:
        return LibraryError(
            f"The texts of the import could not be written to {self._folder} ({error.strerror}). "
            "Free some disk space, then try again; nothing was changed."
        )

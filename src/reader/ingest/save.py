"""The journey of things into the library: each is read, cut out, and filed, one after the other."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from reader.errors import IngestError
from reader.ingest import files, images
from reader.library.library import Library
from reader.model import Clipping, ImportResult, ImportRow, Outcome
from reader.progress import Report, silent
from reader.resources import resource


def add_paths(library: Library, paths: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add files and folders; what cannot be read is a row that says why, the rest goes on.

    Stopped half-way, what was added until then stays. Raises LibraryError where the library
    itself cannot be written.
    """
    report(0, 0, "Looking for articles")
    rows: list[ImportRow] = []
    found = [(path, list(files.readable(path))) for path in paths]
    total = sum(len(each) for _, each in found)
    for path, inside in found:
        if path.is_dir() and not inside:
            why = "There is no Markdown, HTML or text file in this folder."
            rows.append(ImportRow(str(path), Outcome.FAILED, note=why))
        for file in inside:
            report(len(rows), total, file.name)
            rows.append(_filed(library, file.name, partial(_clip, library, file)))
    return ImportResult(tuple(rows))


def add_new(library: Library, files: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add the files that are not in the library as they are now."""
    return add_paths(library, [each for each in files if not _is_there(library, each)], report)


def _is_there(library: Library, file: Path) -> bool:
    """Return whether a file came in already, and its article is as new or was made of it."""
    id = library.find(file.resolve().as_uri())
    if id is None:
        return False
    try:
        written = time.gmtime(file.stat().st_mtime)
        if time.strftime("%Y-%m-%dT%H:%M:%SZ", written) < library.article(id).downloaded_at:
            return True
        return library.source(id).data == file.read_bytes()
    except OSError:
        return False  # adding it tells why


def add_text(library: Library, text: str, *, kind: str = "") -> ImportResult:
    """Add a text that was pasted; ``kind`` is ``html``, ``markdown``, ``text`` or to be found."""
    read = lambda: files.clipping_of_text(text, library.keep_picture, kind=kind)  # noqa: E731
    return ImportResult((_filed(library, "The text", read),))


def add_welcome(library: Library) -> ImportResult:
    """Add the articles a new library begins with."""
    return add_paths(library, sorted(resource("welcome").glob("*.md")))


def _clip(library: Library, file: Path) -> Clipping:
    return files.clipping(file, library.keep_picture)


def _filed(library: Library, name: str, read: Callable[[], Clipping]) -> ImportRow:
    try:
        clipping = read()
    except IngestError as error:
        return ImportRow(name, Outcome.FAILED, note=str(error))
    filed = library.add(clipping)
    return ImportRow(name, filed.outcome, filed.id, images.missing_note(clipping.html))

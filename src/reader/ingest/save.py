"""The journey of things into the library: each is read, cut out, and filed, one after the other."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from reader.errors import IngestError
from reader.ingest import disk, files, images
from reader.ingest.rows import failed, row_of
from reader.library.library import Library
from reader.model import ImportResult, ImportRow
from reader.progress import Report, silent
from reader.resources import resource

_Item = tuple[Path, Callable[[], ImportRow]]


def add_paths(library: Library, paths: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add files and folders; what cannot be read is a row that says why, the rest goes on.

    Stopped half-way, what was added until then stays. Raises LibraryError if the library
    itself cannot be written.
    """
    report(0, 0, "Looking for articles")
    items = [item for path in paths for item in _items(library, path)]
    rows: list[ImportRow] = []
    for path, work in items:
        name = disk.name_of(path)
        report(len(rows), len(items), name)
        rows.append(row_of(name, work))
    return ImportResult(tuple(rows))


def add_new(library: Library, files: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add the files that are not in the library as they are now."""
    return add_paths(library, [each for each in files if not _is_there(library, each)], report)


def _items(library: Library, path: Path) -> list[_Item]:
    """Return what is to be done for a file, or for each file in a folder."""
    try:
        return list(_found(library, path))
    except (OSError, ValueError, RuntimeError):
        return [(path, partial(_add, library, path))]  # reading it tells why


def _found(library: Library, path: Path) -> Iterator[_Item]:
    if not path.is_dir():
        yield path, partial(_add, library, path)
        return
    found = list(disk.files_in(path, files.ENDINGS))
    for each in found:
        left_out = partial(failed, disk.name_of(each.path), each.trouble)
        yield each.path, left_out if each.trouble else partial(_add, library, each.path)
    if not found:
        why = "There is no Markdown, HTML or text file in this folder."
        yield path, partial(failed, disk.shown(path), why)


def _is_there(library: Library, file: Path) -> bool:
    """Return whether a file came in already, and its article is as new or was made of it."""
    try:
        id = library.find(files.url_of(file))
        if id is None:
            return False
        written = time.gmtime(file.stat().st_mtime)
        if time.strftime("%Y-%m-%dT%H:%M:%SZ", written) < library.article(id).downloaded_at:
            return True
        return library.source(id).data == disk.read(file, files.MAX_BYTES).data
    except (OSError, ValueError, RuntimeError, OverflowError, IngestError):
        return False  # adding it tells why


def _add(library: Library, file: Path) -> ImportRow:
    return _filed(library, disk.name_of(file), files.read(file, library.keep_picture))


def add_text(library: Library, text: str, *, kind: str = "") -> ImportResult:
    """Add a text that was pasted; ``kind`` is ``html``, ``markdown``, ``text`` or to be found."""
    name = "The text"

    def work() -> ImportRow:
        read = files.clipping_of_text(text, library.keep_picture, kind=kind)
        return _filed(library, name, files.Read(read))

    return ImportResult((row_of(name, work),))


def add_welcome(library: Library) -> ImportResult:
    """Add the articles a new library begins with."""
    return add_paths(library, sorted(resource("welcome").glob("*.md")))


def _filed(library: Library, name: str, read: files.Read) -> ImportRow:
    filed = library.add(read.clipping)
    remarks = (*read.remarks, *images.missing_remark(read.clipping.html))
    return ImportRow(name, filed.outcome, filed.id, remarks)

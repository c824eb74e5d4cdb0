"""Add files, folders and texts to the library, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from reader.errors import IngestError
from reader.ingest import disk, files, images, link_files
from reader.ingest.rows import failed, row_of
from reader.library.library import Library
from reader.library.store import clock
from reader.library.store.database import MANY
from reader.model import ImportResult, ImportRow
from reader.progress import Report, silent
from reader.resources import resource

_Item = tuple[Path, Callable[[], ImportRow]]


def add_paths(library: Library, paths: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add files and folders; an unreadable file becomes a failed row, and the rest is added.

    If it is cancelled, the articles added so far stay. Raises LibraryError if the library itself
    cannot be written.
    """
    report(0, 0, "Looking for articles")
    items = [item for path in paths for item in _items(library, path)]
    if len(items) >= MANY:
        library.backups.before_import(len(items), report)
    rows: list[ImportRow] = []
    for path, work in items:
        name = disk.name_of(path)
        report(len(rows), len(items), name)
        rows.append(row_of(name, work))
    return ImportResult(tuple(rows))


def add_new(library: Library, files: Sequence[Path], report: Report = silent) -> ImportResult:
    """Add the files whose current contents are not in the library."""
    return add_paths(library, [file for file in files if not _is_there(library, file)], report)


def _items(library: Library, path: Path) -> list[_Item]:
    """Return the work for a file, or for each file in a folder."""
    try:
        return list(_found(library, path))
    except (OSError, ValueError, RuntimeError):
        return [(path, partial(_add, library, path))]  # adding it reports the reason


def _found(library: Library, path: Path) -> Iterator[_Item]:
    if not path.is_dir():
        yield path, partial(_add, library, path)
        return
    candidates = list(disk.files_in(path, files.ENDINGS | link_files.FOUND_IN_FOLDERS))
    for file in candidates:
        left_out = partial(failed, disk.name_of(file.path), file.trouble)
        yield file.path, left_out if file.trouble else partial(_add, library, file.path)
    if not candidates:
        why = "There is no Markdown, HTML or text file in this folder."
        yield path, partial(failed, disk.shown(path), why)


def _is_there(library: Library, file: Path) -> bool:
    """Return whether the library has an article of a file that is as new or has the same source."""
    try:
        id = library.find(files.url_of(file))
        if id is None:
            return False
        written = clock.text(int(file.stat().st_mtime))
        if written < library.article(id).downloaded_at:
            return True
        return library.texts.source(id).data == disk.read(file, files.MAX_BYTES).data
    except (OSError, ValueError, RuntimeError, OverflowError, IngestError):
        return False  # adding it reports the reason


def _add(library: Library, file: Path) -> ImportRow:
    if link_files.is_link_file(file):
        return _add_address(library, link_files.address_in_file(file))
    return _filed(library, disk.name_of(file), files.read(file, library.keep_picture))


def _add_address(library: Library, address: str) -> ImportRow:
    """Store the address in a file; its article waits for its text."""
    from reader.ingest.web import add_addresses

    return add_addresses(library, [address]).rows[0]


def add_text(library: Library, text: str, *, kind: str = "") -> ImportResult:
    """Add a pasted text; ``kind`` is ``html``, ``markdown``, ``text`` or detected."""
    name = "The text"

    def work() -> ImportRow:
        read = files.clipping_of_text(text, library.keep_picture, kind=kind)
        return _filed(library, name, files.Read(read))

    return ImportResult((row_of(name, work),))


def add_welcome(library: Library) -> ImportResult:
    """Add the articles of a new library."""
    return add_paths(library, sorted(resource("welcome").glob("*.md")))


def _filed(library: Library, name: str, read: files.Read) -> ImportRow:
    filed = library.add(read.clipping)
    remarks = (*read.remarks, *images.missing_remark(read.clipping.html))
    return ImportRow(name, filed.outcome, filed.id, remarks)

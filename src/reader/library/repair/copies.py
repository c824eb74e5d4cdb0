"""The newest copy of a library, and its restoring in place of a damaged file."""

from pathlib import Path

from reader.errors import LibraryError
from reader.library.backup import copies, found, restoring
from reader.library.backup.copy import Copy
from reader.library.backup.replacing import put_in_place as put_in_place
from reader.progress import Report, silent


def newest(file: Path, report: Report = silent) -> Copy | None:
    """Return the newest undamaged copy of a library, None if there is none."""
    report(0, 0, "Looking for copies")
    return next(iter(copies.all_of(file.parent, report)), None)


def restore(copy: Path, file: Path, report: Report = silent) -> Path | None:
    """Restore a copy in place of a damaged library; return the new path of the damaged one."""
    known = found.copy_of(copy, report)
    if known is None:
        raise LibraryError(f"The copy {copy} is damaged. Nothing was changed; choose another copy.")
    return restoring.restore_library(known, file.parent, report)

"""Export of articles to a file or folder, whole or not at all."""

from pathlib import Path

from reader.exporting.kinds import Wanted
from reader.library.library import Library
from reader.outcomes import ImportResult
from reader.progress import Report, silent


def export(library: Library, wanted: Wanted, target: Path, report: Report = silent) -> ImportResult:
    """Write articles to a target; return a row for each.

    A folder is the target of several files, else the target is the file. What exists under a name
    is replaced only when the new one is whole. Raises IngestError if nothing can be written there.
    """
    raise NotImplementedError

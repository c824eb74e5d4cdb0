"""Export of articles to a file or folder, whole or not at all."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from reader.exporting.kinds import FORMS, Form, Shape, Wanted, makes_folder
from reader.exporting.pieces import Work
from reader.library.library import Library
from reader.outcomes import ImportResult, ImportRow
from reader.progress import Report, silent


def export(library: Library, wanted: Wanted, target: Path, report: Report = silent) -> ImportResult:
    """Write articles to a target; return a row for each, in the order of ``wanted.ids``.

    If several articles become a file each, the target is a folder, which is made if it is missing.
    Else it is the file; in a folder that exists, the file gets a name. What exists under a name
    is replaced only when the new one is whole. If ``report`` cancels, complete files of a folder
    stay and one file is not written at all. Raises ExportError if nothing can be written there.
    """
    rows: list[ImportRow] = []
    for row in _rows(Work(library, wanted), target):
        rows.append(row)
        report(len(rows), len(wanted.ids), row.name)
    return ImportResult(tuple(rows))


def _rows(work: Work, target: Path) -> Iterator[ImportRow]:
    form = FORMS[work.wanted.kind]
    if form.shape is Shape.SET:
        return _write_of(form)(work, target)  # type: ignore[no-any-return]
    raise NotImplementedError


def _write_of(form: Form) -> Any:
    return import_module(f"reader.exporting.{form.module}").write


__all__ = ["export", "makes_folder"]

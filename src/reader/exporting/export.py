"""Export of articles to a file or folder, whole or not at all."""

from collections.abc import Generator, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

from reader.errors import ExportError
from reader.exporting.each import each_in_folder, single
from reader.exporting.folder import Folder
from reader.exporting.kinds import FORMS, Form, Kind, Shape, Wanted, makes_folder
from reader.exporting.pieces import Beside, Piece, Work
from reader.exporting.writing import Stage, no_room
from reader.library.library import Library
from reader.outcomes import ImportResult, ImportRow, Outcome
from reader.progress import Report, silent

_LEFT_OUT = (Outcome.FAILED, Outcome.SKIPPED)


def export(library: Library, wanted: Wanted, target: Path, report: Report = silent) -> ImportResult:
    """Write articles to a target; return a row for each, in the order of ``wanted.ids``.

    If several articles become a file each, the target is a folder, which is made if it is missing.
    Else it is the file; in a folder that exists, the file gets a name. An existing file
    is replaced only when the new one is whole. If ``report`` cancels, complete files of a folder
    stay and one file is not written at all. Raises ExportError if nothing can be written there.
    """
    if not wanted.ids and FORMS[wanted.kind].shape is not Shape.SET:
        raise ExportError("There is nothing to export: choose articles first.")
    wanted = wanted._replace(ids=tuple(dict.fromkeys(wanted.ids)))
    report(0, len(wanted.ids), "")
    rows: list[ImportRow] = []
    marked = frozenset(library.highlights.of_many(wanted.ids) if wanted.highlights else ())
    with closing(_rows(Work(library, wanted, marked), target)) as work:
        for row in work:
            rows.append(row)
            report(len(rows), len(wanted.ids), row.name)
    return ImportResult(tuple(rows))


def _rows(work: Work, target: Path) -> Generator[ImportRow, None, None]:
    form = FORMS[work.wanted.kind]
    write = import_module(f"reader.exporting.{form.module}").write
    if form.shape is Shape.SET:
        yield from write(work, target)
    elif makes_folder(work.wanted):
        each = _book_of_one if form.shape is Shape.ONE else write
        yield from each_in_folder(work, target, form.suffix, each)
    elif form.shape is Shape.EACH and not target.is_dir():
        yield single(work, target, write)
    elif form.shape is Shape.EACH:
        yield from each_in_folder(work, target, form.suffix, write)
    elif target.is_dir():
        yield from _one_in_folder(work, target, form, write)
    else:
        yield from _one(work, target, write)


def _one(work: Work, target: Path, write: Any) -> Iterator[ImportRow]:
    """Write all articles to one file, unless there is none that can be in it."""
    with Stage(target.parent) as stage:
        try:
            with stage.open(target) as file:
                yield from _unless_empty(write(work, file))
            stage.settle_all()
        except _EmptyError:
            return
        except OSError as error:
            raise no_room(target, error) from error


def _one_in_folder(work: Work, target: Path, form: Form, write: Any) -> Iterator[ImportRow]:
    """Write all articles to one file in a folder, which replaces that of an earlier export."""
    title, key = _title_and_key(work)
    with Folder(target, form.suffix) as folder:
        name = folder.name(key, title)
        try:
            with folder.open(key, name) as file:
                yield from _unless_empty(write(work, file))
            folder.settle_all()
        except _EmptyError:
            return
        except OSError as error:
            raise no_room(target / name, error) from error


class _EmptyError(Exception):
    """No article went into a file."""


def _unless_empty(rows: Iterator[ImportRow]) -> Iterator[ImportRow]:
    some = False
    for row in rows:
        some = some or row.outcome not in _LEFT_OUT
        yield row
    if not some:
        raise _EmptyError


def _title_and_key(work: Work) -> tuple[str, str]:
    """Return the title of a file of all articles, and the key that identifies it next time."""
    wanted = work.wanted
    if wanted.kind is Kind.EPUB and len(wanted.ids) == 1:
        row = work.library.rows_of(wanted.ids)[0]
        return row.title, work.library.article(row.id).uid
    title = wanted.title or "Articles"
    return title, f"{wanted.kind}:{title}"


def _book_of_one(piece: Piece, _beside: Beside) -> bytes:
    from reader.exporting.epub.book import of_one

    return of_one(piece)

"""Printing without a window."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication

from reader.document.images import Pictures
from reader.model import Article, ImportResult
from reader.printing.book import Book
from reader.printing.each import each_to_pdf
from reader.printing.pdf.write import to_pdf
from reader.printing.piece import Entry
from reader.progress import Report, run, silent
from reader.reasons import Remark
from reader.sheet import Sheet

_OBJECTS = 20_000
"""The number of new objects after which Python looks for garbage, which printing hardly makes."""

Find = Callable[[int], Article]
FindPicture = Callable[[str], Path | None]


class Printed(NamedTuple):
    """The number of pages of a PDF, and the remarks on it."""

    pages: int
    remarks: tuple[Remark, ...] = ()


def print_book(
    entries: Sequence[Entry],
    find: Find,
    find_picture: FindPicture,
    target: Path,
    sheet: Sheet,
    *,
    title: str = "",
    dated: str = "",
    report: Report = silent,
) -> Printed:
    """Write articles to one PDF.

    ``dated`` are the dates of an issue in words.

    Raises PrintError, or whatever ``report`` raises to stop; then nothing is left behind.
    """
    with _qt():
        book = Book(entries, find, sheet, Pictures(find_picture), title)
        book.dated = dated
        run(to_pdf(book, target), report)
        return Printed(len(book.pages), book.remarks)


def print_each(
    ids: Sequence[int],
    find: Find,
    find_picture: FindPicture,
    folder: Path,
    sheet: Sheet,
    *,
    template: str = "{title}",
    report: Report = silent,
) -> ImportResult:
    """Write each article to a PDF of its own in a folder; return a row for each."""
    with _qt(), closing(Pictures(find_picture)) as pictures:
        work = each_to_pdf(ids, find, pictures, folder, sheet, template=template)
        return run(work, report)


@contextmanager
def _qt() -> Iterator[None]:
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication(sys.argv[:1])
        gc.set_threshold(_OBJECTS)
        yield
        del application
    else:
        yield

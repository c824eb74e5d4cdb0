"""Printing without a window."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.model import Article, ImportResult, ImportRow, Outcome
from reader.printing.book import Book
from reader.printing.names import file_name, free_name
from reader.printing.pdf import to_pdf
from reader.printing.typeset import Entry, entry_of
from reader.progress import Report, silent
from reader.reasons import Reason, Remark
from reader.sheet import Sheet

Find = Callable[[int], Article]
FindPicture = Callable[[str], Path | None]


def print_book(
    entries: Sequence[Entry],
    find: Find,
    find_picture: FindPicture,
    target: Path,
    sheet: Sheet,
    *,
    title: str = "",
    report: Report = silent,
) -> int:
    """Write articles to one PDF and return the number of pages.

    Raises PrintError, or what ``report`` raises to stop; then nothing of it remains.
    """
    with _qt():
        book = Book(entries, find, sheet, Pictures(find_picture), title)
        with closing(to_pdf(book, target)) as steps:
            for done, total, text in steps:
                report(done, total, text)
        return len(book.leaves)


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
    """Write each article to a PDF of its own in a folder; what fails is said row by row."""
    rows: list[ImportRow] = []
    taken: set[str] = set()
    for number, id in enumerate(ids, 1):
        name = str(id)
        report(number - 1, len(ids), name)
        try:
            article = find(id)
            name = article.title
            target = free_name(folder, file_name(article, template, number), taken)
            pages = print_book([entry_of(article)], find, find_picture, target, sheet)
            rows.append(
                ImportRow(str(target), Outcome.ADDED, id, (Remark(Reason.PAGES, (pages,)),))
            )
        except ReaderError as error:
            rows.append(
                ImportRow(name, Outcome.FAILED, id, (Remark(Reason.ERROR, text=str(error)),))
            )
    return ImportResult(tuple(rows))


@contextmanager
def _qt() -> Iterator[None]:
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication(sys.argv[:1])
        yield
        del application
    else:
        yield

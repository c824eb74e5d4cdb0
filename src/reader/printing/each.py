"""A PDF for each of many articles, all in one folder."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path

from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.model import Article, ImportResult, ImportRow, Outcome
from reader.printing.book import Book
from reader.printing.names import file_name, free_name
from reader.printing.pdf.write import Apart, at_once, to_pdf
from reader.printing.piece import entry_of
from reader.reasons import Reason, Remark
from reader.sheet import Sheet

Steps = Generator[tuple[int, int, str], None, ImportResult]


def each_to_pdf(
    ids: Sequence[int],
    find: Callable[[int], Article],
    pictures: Pictures,
    folder: Path,
    sheet: Sheet,
    *,
    template: str = "{title}",
    apart: Apart = at_once,
) -> Steps:
    """Write each article to a PDF of its own, yielding the progress.

    Returns a row for each article, with the number of its pages or the reason why it failed.
    If the iterator is closed before its end, complete files stay and nothing else remains.
    """
    rows: list[ImportRow] = []
    taken: set[str] = set()
    for number, id in enumerate(ids, 1):
        name = str(id)
        try:
            article = find(id)
            name = article.title
            target = free_name(folder, file_name(article, template, number), taken)
            book = Book([entry_of(article)], find, sheet, pictures)
            with closing(to_pdf(book, target, apart)) as steps:
                for _ in steps:
                    yield number - 1, len(ids), name
            remarks = (Remark(Reason.PAGES, (len(book.pages),)), *book.remarks)
            rows.append(ImportRow(str(target), Outcome.ADDED, id, remarks))
        except ReaderError as error:
            reason = (Remark(Reason.ERROR, text=str(error)),)
            rows.append(ImportRow(name, Outcome.FAILED, id, reason))
    return ImportResult(tuple(rows))

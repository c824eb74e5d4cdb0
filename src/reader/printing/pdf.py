"""A PDF of an article: whole, or not there."""

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from reader import __version__
from reader.document.images import Pictures
from reader.errors import PrintError
from reader.model import Article, Sheet
from reader.printing.paint import paint
from reader.progress import Report, silent

_DPI = 1200
PAPERS = {
    "A4": QPageSize.PageSizeId.A4,
    "A5": QPageSize.PageSizeId.A5,
    "Letter": QPageSize.PageSizeId.Letter,
}


def page_layout(sheet: Sheet) -> QPageLayout:
    """Return the sheet as Qt knows it, its margins left to us."""
    way = QPageLayout.Orientation
    size = QPageSize(PAPERS.get(sheet.paper, QPageSize.PageSizeId.A4))
    return QPageLayout(
        size, way.Landscape if sheet.landscape else way.Portrait, QMarginsF(0, 0, 0, 0)
    )


def to_pdf(
    article: Article, sheet: Sheet, pictures: Pictures, target: Path, report: Report = silent
) -> int:
    """Write an article to a PDF file and return the number of pages.

    The file is written beside its place and moved there when it is whole. Raises PrintError,
    or Cancelled from the report; then nothing of it remains, and an older file is as it was.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    _look_at(target)
    try:
        count = _write(article, sheet, pictures, fresh, report)
        if not fresh.exists() or fresh.stat().st_size == 0 or not _ends(fresh):
            raise PrintError(f"The disk of {target.parent} is full; {target.name} was not written.")
        fresh.replace(target)
    except OSError as error:
        raise PrintError(f"{target} could not be written ({error.strerror}).") from error
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _write(article: Article, sheet: Sheet, pictures: Pictures, file: Path, report: Report) -> int:
    writer = QPdfWriter(str(file))
    writer.setResolution(_DPI)
    writer.setPageLayout(page_layout(sheet))
    writer.setTitle(article.title)
    writer.setAuthor(article.byline)
    writer.setCreator(f"Reader {__version__}")
    return paint(article, sheet, pictures, writer, report)


def _look_at(target: Path) -> None:
    if target.is_dir():
        raise PrintError(f"{target} is a folder; name a file for the PDF.")
    if not target.parent.is_dir():
        raise PrintError(f"There is no folder {target.parent}; choose another place for the PDF.")
    if not os.access(target.parent, os.W_OK):
        raise PrintError(f"You may not write to {target.parent}; choose another place for the PDF.")


def _ends(file: Path) -> bool:
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 64))
        return b"%%EOF" in opened.read()

"""Write a book to a PDF file, completely or not at all."""

import errno
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import NamedTuple
from weakref import WeakSet

from PySide6.QtCore import QLocale, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from reader import __version__
from reader.document.build import Document
from reader.errors import PrintError
from reader.printing.book import Book
from reader.printing.imposition import Side, sides
from reader.printing.paint import paint_side
from reader.printing.pdf.actual_text import ActualText
from reader.printing.pdf.archive import Attachment, attachments_of, srgb_profile
from reader.printing.pdf.finish import Metadata, finish
from reader.printing.pdf.links import Link
from reader.printing.pdf.outline import Bookmark
from reader.printing.pdf.structure import Structure
from reader.printing.pdf.tags import Place, Tree
from reader.printing.pdf.trouble import check_kind, remove, trouble
from reader.printing.piece import DPI
from reader.printing.sheets import sheet_mm
from reader.reasons import Remark
from reader.sheet import Imposition

_NAME_BYTES = 80  # of the target's name in that of the temporary file, which has at most 255

Apart = Callable[[Callable[[], None]], Iterator[None]]
Steps = Generator[tuple[int, int, str], None, None]


class _Gathered(NamedTuple):
    """The finds of painting: links of pictures, which Qt leaves out, URLs, and texts.

    ``read`` are the documents whose URLs are known.
    """

    of_pictures: list[Link]
    addresses: dict[str, str]
    texts: ActualText
    read: WeakSet[Document]

    def gather(self, book: Book, side: Side, page: int) -> None:
        """Collect the links of a side that was just painted."""
        for document in book.documents(number for number, _ in side.pages):
            if document not in self.read:
                self.read.add(document)
                self.addresses.update(document.addresses)
            for href, rect in document.take_picture_links():
                self.of_pictures.append(Link(page, href, _in_points(rect, book)))


def page_layout(book: Book) -> QPageLayout:
    """Return the sheet as a Qt page layout; the margins are part of our own layout."""
    wide, high = sheet_mm(book.sheet)
    way = QPageLayout.Orientation
    size = QPageSize(QSizeF(min(wide, high), max(wide, high)), QPageSize.Unit.Millimeter)
    return QPageLayout(size, way.Landscape if wide > high else way.Portrait, QMarginsF(0, 0, 0, 0))


def at_once(work: Callable[[], None]) -> Iterator[None]:
    """Do work in the calling thread."""
    work()
    yield


def to_pdf(book: Book, target: Path, apart: Apart = at_once, *, shown: bool = False) -> Steps:
    """Write a book to a PDF file, yielding the progress.

    Afterwards ``book.pages`` are its pages, and ``book.remarks`` the remarks on the file. The book
    stays laid out only if it is ``shown``; else its memory is free for the last part of the work.

    ``apart`` does the last part of the work, which needs no Qt, and yields until it is done.

    The file is written beside the target and moved there once it is complete. If PrintError is
    raised or the iterator is closed before its end, nothing of it remains and an older file is
    unchanged.
    """
    short = target.name.encode()[:_NAME_BYTES].decode(errors="ignore")
    raw = target.with_name(f".{short}.{os.getpid()}.raw")
    fresh = raw.with_suffix(".new")
    _look_at(target)
    try:
        yield from book.steps()
        all_sides = sides(book)
        about = yield from _painted(book, all_sides, raw)
        if not shown:
            book.let_go()
        remarks: list[Remark] = []
        for _ in apart(lambda: remarks.extend(finish(raw, fresh, about))):
            yield len(all_sides), len(all_sides), "Finishing"
        fresh.replace(target)
        book.remarks = tuple(remarks)
    except OSError as error:
        raise trouble(target, error) from error
    finally:
        remove(raw, fresh)


def _painted(
    book: Book, all_sides: list[Side], raw: Path
) -> Generator[tuple[int, int, str], None, Metadata]:
    """Paint a book into a file, and return all that is still to be written into it."""
    structure = _structure(book)
    gathered = _Gathered([], {}, ActualText(heard=structure is not None), WeakSet())
    yield from _write(book, all_sides, raw, gathered, structure)
    if not raw.exists() or not _ends(raw):
        raise OSError(errno.ENOSPC, "")
    attachments = yield from _attachments(book, len(all_sides))
    about = _about(book, all_sides, gathered, structure)
    return about._replace(attachments=attachments, profile=srgb_profile())


def _write(
    book: Book, all_sides: list[Side], file: Path, gathered: _Gathered, structure: Structure | None
) -> Steps:
    writer = QPdfWriter(str(file))
    writer.setResolution(DPI)
    writer.setPageLayout(page_layout(book))
    if book.sheet.grey:
        writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
    writer.setCreator(f"Reader {__version__}")
    painter = QPainter()
    if not painter.begin(writer):
        raise PrintError(f"{file.parent} cannot hold the file; choose another place.")
    try:
        for number, side in enumerate(all_sides, 1):
            for page, _ in side.pages:
                for _ in book.ready(page):
                    yield number, len(all_sides), f"Page {number} of {len(all_sides)}"
            if number > 1 and not writer.newPage():
                raise OSError(errno.ENOSPC, "")
            if structure:
                structure.page = number - 1
            gathered.texts.page = number - 1
            paint_side(painter, book, side, 1.0, structure, texts=gathered.texts)
            gathered.gather(book, side, number - 1)
            yield number, len(all_sides), f"Page {number} of {len(all_sides)}"
    finally:
        painter.end()


def _attachments(
    book: Book, total: int
) -> Generator[tuple[int, int, str], None, list[Attachment] | None]:
    """Return the articles as files for archives, None if they are not asked for."""
    if not book.sheet.archived:
        return None
    files: list[Attachment] = []
    for number, entry in enumerate(book.entries):
        name = f"article-{number + 1:05}" if book.is_bound else "article"
        files += attachments_of(book.typesetter.article(number), name)
        yield total, total, entry.title
    return files


def _structure(book: Book) -> Structure | None:
    """Return the structure for tags, None for sheets to be folded, which are not read on screen."""
    folded = book.sheet.imposition is Imposition.FOLDED
    return Structure(book) if book.sheet.tagged and not folded else None


def _tree(book: Book, structure: Structure) -> Tree:
    places = [
        Place(region.page, region.node, _in_points(region.rect, book))
        for region in structure.regions
    ]
    return Tree(structure.nodes, places, structure.pictures)


def _in_points(rect: QRectF, book: Book) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top in points from below, of dots from above."""
    high, point = sheet_mm(book.sheet)[1] * 72 / 25.4, 72 / DPI
    left, right = rect.left() * point, rect.right() * point
    return left, high - rect.bottom() * point, right, high - rect.top() * point


def _about(
    book: Book, all_sides: list[Side], gathered: _Gathered, structure: Structure | None
) -> Metadata:
    first = book.entries[0] if len(book.entries) == 1 else None
    folded = book.sheet.imposition is Imposition.FOLDED
    return Metadata(
        title=book.title,
        author=first.byline if first else "",
        subject=first.site if first else "; ".join(entry.title for entry in book.entries)[:2000],
        language=book.language or (_own_language() if structure else ""),
        bookmarks=[*_bookmarks(book, all_sides)],
        links=gathered.of_pictures,
        addresses=gathered.addresses,
        tree=_tree(book, structure) if structure else None,
        shows_outline=book.is_bound,
        folded=folded,
        texts=gathered.texts.texts,
    )


def _own_language() -> str:
    """Return the user's language, in which a text is heard whose language is not known."""
    return QLocale.system().bcp47Name() or "en"


def _bookmarks(book: Book, all_sides: list[Side]) -> Iterator[Bookmark]:
    places = {
        number: (page, way) for page, side in enumerate(all_sides) for number, way in side.pages
    }
    high = sheet_mm(book.sheet)[1] * 72 / 25.4
    for line in book.outline:
        page, way = places[line.page]
        point = way.map(QPointF(book.left, line.y)) * 72 / DPI
        yield Bookmark(line.level, line.text, page, point.x(), high - point.y() + 4)


def _look_at(target: Path) -> None:
    check_kind(target)
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

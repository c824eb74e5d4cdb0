"""The first pages of a book before the rest is laid out; they look the same in both.

Columns are filled from the top, so the text after a page changes nothing on it, unless the page is
among the last: those of a glimpse are not shown.
"""

from collections.abc import Iterator

from reader.printing.book import Book, Steps
from reader.printing.imposition import Side, sides
from reader.printing.piece import DPI, MM
from reader.sheet import Imposition

_PAGES = 3.5  # how much text is laid out
_ENOUGH, _UNSURE = 4, 2  # pages of a glimpse, and how many of the last may differ
_LETTER, _WORD = 0.5, 6  # the width of a letter in em, and the letters of a word


def glimpse_of(book: Book) -> Book | None:
    """Return a book of the beginning alone, None if that saves nothing.

    The first side of a booklet to be folded shows its last page, so there is none of it.
    """
    words = sum(entry.words for entry in book.entries)
    if book.sheet.imposition is Imposition.FOLDED or words * _WORD < _PAGES * _letters_of_page(
        book
    ):
        return None
    setter = book.typesetter
    first = Book(book.entries, setter.find, book.sheet, setter.pictures, book.title)
    first.dated = book.dated
    first.typesetter.most = _PAGES * book.columns * book.height
    return first


def _letters_of_page(book: Book) -> float:
    area, em = book.typesetter.area, book.sheet.size_pt * DPI / 72
    lines = area.height * MM / (em * book.sheet.leading)
    return max(400.0, lines * area.column * area.columns * MM / (em * _LETTER))


def first_steps(glimpse: Book) -> Steps:
    """Lay out as much of a glimpse as is shown."""
    for step in glimpse.steps():
        if len(glimpse.pages) >= _ENOUGH:
            return
        yield step


def certain_sides(glimpse: Book) -> list[Side]:
    """Return the sides that the whole book has as well."""
    known = len(glimpse.pages) - _UNSURE
    return [side for side in sides(glimpse) if all(page < known for page, _ in side.pages)]


def all_steps(book: Book, glimpse: Book | None) -> Iterator[tuple[int, int, str]]:
    """Lay out a glimpse, and then the book."""
    if glimpse is not None:
        yield from first_steps(glimpse)
    yield from book.steps()

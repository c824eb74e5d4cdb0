"""Imposition: pages alone on a sheet, in pairs, or in the order of a folded booklet."""

from typing import NamedTuple

from PySide6.QtGui import QTransform

from reader.printing.book import Book
from reader.printing.piece import MM
from reader.printing.sheets import sheet_mm
from reader.sheet import Imposition


class Side(NamedTuple):
    """A side of a sheet: the pages on it, each with its transformation from page to sheet."""

    pages: tuple[tuple[int, QTransform], ...]


def sides(book: Book) -> list[Side]:
    """Return the sides of all sheets of a book in the order of printing."""
    count = len(book.pages)
    if book.sheet.imposition is Imposition.SINGLE:
        return [Side(((number, QTransform()),)) for number in range(count)]
    if book.sheet.imposition is Imposition.TWO_UP:
        pairs = [(number, number + 1) for number in range(0, count, 2)]
    else:
        pairs = folded(count)
    if count and book.typesetter.piece(0).rtl:
        pairs = [(right, left) for left, right in pairs]
    return [_side(book, pair) for pair in pairs]


def folded(count: int) -> list[tuple[int, int]]:
    """Return the pairs of pages, left and right, of a booklet folded in the middle.

    The front and back of a sheet follow each other. Numbers from ``count`` on are empty pages,
    because a folded sheet has four.
    """
    whole = -(-count // 4) * 4
    pairs: list[tuple[int, int]] = []
    for first in range(0, whole // 2, 2):
        pairs += [(whole - 1 - first, first), (first + 1, whole - 2 - first)]
    return pairs


def _side(book: Book, pair: tuple[int, int]) -> Side:
    wide, high = (side * MM for side in sheet_mm(book.sheet))
    scale = min(wide / 2 / book.page_width, high / book.page_height)
    left = (wide / 2 - book.page_width * scale) / 2
    top = (high - book.page_height * scale) / 2
    return Side(
        tuple(
            (page, QTransform(scale, 0, 0, scale, left + half * wide / 2, top))
            for half, page in enumerate(pair)
            if page < len(book.pages)
        )
    )

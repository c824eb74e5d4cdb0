"""The places of the front of a book: its title page, the first page of a newspaper, a cover."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.printing.front.marks import reference_height
from reader.printing.front.pieces import cover, leads, teaser_gap, teasers
from reader.printing.page import Bar, Part, Reference
from reader.printing.paginate import Galley, Slice
from reader.printing.piece import CONTENTS, DPI, TEASERS, TITLE_PAGE
from reader.sheet import Front

if TYPE_CHECKING:
    from reader.printing.book import Book

_TITLE_DOWN = 0.3  # of the page's height
_BELOW_TITLE, _BETWEEN = 0.5, 1.1  # in em
_THICK, _THIN = DPI / 40, DPI / 200
_RULE = DPI / 250


def place_front(book: "Book") -> Iterator[None]:
    """Lay out and place all before the articles, a few milliseconds at a time."""
    if book.sheet.front is Front.NONE:
        return
    setter, several = book.typesetter, len(book.entries) > 1
    pieces = [TITLE_PAGE]
    if several and book.sheet.front is not Front.CONTENTS:
        shown = {*teasers(setter)} | ({cover(setter)} if _is_magazine(book) else set())
        pieces += [TEASERS - number for number in sorted(shown)]
    for number in [*pieces, CONTENTS] if several else pieces:
        yield from setter.set(number)
    yield from {
        Front.CONTENTS: _title_page, Front.NEWSPAPER: _newspaper, Front.MAGAZINE: _magazine
    }[book.sheet.front](book)  # fmt: skip


def _is_magazine(book: "Book") -> bool:
    return book.sheet.front is Front.MAGAZINE


def _title_page(book: "Book") -> Iterator[None]:
    book.new_page(TITLE_PAGE)
    book.filled = book.page_height * _TITLE_DOWN - book.top
    yield from _head_and_body(book, TITLE_PAGE)
    if len(book.entries) > 1:
        book.new_page(CONTENTS)
        yield from _head_and_body(book, CONTENTS)


def _head_and_body(book: "Book", number: int) -> Iterator[None]:
    piece = book.typesetter.piece(number)
    book.put_head(number, piece.head, book.left)
    yield from book.flow(number, 1)


# ---- newspapers


def _newspaper(book: "Book") -> Iterator[None]:
    book.new_page(TITLE_PAGE)
    piece = book.typesetter.piece(TITLE_PAGE)
    _put(book, TITLE_PAGE, piece.head, part=Part.HEAD)
    book.filled += _em(book) * _BELOW_TITLE
    _bar(book, _THICK)
    book.filled += _em(book) * 0.35
    _put(book, TITLE_PAGE, piece.body)
    book.filled += _em(book) * 0.35
    _bar(book, _THIN)
    if len(book.entries) > 1:
        book.filled += _em(book) * _BETWEEN
        _teasers(book, teasers(book.typesetter))
        yield from _index(book)


def _index(book: "Book") -> Iterator[None]:
    piece = book.typesetter.piece(CONTENTS)
    line = book.sheet.size_pt * book.sheet.leading * DPI / 72
    if book.filled + piece.head.end + 4 * line > book.height:
        book.new_page(CONTENTS)
    else:
        _rule(book)
        book.filled += _em(book) * 0.8
    _put(book, CONTENTS, piece.head, part=Part.HEAD)
    book.filled += _em(book) * 0.5
    yield from book.flow(CONTENTS, book.columns)
    if not leads(book.typesetter) and book.filled > 0.6 * book.height:
        book.filled = book.height  # the first article begins on a page of its own


# ---- magazines


def _magazine(book: "Book") -> Iterator[None]:
    book.new_page(TITLE_PAGE)
    piece = book.typesetter.piece(TITLE_PAGE)
    _bar(book, _THICK * 2, 0.12)
    book.filled += _em(book)
    _put(book, TITLE_PAGE, piece.head, part=Part.HEAD)
    book.filled += _em(book) * 0.4
    _put(book, TITLE_PAGE, piece.body)
    if len(book.entries) < 2:
        return
    book.filled += _em(book) * 1.6
    first = cover(book.typesetter)
    _cover_story(book, first)
    _teasers(book, teasers(book.typesetter))
    book.new_page(CONTENTS)
    _bar(book, _THICK * 2, 0.12)
    book.filled += _em(book)
    yield from _head_and_body(book, CONTENTS)


def _cover_story(book: "Book", number: int) -> None:
    """Put the picture, the title and the first words of an article on the cover, if they fit."""
    piece, em = book.typesetter.piece(TEASERS - number), _em(book)
    free = book.height - book.filled
    text = piece.body.end - piece.body.begin + reference_height(book)
    picture = piece.head.end - piece.head.begin + 1.2 * em
    if picture + text <= free:
        _put(book, TEASERS - number, piece.head, part=Part.HEAD)
        book.filled += 1.2 * em
    if text <= free:
        _put(book, TEASERS - number, piece.body)
        _refer(book, number, book.left, book.width)
        book.filled += 1.6 * em


# ---- teasers


def _teasers(book: "Book", numbers: Sequence[int]) -> None:
    """Put teasers beside each other, as far as they fit on the page."""
    setter, top, lowest = book.typesetter, book.filled, book.filled
    gap, x = teaser_gap(setter), book.left
    for number in numbers:
        piece = setter.piece(TEASERS - number)
        wide = piece.body.document.textWidth()
        picture = piece.head.end - piece.head.begin
        beside = picture > 1 and piece.head.document.textWidth() != wide
        below = 0.0 if beside or picture <= 1 else picture + 0.5 * _em(book)
        text = below + piece.body.end - piece.body.begin
        if top + max(picture, text) + 2 * reference_height(book) > book.height:
            continue
        book.filled = top
        _put(book, TEASERS - number, piece.head, part=Part.HEAD, x=x)
        x += piece.head.document.textWidth() + gap if beside else 0.0
        book.filled = top + below
        _put(book, TEASERS - number, piece.body, x=x)
        _refer(book, number, x, wide)
        lowest = max(lowest, book.filled, top + picture)
        x += wide + gap
    book.filled = lowest + (_em(book) * _BETWEEN if lowest > top else 0.0)


def _refer(book: "Book", number: int, x: float, width: float) -> None:
    entry = book.entries[number]
    site, y = entry.site or entry.byline, book.top + book.filled
    book.pages[-1].marks.append(Reference(number, site, x, y, width))
    book.filled += reference_height(book)


# ---- parts


def _put(
    book: "Book", number: int, galley: Galley, *, part: Part = Part.BODY, x: float | None = None
) -> None:
    """Put a whole galley on the page."""
    if galley.end - galley.begin > 1:
        whole = Slice(galley.begin, galley.end)
        book.put(number, part, whole, book.left if x is None else x)
        book.filled += whole.height


def _bar(book: "Book", height: float, part: float = 1.0) -> None:
    y = book.top + book.filled
    book.pages[-1].marks.append(Bar(book.left, y, book.width * part, height))
    book.filled += height


def _rule(book: "Book") -> None:
    book.pages[-1].rules.append(book.top + book.filled)
    book.filled += _RULE


def _em(book: "Book") -> float:
    return book.sheet.size_pt * DPI / 72

"""The words of the front of a book: its title, its contents, and teasers of its articles."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from reader import phrases
from reader.body.blocks import Block, Heading, Paragraph, Picture, Style, Text
from reader.body.from_html import parts, stored_pictures
from reader.document.build import Document, Head
from reader.document.direction import direction_of_article, has_rtl, joined_details
from reader.model import Article, Look
from reader.printing.beginning import Beginning
from reader.printing.paginate import Galley
from reader.printing.piece import CONTENTS, MM, NUMBER_MM, TEASERS, Entry, Making, Piece
from reader.sheet import Front

if TYPE_CHECKING:
    from reader.printing.typeset import Typesetter

TITLE_FACTOR = 1.3
"""The size of the type on a title page, relative to the text."""

_LARGEST = {Front.NEWSPAPER: 0.4, Front.MAGAZINE: 0.36}  # title in pt for a mm of the page
_TEASER_MM, _MOST_TEASERS, _LEADING = 50.0, 3, 6
_TALLEST_TEASER, _TALLEST_COVER = 0.17, 0.5  # of the height of the text area
_BESIDE = 0.38  # the part of the page that the picture of a lone teaser takes
_TEASER_LETTERS, _BARE_LETTERS, _COVER_LETTERS = 150, 320, 240
_SHORT_INDEX = 0.4  # of the page: below it the first article begins on the front page
_ENTRY_LINES = 2.6  # the height of an entry of an index, in lines
_DETAILED = 60  # entries; more are listed in one line each
_LOOKED_AT = 40  # blocks of an article, for its first words
_WIDE = ("\u2e80", "\uffef")  # scripts whose letters are twice as wide as Latin ones

_ENDLESS = 1e6  # dots: a line that never breaks

Setting = Generator[None, None, Galley]


def front_piece(setter: "Typesetter", number: int) -> Making:
    """Lay out a piece of the front by its number."""
    if number == CONTENTS:
        return _contents(setter)
    if number <= TEASERS:
        return _teaser(setter, TEASERS - number)
    return _title_page(setter) if setter.sheet.front is Front.CONTENTS else _masthead(setter)


def leads(setter: "Typesetter") -> bool:
    """Return whether the first article of a newspaper begins on the front page."""
    rows = -(-len(setter.entries) // setter.area.columns)
    line = setter.sheet.size_pt * setter.sheet.leading * 25.4 / 72
    return rows * _ENTRY_LINES * line <= setter.area.height * _SHORT_INDEX


def teasers(setter: "Typesetter") -> Sequence[int]:
    """Return the numbers of the articles with teasers; a lead story needs none.

    They are the leading ones, in a newspaper preferably those with pictures.
    """
    count = len(setter.entries)
    most = max(1, min(_MOST_TEASERS, int(setter.area.width / _TEASER_MM)))
    if setter.sheet.front is Front.MAGAZINE:
        others = (number for number in range(count) if number != cover(setter))
        return [*islice(others, most)]
    first = 1 if leads(setter) else 0
    leading = range(first, min(count, first + _LEADING))
    bare = sorted(leading, key=lambda number: not setter.entries[number].lead)
    return sorted(bare[:most])


def cover(setter: "Typesetter") -> int:
    """Return the number of the article on the cover of a magazine: the first with a picture."""
    with_picture = (number for number, entry in enumerate(setter.entries) if entry.lead)
    return next(with_picture, 0) if setter.sheet.pictures else 0


def teaser_gap(setter: "Typesetter") -> float:
    """Return the space between two teasers in dots."""
    return setter.area.gap * 1.4 * MM


# ---- titles


def _details(setter: "Typesetter") -> str:
    words = sum(entry.words for entry in setter.entries)
    today = phrases.day(date.today().isoformat())
    count = phrases.plural(len(setter.entries), "article")
    details = (count, phrases.reading_time(words), setter.dated or today)
    return joined_details(details, rtl=has_rtl(setter.title))


def _title_page(setter: "Typesetter") -> Making:
    head = Head(setter.title, "", (_details(setter),))
    look = setter.look._replace(size_pt=setter.look.size_pt * TITLE_FACTOR)
    return (yield from setter.galleys(head, Beginning(iter(())), look))


def _masthead(setter: "Typesetter") -> Making:
    """Set the title as large as fits across the page, and the date below it."""
    head = Head(setter.title)
    trial = setter.document(setter.look, head, "", _ENDLESS)
    natural = trial.firstBlock().layout().lineAt(0).naturalTextWidth()
    size = _LARGEST[setter.sheet.front] * setter.area.width / 1.9
    fits = setter.look.size_pt * setter.area.width * MM / max(1.0, natural) * 0.98
    size = max(setter.look.size_pt * TITLE_FACTOR, min(size, fits))
    title = setter.document(setter.look._replace(size_pt=size), head, "", setter.area.width * MM)
    date_line = _plain(setter.look)
    below = setter.document(date_line, None, "", setter.area.width * MM)
    below.grow(iter((Paragraph((Text(_details(setter), Style.SMALL),)),)))
    if setter.sheet.front is Front.NEWSPAPER:
        _centre(title)
        _centre(below)
    piece = Piece((yield from _measured(title)), (yield from _measured(below)))
    piece.head.end = _bottom(title)  # without the empty line of the details
    return piece


def _centre(document: Document) -> None:
    block = document.firstBlock()
    while block.isValid():
        form = block.blockFormat()
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()


def _bottom(document: Document) -> float:
    return document.documentLayout().blockBoundingRect(document.firstBlock()).bottom()


# ---- contents


def _contents(setter: "Typesetter") -> Making:
    if setter.sheet.front is Front.NEWSPAPER:
        listed = (_indexed(each, index, setter) for index, each in enumerate(setter.entries))
        title = setter.document(setter.look._replace(size_pt=setter.look.size_pt * 0.62),
                                Head("In this issue"), "", setter.area.width * MM)  # fmt: skip
        head = yield from _measured(title)
        head.end = _bottom(title)
        width = (setter.area.column - NUMBER_MM / 2) * MM
        return Piece(head, (yield from _set(setter, listed, _plain(setter.look), width)))
    listed = (_listed(each, index, setter) for index, each in enumerate(setter.entries))
    narrow = (setter.area.width - NUMBER_MM) * MM
    look = _plain(setter.look)
    return (yield from setter.galleys(Head("Contents"), Beginning(listed), look, body_width=narrow))


def _listed(entry: Entry, index: int, setter: "Typesetter") -> Block:
    """Return an entry of the contents: title, author, site and time; in a magazine also words."""
    details = (entry.byline, entry.site, phrases.reading_time(entry.words))
    shown = joined_details(dict.fromkeys(details), rtl=has_rtl(entry.title))
    runs = [Text(entry.title, Style.STRONG, _top_of(index))]
    if shown:
        runs.append(Text(f"\n{shown}", Style.SMALL))
    if setter.sheet.front is Front.MAGAZINE and len(setter.entries) <= _DETAILED:
        words = opening(setter.find(entry.id), _TEASER_LETTERS)
        runs += [Text(f"\n{words}")] if words else []
    return Paragraph(tuple(runs))


def _indexed(entry: Entry, index: int, setter: "Typesetter") -> Block:
    """Return an entry of an index: title and site, in one line if there are many."""
    title = Text(entry.title, Style.STRONG, _top_of(index))
    between = "\n" if len(setter.entries) <= _DETAILED else "  "
    site = entry.site or entry.byline
    return Paragraph((title, Text(f"{between}{site}", Style.SMALL)) if site else (title,))


def _top_of(index: int) -> str:
    return f"#a{index}-top"


# ---- teasers


def _teaser(setter: "Typesetter", number: int) -> Making:
    """Set the picture of an article, and its title and first words for below or beside it."""
    article = setter.find(setter.entries[number].id)
    on_cover = setter.sheet.front is Front.MAGAZINE and number == cover(setter)
    picture = _picture(article) if _shows_picture(setter, number) else None
    wide, beside = _teaser_widths(setter, picture is not None)
    if on_cover:
        wide = beside = setter.area.width * MM
    look, direction = _plain(setter.look), direction_of_article(article)
    above = setter.document(look, None, direction, wide)
    share = _TALLEST_COVER if on_cover else _TALLEST_TEASER
    above.set_tallest_picture(setter.area.height * MM * share)
    above.grow(iter((Paragraph((picture,)),) if picture else ()))
    head = yield from _measured(above)
    title = Heading(1 if on_cover else 3, (Text(article.title, link=_top_of(number)),))
    letters = _letters(setter, on_cover, picture is not None)
    words = opening(article, letters)
    text = (title, Paragraph((Text(words),))) if words else (title,)
    body = yield from _set(setter, iter(text), look, beside, direction)
    return Piece(head, body, rtl=direction == "rtl")


def _letters(setter: "Typesetter", on_cover: bool, has_picture: bool) -> int:
    if on_cover:
        return _COVER_LETTERS
    bare = setter.sheet.front is Front.NEWSPAPER and not has_picture
    return _BARE_LETTERS if bare else _TEASER_LETTERS


def _shows_picture(setter: "Typesetter", number: int) -> bool:
    if setter.sheet.front is Front.MAGAZINE and number != cover(setter):
        return False
    return setter.sheet.pictures and bool(setter.entries[number].lead)


def _teaser_widths(setter: "Typesetter", has_picture: bool) -> tuple[float, float]:
    """Return the widths of the picture and of the words of a teaser."""
    whole, gap = setter.area.width * MM, teaser_gap(setter)
    count = len(teasers(setter))
    if count > 1 or setter.sheet.front is Front.MAGAZINE:
        each = (whole - gap * (count - 1)) / count
        return each, each
    return whole * _BESIDE, (whole * (1 - _BESIDE) - gap if has_picture else whole)


def _picture(article: Article) -> Picture:
    """Return the leading picture of an article in its natural size, made as wide as fits."""
    known = (each for each in stored_pictures(article.html) if each.name == article.lead)
    picture = next(known, Picture(article.lead))
    if picture.width and picture.height:
        wide = 4000  # the column limits it
        high = max(1, round(wide * picture.height / picture.width))
        return picture._replace(width=wide, height=high, link="")
    return picture._replace(link="")


def opening(article: Article, letters: int) -> str:
    """Return the first words of an article's paragraphs, ``""`` if it has none."""
    text = ""
    for block in islice(parts(article.html), _LOOKED_AT):
        if isinstance(block, Paragraph):
            said = "".join(run.text for run in block.runs if isinstance(run, Text))
            text = f"{text} {said}".strip()
        if len(text) > letters:
            break
    return first_words(text, letters)


def first_words(text: str, letters: int) -> str:
    """Return the beginning of a text, cut between two words; wide letters count twice."""
    text = " ".join(text.split())
    size = 0
    for index, letter in enumerate(text):
        size += 2 if _WIDE[0] <= letter <= _WIDE[1] else 1
        if size > letters:
            space = text.rfind(" ", index // 2, index + 1)
            cut = space if space > 0 else index
            return f"{text[:cut].rstrip(' ,.;:–—')}…"
    return text


# ---- setting


def _plain(look: Look) -> Look:
    """Return a look for short texts: ragged, and links like other words."""
    look = look._replace(justified=False, underlined=False)
    return look._replace(theme=look.theme._replace(link=look.theme.text))


def _set(
    setter: "Typesetter", text: Iterator[Block], look: Look, width: float, direction: str = ""
) -> Setting:
    document = setter.document(look, None, direction, width)
    while not document.grow(text, 0.008):
        if 0 < setter.most < document.size().height():
            break
        yield
    return (yield from _measured(document))


def _measured(document: Document) -> Setting:
    document.grow(iter(()))
    galley = Galley(document)
    yield from galley.measure()
    return galley

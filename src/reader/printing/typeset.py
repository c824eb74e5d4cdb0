"""Lay out the pieces of a book: title page, contents, articles.

Only as many articles stay laid out as memory should hold; the others are laid out again, to the
same lines, when one of their pages is painted.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reader import phrases
from reader.body.blocks import Block, Note, Paragraph, Style, Text
from reader.body.from_html import parts
from reader.document.build import Document, Head, head_of
from reader.document.direction import direction_of_article
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.model import Article, Look, Row
from reader.printing.adapt import for_paper
from reader.printing.foot import FootNotes, apart, foot_notes, in_order
from reader.printing.page import Part
from reader.printing.paginate import Galley
from reader.printing.qr import Code, code_of
from reader.printing.sheets import area_mm, look_of
from reader.sheet import Notes, Sheet

DPI = 1200
"""The resolution of the layout in dots per inch, whatever device it is painted on."""

MM = DPI / 25.4
HAIRLINE = DPI / 250
TITLE_PAGE, CONTENTS = -2, -1
"""The numbers of the pieces before the articles, which have 0 and more."""

NUMBER_MM = 14.0
"""The width of the page numbers beside the contents."""

CODE_MM = 21.0
"""The side of a QR code, and the space beside it."""

_SLICE_SECONDS = 0.008
_KEPT_CHARACTERS = 2_000_000
_TALLEST_PICTURE = 0.67
_TITLE_FACTOR = 1.3
_TAG = re.compile("<[^>]*>")
_LOOKED_AT = 40_000  # characters, for the language
_WITHOUT_SPACES = frozenset("ja km lo my th zh".split())

Making = Generator[None, None, "Piece"]


class Entry(NamedTuple):
    """An article of a book, as its contents list it."""

    id: int
    title: str
    byline: str
    site: str
    words: int


def entry_of(article: Article | Row) -> Entry:
    """Return the entry of an article in the contents."""
    return Entry(article.id, article.title, article.byline, article.site, article.words)


class Piece(NamedTuple):
    """A laid out piece: head, body, and the text around its pages.

    ``source`` is printed at the foot of its pages; ``code`` is the QR code beside the head.
    """

    head: Galley
    body: Galley
    notes: FootNotes | None = None
    rtl: bool = False
    language: str = ""
    source: str = ""
    code: Code | None = None
    size: int = 0

    @property
    def galleys(self) -> tuple[Galley, ...]:
        """Return all galleys of the piece."""
        return (self.head, self.body, self.notes.galley) if self.notes else (self.head, self.body)

    def galley(self, part: Part) -> Galley:
        """Return the galley of a part that the piece has."""
        return self.galleys[part.value]


class Typesetter:
    """Lays out the pieces of one book."""

    def __init__(
        self,
        entries: Sequence[Entry],
        find: Callable[[int], Article],
        sheet: Sheet,
        pictures: Pictures,
        title: str,
    ) -> None:
        load_fonts()
        self.entries = entries
        self.sheet = sheet
        self.look = look_of(sheet)
        self.area = area_mm(sheet)
        self.title = title
        self._find = find
        self._pictures = pictures
        self._pieces: OrderedDict[int, Piece] = OrderedDict()

    def set(self, number: int) -> Iterator[None]:
        """Lay out a piece, a few milliseconds at a time, unless it is in memory."""
        if number in self._pieces:
            self._pieces.move_to_end(number)
            return
        if number == TITLE_PAGE:
            piece = yield from self._title_page()
        elif number == CONTENTS:
            piece = yield from self._contents()
        else:
            piece = yield from self._article(number)
        self._pieces[number] = piece
        self._let_go()

    def piece(self, number: int) -> Piece:
        """Return a piece, laid out now if ``set`` has not done so."""
        for _ in self.set(number):
            pass
        return self._pieces[number]

    def article(self, number: int) -> Article:
        """Return an article as the library holds it."""
        return self._find(self.entries[number].id)

    @property
    def kept(self) -> tuple[int, ...]:
        """Return the numbers of the pieces that are laid out."""
        return tuple(self._pieces)

    def _let_go(self) -> None:
        kept = sum(piece.size for piece in self._pieces.values())
        for number in [*self._pieces][:-1]:
            if kept > _KEPT_CHARACTERS:
                kept -= self._pieces.pop(number).size

    def _title_page(self) -> Making:
        words = sum(entry.words for entry in self.entries)
        details = (
            phrases.plural(len(self.entries), "article"),
            phrases.reading_time(words),
            phrases.day(date.today().isoformat()),
        )
        head = Head(self.title, "", tuple(filter(None, details)))
        look = self.look._replace(size_pt=self.look.size_pt * _TITLE_FACTOR)
        return (yield from self._galleys(head, iter(()), look))

    def _contents(self) -> Making:
        narrow = (self.area.width - NUMBER_MM) * MM
        listed = (_listed(each, index) for index, each in enumerate(self.entries))
        look = self.look._replace(justified=False, underlined=False)
        look = look._replace(theme=look.theme._replace(link=look.theme.text))
        return (yield from self._galleys(Head("Contents"), listed, look, body_width=narrow))

    def _article(self, number: int) -> Making:
        article = self._find(self.entries[number].id)
        prefix = f"a{number}-" if len(self.entries) > 1 else ""
        language = article.language or _guess(article)
        direction = direction_of_article(article._replace(language=language))
        head = head_of(article)._replace(anchor=f"a{number}-top")
        look = self.look
        if language.split("-")[0] in _WITHOUT_SPACES:
            look = look._replace(
                justified=False
            )  # without spaces between words there is nothing to stretch
        code = code_of(article.url) if self.sheet.code else None
        text = parts(article.html or phrases.WAITING)
        galleys = yield from self._galleys(
            head,
            for_paper(text, self.sheet, language, prefix),
            look,
            direction,
            head_width=(self.area.width - (CODE_MM if code else 0)) * MM,
            body_width=self.area.column * MM,
        )
        return galleys._replace(
            rtl=direction == "rtl", language=language, source=_source(article), code=code,
            size=len(article.html),
        )  # fmt: skip

    def _galleys(
        self,
        head: Head,
        text: Iterator[Block | Note | None],
        look: Look,
        direction: str = "",
        *,
        head_width: float = 0.0,
        body_width: float = 0.0,
    ) -> Making:
        width = self.area.width * MM
        above = self._document(look, head, direction, head_width or width)
        below = self._document(look, None, direction, body_width or width)
        below.lay_out(body_width or width, width, self.area.height * MM)
        above.grow(iter(()))
        notes: list[Note] = []
        at_foot = self.sheet.notes is Notes.FOOT
        while not below.grow(apart(text, notes) if at_foot else text, _SLICE_SECONDS):
            yield
        piece = Piece(Galley(above), Galley(below))
        for galley in (piece.head, piece.body):
            yield from galley.measure()
        if not notes:
            return piece
        foot = self._document(look, None, direction, body_width or width)
        foot.continue_notes(below)
        notes = in_order(notes, below)
        while not foot.grow(iter(notes), _SLICE_SECONDS):
            yield
        galley = Galley(foot)
        yield from galley.measure()
        noted = yield from foot_notes(notes, piece.body, galley)
        return piece._replace(notes=noted)

    def _document(self, look: Look, head: Head | None, direction: str, width: float) -> Document:
        document = Document(look, self._pictures, head, direction=direction, on_paper=True)
        document.set_zoom(DPI / 96)
        document.set_tallest_picture(self.area.height * MM * _TALLEST_PICTURE)
        document.lay_out(width, turned=width)
        return document


def _listed(entry: Entry, index: int) -> Block:
    details = (entry.byline, entry.site, phrases.reading_time(entry.words))
    shown = " · ".join(dict.fromkeys(detail for detail in details if detail))
    title = Text(entry.title, Style.STRONG, f"#a{index}-top")
    return Paragraph((title, Text(f"\n{shown}", Style.SMALL)) if shown else (title,))


def _guess(article: Article) -> str:
    from reader.body.language import guess  # rarely needed

    return guess(article.excerpt) or guess(_TAG.sub(" ", article.html[:_LOOKED_AT]))


def _source(article: Article) -> str:
    address = article.url if article.url.startswith(("http:", "https:")) else ""
    address = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return " · ".join(filter(None, (address, phrases.day(article.published_at))))

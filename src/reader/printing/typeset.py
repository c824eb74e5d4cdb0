"""Lay out the pieces of a book: title page, contents, articles.

Only as many articles stay laid out as memory should hold; the others are laid out again, to the
same lines, when one of their pages is painted.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reader import phrases
from reader.body.blocks import Note
from reader.body.from_html import parts
from reader.document.build import Document, Head, head_of
from reader.document.direction import direction_of_article
from reader.document.fonts import load_fonts
from reader.document.hyphenation import patterns_of
from reader.document.images import Pictures
from reader.errors import PrintError
from reader.model import Article, Look
from reader.printing.adapt import for_paper
from reader.printing.beginning import (
    GREATEST_HEIGHT,
    LONG_TEXT,
    MOST_HEIGHT,
    Beginning,
    Extent,
    Part,
    small_parts,
)
from reader.printing.foot import apart, foot_notes, notes_of
from reader.printing.front.pieces import front_piece
from reader.printing.paginate import Galley
from reader.printing.piece import DPI, MM, Entry, Making, Piece
from reader.printing.qr import code_of
from reader.printing.set_finely import Compositor
from reader.printing.sheets import area_mm, look_of
from reader.printing.source import end_of, foot_of
from reader.sheet import Notes, Sheet

CODE_MM = 21.0
"""The side of a QR code, and the space beside it."""

_SLICE_SECONDS = 0.008
_KEPT_CHARACTERS = 2_000_000
_FAR_TOO_MUCH = 4
_TALLEST_PICTURE = 0.67
_TAG = re.compile("<[^>]*>")
_NOTE = '<div role="doc-endnote"'  # the notes of canonical HTML are at its end
_LOOKED_AT = 40_000  # characters, for the language
_WITHOUT_SPACES = frozenset("ja km lo my th zh".split())


class _Rest(NamedTuple):
    """The rest of an article that is too long for one document, from a part on."""

    entry: int
    start: int


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
        self.dated = ""
        """The dates of an issue in words, today if it is empty."""
        self.most = 0.0
        """The height in dots of each piece that is laid out at least, 0 for all of it."""
        self._rests: dict[int, _Rest] = {}
        self._ends: dict[int, int] = {}
        self._note_numbers: dict[int, dict[str, int]] = {}
        self.find = find
        self.pictures = pictures
        self._pieces: OrderedDict[int, Piece] = OrderedDict()

    def set(self, number: int) -> Iterator[None]:
        """Lay out a piece, a few milliseconds at a time, unless it is in memory."""
        if number in self._pieces:
            self._pieces.move_to_end(number)
            return
        piece = yield from (self._article(number) if number >= 0 else front_piece(self, number))
        self._pieces[number] = piece
        self._let_go_of_oldest()

    def piece(self, number: int) -> Piece:
        """Return a piece, laid out now if ``set`` has not done so."""
        for _ in self.set(number):
            pass
        return self._pieces[number]

    def entry_of(self, number: int) -> int:
        """Return the number of the entry of which a piece is a part."""
        return self._rests[number].entry if number in self._rests else number

    def article(self, number: int) -> Article:
        """Return an article as the library holds it."""
        return self.find(self.entries[self.entry_of(number)].id)

    @property
    def kept(self) -> tuple[int, ...]:
        """Return the numbers of the pieces that are laid out."""
        return tuple(self._pieces)

    def let_go(self) -> None:
        """Keep no piece in memory."""
        self._pieces.clear()

    def _let_go_of_oldest(self) -> None:
        kept = sum(piece.size for piece in self._pieces.values())
        for number in [*self._pieces][:-1]:
            if kept > _KEPT_CHARACTERS:
                kept -= self._pieces.pop(number).size

    def _article(self, number: int) -> Making:
        entry, start = self._rests.get(number, _Rest(number, 0))
        extent = Extent(start, self._ends.get(number))
        article = self.article(number)
        language = article.language or _guess(article)
        direction = direction_of_article(article._replace(language=language))
        head = head_of(article)._replace(anchor=f"a{entry}-top")
        look = self.look
        if language.split("-")[0] in _WITHOUT_SPACES:
            look = look._replace(
                justified=False
            )  # without spaces between words there is nothing to stretch
        code = code_of(article.url) if self.sheet.code else None
        text = self._text(entry, article, patterns_of(language, article.html), extent)
        galleys = yield from self.galleys(
            head,
            text,
            look,
            direction,
            head_width=(self.area.width - (CODE_MM if code else 0)) * MM,
            body_width=self.area.column * MM,
            note_numbers=self._note_numbers.setdefault(entry, {}),
        )
        if not self.most:
            self._ends[number] = text.end
        return galleys._replace(
            rtl=direction == "rtl", language=language, source=foot_of(article), code=code,
            size=galleys.body.document.characterCount(),
            rest=0 if text.is_whole or self.most else self._rest(entry, text.end),
        )  # fmt: skip

    def _text(self, entry: int, article: Article, patterns: str, extent: Extent) -> Beginning:
        """Return the text of an article as it is printed, or a part of it."""
        prefix = f"a{entry}-" if len(self.entries) > 1 else ""
        html = article.html or phrases.WAITING
        alone = len(self.entries) == 1 or not self.sheet.run_on

        def printed(html: str) -> Iterator[Part]:
            text = parts(html)
            small = small_parts(text) if len(html) > LONG_TEXT else text
            return for_paper(small, self.sheet, patterns, prefix)

        def notes() -> Iterator[Note]:
            at = html.find(_NOTE)
            text = printed(html[at:]) if at > 0 else iter(())
            return (part for part in text if isinstance(part, Note))

        whole = chain(printed(html), end_of(article, self.sheet, alone=alone))
        return Beginning(whole, extent, notes)

    def _rest(self, entry: int, start: int) -> int:
        """Return the number of the piece that has the rest of an article, from a part on."""
        rest = _Rest(entry, start)
        known = (number for number, each in self._rests.items() if each == rest)
        number = next(known, len(self.entries) + len(self._rests))
        self._rests[number] = rest
        return number

    def galleys(
        self,
        head: Head,
        text: Beginning,
        look: Look,
        direction: str = "",
        *,
        head_width: float = 0.0,
        body_width: float = 0.0,
        note_numbers: dict[str, int] | None = None,
    ) -> Making:
        """Lay out a head and a text in steps; widths are in dots, that of the page if 0."""
        width = self.area.width * MM
        above = self.document(look, head, direction, head_width or width)
        below = self.document(look, None, direction, body_width or width)
        below.lay_out(body_width or width, width, self.area.height * MM)
        below.number_notes({} if note_numbers is None else note_numbers)
        self._growing(above).grow(iter(()))
        notes: list[Note] = []
        yield from self._fill(below, text, notes)
        piece = Piece(Galley(above), Galley(below))
        for galley in (piece.head, piece.body):
            yield from galley.measure()
        if self.sheet.notes is Notes.FOOT:
            notes = notes_of(text, notes, below)
        if not notes:
            return piece
        foot = self.document(look, None, direction, body_width or width)
        foot.continue_notes(below)
        growing = self._growing(foot)
        while not growing.grow(iter(notes), _SLICE_SECONDS):
            yield
        galley = Galley(foot)
        yield from galley.measure()
        noted = yield from foot_notes(notes, piece.body, galley)
        return piece._replace(notes=noted)

    def _fill(self, document: Document, text: Beginning, notes: list[Note]) -> Iterator[None]:
        """Let a document grow until it is full, and gather the notes that stand at the foot."""
        at_foot = self.sheet.notes is Notes.FOOT
        growing, most = self._growing(document), self.most or MOST_HEIGHT
        blocks = iter(text)
        while not growing.grow(apart(blocks, notes) if at_foot else blocks, _SLICE_SECONDS):
            height = document.size().height()
            text.enough = height > most  # a part is not left half done
            if self.most and height > _FAR_TOO_MUCH * most:
                break
            yield
        if document.size().height() >= GREATEST_HEIGHT:
            raise PrintError("A paragraph or table is too long to print; choose smaller type.")

    def _growing(self, document: Document) -> Compositor | Document:
        """Return the object that lets a document grow as finely as the sheet asks for."""
        return Compositor(document) if self.sheet.finely else document

    def document(self, look: Look, head: Head | None, direction: str, width: float) -> Document:
        """Return a document for paper, without its text; ``width`` is in dots."""
        document = Document(look, self.pictures, head, direction=direction, on_paper=True)
        document.set_zoom(DPI / 96)
        document.set_tallest_picture(self.area.height * MM * _TALLEST_PICTURE)
        document.lay_out(width, turned=width)
        return document


def _guess(article: Article) -> str:
    from reader.body.language import guess  # rarely needed

    return guess(article.excerpt) or guess(_TAG.sub(" ", article.html[:_LOOKED_AT]))

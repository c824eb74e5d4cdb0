"""The pages of one article, or of a book of many."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.document.build import Document
from reader.document.images import Pictures
from reader.model import Article
from reader.printing.front.marks import Mark
from reader.printing.front.pages import place_front
from reader.printing.paginate import Galley, Slice
from reader.printing.qr import Code
from reader.printing.sheets import page_mm
from reader.printing.typeset import CODE_MM, DPI, MM, TITLE_PAGE, Entry, Typesetter
from reader.sheet import Front, Header, Sheet

_BELOW_HEAD, _BETWEEN = 1.2, 2.6  # in em
_LEAST_LINES = 6

Steps = Iterator[tuple[int, int, str]]
"""Progress: the number of articles done, of all, and the title of the current one."""


class Placed(NamedTuple):
    """A slice of a piece's head or body at a place on a page."""

    piece: int
    in_head: bool
    slice: Slice
    x: float
    y: float


class Outline(NamedTuple):
    """A line of the outline: its level and text, and the page and height it leads to."""

    level: int
    text: str
    page: int
    y: float


@dataclass(slots=True)
class Page:
    """A page: its slices, the rules across it, a QR code, and marks of the front of a book."""

    piece: int
    placed: list[Placed] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    code: tuple[float, float, Code] | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[int, ...]:
        """Return the numbers of the pieces on the page."""
        return tuple(dict.fromkeys(placed.piece for placed in self.placed)) or (self.piece,)

    @property
    def begins_piece(self) -> bool:
        """Return whether a piece begins at the top of the page."""
        return not self.placed or self.placed[0].in_head


class Book:
    """Pages in units of 1/1200 inch; a book of several articles has a title page and contents."""

    def __init__(
        self,
        entries: Sequence[Entry],
        find: Callable[[int], Article],
        sheet: Sheet,
        pictures: Pictures,
        title: str = "",
    ) -> None:
        """Prepare a book; ``find`` returns an article by id, ``title`` is for several articles."""
        self.title = title or (entries[0].title if entries else "")
        self.sheet = sheet
        self.entries = entries
        self.typesetter = Typesetter(entries, find, sheet, pictures, self.title)
        self.pages: list[Page] = []
        self.outline: list[Outline] = []
        self.begins: list[int] = []
        """The pages on which the articles begin, as far as they are laid out."""
        area = self.typesetter.area
        self.left, self.top = area.left * MM, area.top * MM
        self.width, self.height = area.width * MM, area.height * MM
        self.column, self.gap = area.column * MM, area.gap * MM
        self.columns = area.columns
        self.page_width, self.page_height = (side * MM for side in page_mm(sheet))
        self._em = sheet.size_pt * DPI / 72
        self._y = 0.0  # how much of the last page is filled
        self.complete = False
        self._work = self._lay_out()

    @property
    def is_bound(self) -> bool:
        """Return whether it is a book of several articles, or an issue with dates."""
        return len(self.entries) > 1 or bool(self.entries and self.dated)

    @property
    def dated(self) -> str:
        """The dates of an issue in words, ``""`` for today; set before the first step."""
        return self.typesetter.dated

    @dated.setter
    def dated(self, dates: str) -> None:
        self.typesetter.dated = dates

    @property
    def language(self) -> str:
        """The language of the first article."""
        return self.typesetter.piece(0).language if self.entries else ""

    def steps(self) -> Steps:
        """Lay out the rest, a few milliseconds at a time; can be interrupted and resumed."""
        for step in self._work:  # noqa: UP028  # "yield from" would end the work with this iterator
            yield step

    def _lay_out(self) -> Steps:
        total = len(self.entries)
        if self.is_bound:
            for _ in place_front(self):
                yield 0, total, self.title
        for index, entry in enumerate(self.entries):
            yield index, total, entry.title
            for _ in self.typesetter.set(index):
                yield index, total, entry.title
            self._place_article(index)
        self.complete = not self.typesetter.most
        yield total, total, ""

    def ready(self, page: int) -> Iterator[None]:
        """Lay out the pieces of a page again if they are no longer in memory."""
        for piece in self.pages[page].pieces:
            yield from self.typesetter.set(piece)

    def documents(self, pages: Iterable[int]) -> Iterator[Document]:
        """Yield the documents on some pages."""
        for number in {piece for page in pages for piece in self.pages[page].pieces}:
            piece = self.typesetter.piece(number)
            yield piece.head.document
            yield piece.body.document

    def section(self, page: int) -> str:
        """Return the heading under which a page begins."""
        index = bisect_left(self.outline, page, key=lambda each: each.page)
        if index < len(self.outline):
            first = self.outline[index]
            if first.page == page and first.y < self.top + self._em:
                return first.text
        return self.outline[index - 1].text if index else ""

    def edges(self, number: int) -> tuple[str, str, str, str]:
        """Return the text above a page, left and right, and below it, left and right."""
        page = self.pages[number]
        above = left = right = below = ""
        if page.piece >= 0:
            entry, title = self.entries[page.piece], self.sheet.header
            if title is not Header.NONE and not page.begins_piece:
                above = self.section(number) if title is Header.SECTION else entry.title
                right = entry.site
            shared = self.is_bound and self.sheet.run_on
            left = self.title if shared else self.typesetter.piece(page.piece).source
        counts = self.complete and not self.is_bound
        if self.sheet.footer and page.piece != TITLE_PAGE:
            below = f"{number + 1} / {len(self.pages)}" if counts else str(number + 1)
        return above, right, left if self.sheet.footer else "", below

    # ---- placing

    def _place_article(self, number: int) -> None:
        piece = self.typesetter.piece(number)
        self._begin(number, piece.head)
        self.begins.append(len(self.pages) - 1)
        at = self.top + self._y
        self.outline.append(Outline(0, self.entries[number].title, len(self.pages) - 1, at))
        below = self._y
        if piece.code:
            side = self.left if piece.rtl else self.left + self.width - (CODE_MM - 1) * MM
            self.pages[-1].code = (side, at, piece.code)
            below += CODE_MM * MM
        narrower = self.width - piece.head.document.textWidth()
        self._put_head(number, piece.head, self.left + (narrower if piece.rtl else 0.0))
        self._y = max(self._y, below)
        self._flow(number, piece.body, self.columns, rtl=piece.rtl)

    def _begin(self, number: int, head: Galley) -> None:
        """Start a new page, or continue below a rule if there is room for a good beginning."""
        gap = _BETWEEN * self._em
        least = head.end + (_BELOW_HEAD + _LEAST_LINES * self.sheet.leading) * self._em
        follows = number > 0 or (self.is_bound and self.sheet.front is Front.NEWSPAPER)
        runs_on = self.sheet.run_on and follows and self._y + gap + least <= self.height
        if not runs_on:
            self._new_leaf(number)
            return
        self.pages[-1].rules.append(self.top + self._y + gap / 2)
        self._y += gap

    def _put_head(self, number: int, head: Galley, x: float) -> None:
        whole = Slice(0.0, head.end, None, head.end, None)
        self.pages[-1].placed.append(Placed(number, True, whole, x, self.top + self._y))
        self._y += head.end + _BELOW_HEAD * self._em

    def _flow(self, number: int, body: Galley, columns: int, *, rtl: bool) -> None:
        """Let a text flow through columns and pages."""
        top, head = body.begin, None
        headings = iter(body.headings)
        heading = next(headings, None)
        while top < body.end - 0.5:
            free = self._y < 0.5
            slices = body.columns(top, head, self.height - self._y, columns, all_of=free)
            if not slices:
                self._new_leaf(number)
                continue
            for index, each in enumerate(slices):
                at = columns - 1 - index if rtl else index
                x = self.left + at * (self.column + self.gap)
                self.pages[-1].placed.append(Placed(number, False, each, x, self.top + self._y))
                while heading is not None and heading.y < each.bottom:
                    y = self.top + self._y + each.shift + heading.y - each.top
                    self.outline.append(
                        Outline(heading.level, heading.text, len(self.pages) - 1, y)
                    )
                    heading = next(headings, None)
            top, head = slices[-1].following, slices[-1].following_head
            if top < body.end - 0.5:
                self._new_leaf(number)
            else:
                self._y += max(part.height for part in slices)

    def _new_leaf(self, number: int) -> None:
        self.pages.append(Page(number))
        self._y = 0.0

    # ---- what the front of a book does

    @property
    def filled(self) -> float:
        """The height of the last page that is filled, in dots."""
        return self._y

    @filled.setter
    def filled(self, height: float) -> None:
        self._y = height

    def new_page(self, number: int) -> None:
        """Begin a page with a piece of the front."""
        self._new_leaf(number)

    def put(self, number: int, part: Slice, x: float, *, in_head: bool) -> None:
        """Put a part of a piece below what is on the page; ``filled`` stays as it is."""
        self.pages[-1].placed.append(Placed(number, in_head, part, x, self.top + self._y))

    def put_head(self, number: int, head: Galley) -> None:
        """Put the head of a piece across the page."""
        self._put_head(number, head, self.left)

    def flow(self, number: int, body: Galley, columns: int) -> None:
        """Let the body of a piece flow through columns and pages."""
        self._flow(number, body, columns, rtl=False)

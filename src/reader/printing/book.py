"""The pages of one article, or of a book of many."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from reader.document.build import Document
from reader.document.images import Pictures
from reader.model import Article
from reader.printing.filling import Column
from reader.printing.flow import Flow, Grid
from reader.printing.front.pages import place_front
from reader.printing.page import Line, Outline, Page, Part, Placed
from reader.printing.paginate import Galley, Slice
from reader.printing.piece import DPI, HAIRLINE, MM, TITLE_PAGE, Entry, Piece
from reader.printing.sections import Section, sections
from reader.printing.sheets import page_mm
from reader.printing.typeset import CODE_MM, Typesetter
from reader.reasons import Remark
from reader.sheet import Front, Header, Sheet

_BELOW_HEAD, _BETWEEN = 1.2, 2.6  # in em
_BETWEEN_PARTS = 0.7  # in em, of a text that is laid out in several documents
_LEAST_LINES = 6
_RULE_WIDTH, _RULE_ABOVE = 0.25, 0.6  # of the rule above notes: of a column's width, in em

Steps = Iterator[tuple[int, int, str]]
"""Progress: the number of articles done, of all, and the title of the current one."""


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
        self.remarks: tuple[Remark, ...] = ()
        """The remarks on the PDF that was written last."""
        self.begins: list[int] = []
        """The pages on which the articles begin, as far as they are laid out."""
        area = self.typesetter.area
        self.left, self.top = area.left * MM, area.top * MM
        self.width, self.height = area.width * MM, area.height * MM
        self.column, self.gap = area.column * MM, area.gap * MM
        self.columns = area.columns
        self.page_width, self.page_height = (side * MM for side in page_mm(sheet))
        self._em = sheet.size_pt * DPI / 72
        self.filled = 0.0
        """The height of the last page that is filled, in dots."""
        self.complete = False
        self._turned: list[Page] = []
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
            for _ in self._place_article(index):
                yield index, total, entry.title
        self.complete = not self.typesetter.most
        yield total, total, ""

    def ready(self, page: int) -> Iterator[None]:
        """Lay out the pieces of a page again if they are no longer in memory."""
        for piece in self.pages[page].pieces:
            yield from self.typesetter.set(piece)

    def let_go(self) -> None:
        """Give the memory of all pieces free; they are laid out again if they are asked for."""
        self.typesetter.let_go()

    def documents(self, pages: Iterable[int]) -> Iterator[Document]:
        """Yield the documents on some pages."""
        for number in {piece for page in pages for piece in self.pages[page].pieces}:
            piece = self.typesetter.piece(number)
            yield from (galley.document for galley in piece.galleys)

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
            entry = self.entries[self.typesetter.entry_of(page.piece)]
            title = self.sheet.header
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

    def _place_article(self, number: int) -> Iterator[None]:
        piece = self.typesetter.piece(number)
        self._begin(number, piece)
        self.begins.append(len(self.pages) - 1)
        at = self.top + self.filled
        self.outline.append(Outline(0, self.entries[number].title, len(self.pages) - 1, at))
        below = self.filled
        if piece.code:
            side = self.left if piece.rtl else self.left + self.width - (CODE_MM - 1) * MM
            self.pages[-1].code = (side, at, piece.code)
            below += CODE_MM * MM
        narrower = self.width - piece.head.document.textWidth()
        self.put_head(number, piece.head, self.left + (narrower if piece.rtl else 0.0))
        self.filled = max(self.filled, below)
        yield from self.flow(number, self.columns)
        while number := self.typesetter.piece(number).rest:
            yield from self.typesetter.set(number)
            self.filled += _BETWEEN_PARTS * self._em if self.filled else 0.0
            yield from self.flow(number, self.columns)

    def _begin(self, number: int, piece: Piece) -> None:
        """Start a new page, or continue below a rule if there is room for a good beginning."""
        gap = _BETWEEN * self._em
        text = max(_LEAST_LINES * self.sheet.leading * self._em, piece.body.opening)
        least = piece.head.end + _BELOW_HEAD * self._em + text
        follows = number > 0 or (self.is_bound and self.sheet.front is Front.NEWSPAPER)
        runs_on = self.sheet.run_on and follows and self.filled + gap + least <= self.height
        if not runs_on:
            self.new_page(number)
            return
        self.pages[-1].rules.append(self.top + self.filled + gap / 2)
        self.filled += gap

    def put_head(self, number: int, head: Galley, x: float) -> None:
        """Put the head of a piece below the others on the page."""
        whole = Slice(0.0, head.end)
        self.pages[-1].placed.append(Placed(number, Part.HEAD, whole, x, self.top + self.filled))
        self.filled += head.end + _BELOW_HEAD * self._em

    def flow(self, number: int, columns: int) -> Iterator[None]:
        """Let a text flow through columns and pages, a page in each step."""
        piece = self.typesetter.piece(number)
        line, end, place = self.sheet.leading * self._em, piece.body.begin, None
        for section in sections(piece.body):
            self.filled += section.galley.begin - end if self.filled else 0.0
            count = 1 if section.across else columns
            runs_on = self.sheet.run_on or not section.is_last or piece.rest > 0
            flow = Flow(section.galley, Grid(count, self.height, line, runs_on), piece.notes, place)
            yield from self._flow_section(number, section, flow, count)
            end, place = section.galley.end, flow.place
        self._put_turned()

    def _flow_section(
        self, number: int, section: Section, flow: Flow, columns: int
    ) -> Iterator[None]:
        while not flow.done:
            first = flow.place.box
            placed = flow.page(self.height - self.filled, free=self.filled < 0.5)
            if placed:
                self._put_columns(number, placed, columns, across=section.across)
            for table in section.turned_between(first, flow.place.box):
                self._turn(number, table)
            if not flow.done:
                self.new_page(number)
            yield

    def _put_columns(
        self, number: int, placed: Sequence[Column], count: int, *, across: bool
    ) -> None:
        piece, top = self.typesetter.piece(number), self.top + self.filled
        xs = [self.left + index * (self.column + self.gap) for index in range(count)]
        columns = [*zip(reversed(xs) if piece.rtl else xs, placed, strict=False)]
        overhang: float = piece.body.document.overhang
        if across:
            overhang -= (self.width - self.column) / 2
        for x, column in columns:
            for y, slice in column.slices:
                self._put(Placed(number, Part.BODY, slice, x - overhang, top + y), piece.body)
            for y, slice in column.notes:
                self._put(Placed(number, Part.NOTES, slice, x, top + y), piece.body)
                self._rule_above_notes(piece, x, top + y)
        for (x, column), (other_x, other) in pairwise(columns):
            high = max(column.bottom, other.bottom)
            line = Line(max(x, other_x) - self.gap / 2, top, HAIRLINE, high)
            self.pages[-1].lines.append(line)
        self.filled += max(column.bottom for column in placed)

    def _put(self, placed: Placed, body: Galley) -> None:
        """Put a slice on the page, and its headings into the outline."""
        page, slice = self.pages[-1], placed.slice
        page.placed.append(placed)
        if placed.part is Part.BODY:
            for heading in body.headings_between(slice.top, slice.bottom):
                y = placed.y + slice.shift + heading.y - slice.top
                y = self.top if placed.turned else y
                self.outline.append(Outline(heading.level, heading.text, len(self.pages) - 1, y))

    def _rule_above_notes(self, piece: Piece, x: float, y: float) -> None:
        wide = self.column * _RULE_WIDTH
        left = x + self.column - wide if piece.rtl else x
        self.pages[-1].lines.append(Line(left, y - _RULE_ABOVE * self._em, wide, HAIRLINE))

    def _turn(self, number: int, table: Galley) -> None:
        """Put a table on pages of its own, turned by a quarter, which wait for the next page."""
        flow = Flow(table, Grid(1, self.width, self.sheet.leading * self._em))
        y = self.top + (self.height + table.document.textWidth()) / 2
        while not flow.done:
            for column in flow.page(self.width, free=True):
                slices = [
                    Placed(number, Part.BODY, slice, self.left + x, y, turned=True)
                    for x, slice in column.slices
                ]
                self._turned.append(Page(number, slices))

    def _put_turned(self) -> None:
        waiting, self._turned = self._turned, []
        for page in waiting:
            self.pages.append(Page(page.piece))
            self.filled = self.height
            for placed in page.placed:
                self._put(placed, self.typesetter.piece(page.piece).body)

    def new_page(self, number: int) -> None:
        """Begin a page with a piece."""
        self._put_turned()
        self.pages.append(Page(number))
        self.filled = 0.0

    def put(self, number: int, part: Part, slice: Slice, x: float) -> None:
        """Put a slice of a piece below the others on the page; ``filled`` stays as it is."""
        self.pages[-1].placed.append(Placed(number, part, slice, x, self.top + self.filled))

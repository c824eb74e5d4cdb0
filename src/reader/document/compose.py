"""Write blocks and runs as paragraphs, lists and tables of a QTextDocument, step by step.

Every method is a generator that yields after a few milliseconds at most, so that the window stays
responsive while a long article is built. Structures that Qt lays out in quadratic time (very long
lists, tables, words, paragraphs) are split into portions that look like one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextTable

from reader.body.blocks import (
    Block,
    Callout,
    Code,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Style,
    Table,
    Text,
    is_pictures,
    title_of,
)
from reader.body.numbering import signs
from reader.document.callouts import ABOVE, BELOW, PANEL
from reader.document.code_heads import HIGH
from reader.document.colours import coloured
from reader.document.column_widths import Way
from reader.document.direction import RTL, direction_of_part, direction_of_text
from reader.document.formats import SMALL_FACTOR, Formats, Mark, Role
from reader.document.marks import Marked, mark_part
from reader.document.picture_size import are_signs, begins_with_picture
from reader.document.placing import Placing
from reader.document.portions import JOINER, portions
from reader.document.runs import RunWriter, Where
from reader.document.spaces import Spaces
from reader.document.spread import spread, spread_headings
from reader.document.table_list import listed
from reader.document.table_room import Room
from reader.document.tables import FittedTable
from reader.document.text_map import TextMap

BACK = "↩\ufe0e"
_STEP_LINES = 60
_BULLETS = "•◦▪"
_OPEN, _DONE = "☐", "☑"

Steps = Iterator[None]


class Composer:
    """Writes at the end of a document; ``room`` is the space that tables are fitted into."""

    def __init__(self, cursor: QTextCursor, formats: Formats, direction: str) -> None:
        self._cursor = cursor
        self._marks: Sequence[Marked] = ()
        self._formats = formats
        self._direction = direction
        self._fresh = True
        self._group = 0
        self._lists = 0
        self._spaces = Spaces(formats)
        self._has_notes = self._at_foot = False
        self._table_before: QTextTable | None = None
        self._place = Placing(formats, direction)
        self._runs = RunWriter(cursor, formats)
        self.room = Room(0.0, 0.0)
        self.tables: list[FittedTable] = []
        self.wants_room = False
        self.codes: dict[int, str] = {}  # by the groups of their lines
        self.headings: list[tuple[int, int]] = []  # position and level

    @property
    def text(self) -> TextMap:
        """The texts of the parts and their positions."""
        return self._runs.text

    @property
    def places(self) -> Mapping[str, int]:
        """The positions of the places that links lead to."""
        return self._runs.places

    @property
    def note_numbers(self) -> dict[str, int]:
        """The numbers of the notes by their names; several documents can share them."""
        return self._runs.numbers

    @note_numbers.setter
    def note_numbers(self, numbers: dict[str, int]) -> None:
        self._runs.numbers = numbers

    def continue_notes(self, composer: "Composer") -> None:
        """Number notes as another composer does, and write them for the foot of a page."""
        self._has_notes = self._at_foot = True
        self.note_numbers = composer.note_numbers

    def part(self, part: Block | Note | None) -> Steps:
        """Write a top-level block or a note; None stands for an omitted part."""
        self.text.begin(self._runs.end())
        if isinstance(part, Note):
            yield from self._note(part)
        elif part is not None:
            yield from self._block(part, Where())
        else:
            yield
        if self._marks:
            self._mark_part(len(self.text) - 1)

    def mark(self, marks: Sequence[Marked]) -> None:
        """Mark ranges of the body, in the parts that are written and in those to come."""
        self._marks = marks
        for number in range(len(self.text)):
            self._mark_part(number)

    def _mark_part(self, number: int) -> None:
        mark_part(self._cursor, self.text, number, self._marks, self._formats.theme.mark)

    def head(self, title: str, byline: str, details: str, anchor: str = "") -> None:
        """Write the article's head; on screen, the title is its heading of level 1."""
        formats = self._formats
        lines = [(title, formats.head(0.2, 0.5, 1.16), formats.title())]
        if not formats.on_paper:
            lines[0][1].setHeadingLevel(1)
        if byline:
            lines.append((byline, formats.head(0, 0.15), formats.run(factor=0.95)))
        where = Where(direction=direction_of_text(title, self._direction))
        if details or formats.on_paper:
            lines.append((details, formats.head(0, 1.5), formats.run(factor=0.82, muted=True)))
        for index, (text, block, chars) in enumerate(lines):
            if index == len(lines) - 1:
                block.setProperty(Mark.ROLE, int(Role.END_OF_HEAD))
            self._begin(self._place.of(block, where))
            self._runs.place(anchor if index == 0 else "")
            self._runs.spell(text, chars, added=True)

    # ---- blocks

    def _block(self, block: Block, where: Where) -> Steps:
        match block:
            case Paragraph():
                yield from self._paragraph(block, where)
            case Heading():
                self._heading(block, where)
            case Code():
                yield from self._code(block, where)
            case Quote() | Callout():
                yield from self._apart(block, where)
            case List():
                yield from self._list(block, where)
            case Definitions():
                yield from self._definitions(block, where)
            case Table():
                yield from self._table(block, where)
            case Figure():
                yield from self._figure(block, where)
            case Rule():
                self._begin(
                    self._place.of(self._formats.block(Role.RULE, above=0.6, below=1.2), where)
                )
        yield

    def _blocks(self, blocks: Iterable[Block], where: Where) -> Steps:
        for block in blocks:
            yield from self._block(block, where)

    def _paragraph(self, block: Paragraph, where: Where, *, goes_on: bool = False) -> Steps:
        if is_pictures(block) and not are_signs(block, self._formats.em):
            self._pictures(block, where, below=0.9)
            return
        own = direction_of_part(block, self._direction)
        where = where._replace(direction=where.direction or own)
        for number, runs in enumerate(portions(block.runs)):
            form = self._formats.block(indent=where.indent, below=where.below)
            form.setProperty(Mark.GOES_ON, bool(number) or goes_on)
            self._spaces.join(form, where, goes_on=bool(number))
            self._begin(self._place.of(form, where, runs))
            self._runs.place("" if number else block.anchor)
            self._runs.write_text(runs, where)
            self._spaces.end(where)
            yield

    def _pictures(self, block: Paragraph, where: Where, *, below: float) -> None:
        for run in block.runs:
            if isinstance(run, Picture):
                form = self._formats.picture(below=below, indent=where.indent)
                self._begin(self._place.of(form, where))
                self._runs.picture(run, where)
            elif isinstance(run, Text):
                self._runs.note_text(run.text)  # white space, which is not written

    def _heading(self, block: Heading, where: Where) -> None:
        form = self._formats.heading(block.level, where.indent)
        self._begin(self._place.of(form, where, block.runs))
        self._runs.place(block.anchor)
        factor = self._formats.heading_factor(block.level)
        start = self._runs.end()
        self._runs.write(block.runs, where, factor=factor, style=Style.STRONG)
        self.headings.append((start, block.level))

    def _code(self, block: Code, where: Where) -> Steps:
        self._group += 1
        form = self._place.of(self._formats.code_block(self._group, where.indent), where)
        pad = 0.75 * self._formats.em
        head = 0.0 if self._formats.on_paper else HIGH
        self.codes[self._group] = block.text
        lines = list(coloured(block.text, block.language))
        rest = block.text
        for number, line in enumerate(lines):
            first, last = number == 0, number == len(lines) - 1
            own = QTextBlockFormat(form)
            own.setTopMargin(pad + 0.6 * self._formats.em + head if first else 0)
            if first:
                own.setProperty(Mark.LANGUAGE, block.language)
            own.setBottomMargin(pad + 0.9 * self._formats.em if last else 0)
            self._formats.hang_code(own, "".join(text for _, text in line))
            self._runs.note_text("" if first else "\n")
            self._begin(own, self._formats.code())  # an empty line is as high as the others
            for kind, text in line:
                self._runs.insert(text, self._formats.code(kind))
            rest = rest[sum(len(text) for _, text in line) + (not first) :]
            if number % _STEP_LINES == 0:
                yield
        self._runs.note_text(rest)  # an empty line at the end is not coloured

    def _apart(self, block: Quote | Callout, where: Where) -> Steps:
        self._group += 1
        inner = self._place.within(block, where, self._group)
        if isinstance(block, Quote):
            yield from self._blocks(block.blocks, inner)
            return
        on_paper = self._formats.on_paper
        self._spaces.ask(0.0 if on_paper else ABOVE)
        if title := title_of(block):
            form = self._formats.block(Role.TITLE, below=0.3, indent=inner.indent)
            self._begin(self._place.of(form, inner, title))
            self._runs.write(title, inner, style=Style.STRONG)
        yield from self._blocks(block.blocks, inner)
        panel = PANEL if block.blocks and isinstance(block.blocks[-1], Code) else 0.0
        self._close_space(0.75 if on_paper else BELOW + panel)

    def _figure(self, block: Figure, where: Where) -> Steps:
        for number, each in enumerate(block.blocks, 1):
            if is_pictures(each) and block.caption and number == len(block.blocks):
                self._pictures(each, where, below=0.35)
            else:
                yield from self._block(each, where)
        if block.caption:
            form = self._formats.block(Role.CAPTION, below=1.2, indent=where.indent)
            self._formats.set_leading(form, self._formats.look.font, 1.4)
            form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            if self._table_before is not None:
                spread(form, self.tables[-1].fit.way, self.room)
            self._begin(self._place.of(form, where, block.caption))
            self._runs.write(block.caption, where, factor=SMALL_FACTOR, muted=True)

    # ---- lists

    def _list(self, block: List, where: Where) -> Steps:
        inner = where._replace(
            indent=where.indent + 1,
            below=0.3,
            level=where.level + 1,
            extra=where.extra + self._formats.room_for_numbers(block),
            direction=where.direction or direction_of_part(block, self._direction),
        )
        self._lists += 1
        inner = inner._replace(list=self._lists)
        for number, item in zip(signs(block), block.items, strict=True):
            sign = number if block.ordered else _BULLETS[where.level % len(_BULLETS)]
            if item.checked is not None:
                sign = _DONE if item.checked else _OPEN
            yield from self._item(item, sign, inner)
            yield
        self._close_space(0.3 if where.level else 0.7)

    def _item(self, item: Item, sign: str, inner: Where) -> Steps:
        first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (Paragraph(()), ())
        if not isinstance(first, Paragraph) or begins_with_picture(first, self._formats.em):
            first, rest = Paragraph(()), item.blocks
        first_portions = list(portions(first.runs))
        form = self._formats.block(below=0.3, indent=inner.indent)
        self._place.of(form, inner, first.runs).setProperty(Mark.MARKER, sign)
        form.setProperty(Mark.LIST, inner.list)
        self._begin(form)
        self._runs.place(first.anchor)
        self._runs.write_text(first_portions[0], inner)
        for runs in first_portions[1:]:
            yield from self._paragraph(Paragraph(runs), inner, goes_on=True)
        yield from self._blocks(rest, inner)

    def _definitions(self, block: Definitions, where: Where) -> Steps:
        self._lists += 1
        number = self._lists
        for item in block.items:
            for term in item.terms:
                form = self._formats.block(Role.TERM, above=0.3, below=0.15, indent=where.indent)
                form.setProperty(Mark.LIST, number)
                self._begin(self._place.of(form, where, term))
                self._runs.write(term, where, style=Style.STRONG)
            inner = where._replace(indent=where.indent + 1, below=0.4)
            yield from self._blocks(item.blocks, inner)
        self._close_space(0.7)

    def _table(self, block: Table, where: Where) -> Steps:
        # Only then is the order of the text in the document another one.
        rtl = self._direction == RTL
        table = FittedTable(block, self._formats, self._place.lead(where), rtl=rtl)
        yield from table.measure()
        table.fit_into(self.room, table.fitted(self.room))
        if table.is_listed:
            self._caption_above(block, where, Way.COLUMN)
            yield from self._blocks(listed(block), where)
            return
        self.tables.append(table)
        self.wants_room |= table.wants_room
        yield
        spread_headings(self._cursor.block(), table.fit.way, self.room, self._formats)
        self._caption_above(block, where, table.fit.way)
        yield from self._rows(table)

    def _caption_above(self, block: Table, where: Where, way: Way) -> None:
        if not block.caption:
            return
        form = self._formats.block(Role.CAPTION, above=0.6, below=0.3, indent=where.indent)
        spread(form, way, self.room)
        self._begin(self._place.of(form, where, block.caption))
        self._runs.write(block.caption, where, factor=SMALL_FACTOR, muted=True)

    def _rows(self, table: FittedTable) -> Steps:
        for number in range(len(table.starts)):
            if not self._fresh:
                # Qt does not scale the space below a paragraph before a table: this one has none.
                self._begin(self._formats.gap(), self._formats.tiny())
                self._cursor.insertText(JOINER, self._formats.tiny())
            yield from table.insert(self._cursor, number, self._runs)
            self._table_before = table.portions[-1]
            # Qt always puts a paragraph after a table: the next block uses it.
            self._cursor.setBlockFormat(self._formats.gap())
            self._cursor.setBlockCharFormat(self._formats.tiny())
            self._fresh = True

    # ---- notes

    def _note(self, note: Note) -> Steps:
        if not self._has_notes:
            self._has_notes = True
            form = self._formats.block(Role.NOTES, above=2.0, below=0.8)
            self._begin(self._place.of(form, Where()))
        number = self._runs.number(note.name)
        indent = 0 if self._at_foot else 1
        where = Where(indent=indent, below=0.3, small=True)
        first, rest = note.blocks[0], note.blocks[1:]
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), note.blocks
        where = where._replace(direction=direction_of_part(note, self._direction))
        form = self._formats.block(below=0.3, indent=indent)
        form.setProperty(Mark.NOTE, note.name)
        self._begin(self._place.of(form, where, first.runs))
        self._runs.place(f"n-{note.name}")
        link = f"#r-{note.name}"
        sign = (Text(str(number), link=link, added=True), Text(".\u2002", added=True))
        self._runs.write_text((*sign, *first.runs), where)
        if not rest and not self._at_foot:  # where the mark is on the page, the number is enough
            self._runs.write((Text(" ", added=True), Text(BACK, link=link, added=True)), where)
        yield
        yield from self._blocks(rest, where)

    # ---- paragraphs

    def _begin(self, form: QTextBlockFormat, chars: QTextCharFormat | None = None) -> None:
        self._spaces.give(form)
        self._formats.set_margins(form, self.room.overhang, self.room.scale)
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._fresh = False
            self._keep_from_table(form)
        else:
            self._cursor.insertBlock(form, chars or QTextCharFormat())

    def _keep_from_table(self, form: QTextBlockFormat) -> None:
        """Give a table the space above that Qt ignores in the block before it."""
        table, self._table_before = self._table_before, None
        if table is not None and form.topMargin() > table.format().bottomMargin():
            own = table.format()
            own.setBottomMargin(form.topMargin())
            table.setFormat(own)

    def _close_space(self, below: float) -> None:
        form = self._cursor.blockFormat()
        form.setBottomMargin(max(form.bottomMargin(), below * self._formats.em))
        self._cursor.setBlockFormat(form)

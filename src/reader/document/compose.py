"""Write blocks and runs as paragraphs, lists and tables of a QTextDocument, step by step.

Every method is a generator that yields after a few milliseconds at most, so that the window stays
responsive while a long article is built. Structures that Qt lays out in quadratic time (very long
lists, tables, words, paragraphs) are split into portions that look like one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextTable,
)

from reader.body.anchors import PICTURE
from reader.body.blocks import (
    Block,
    Cell,
    Code,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Runs,
    Style,
    Table,
    Text,
    is_pictures,
)
from reader.document.colours import coloured
from reader.document.formats import SMALL_FACTOR, Formats, Mark, Role
from reader.document.portions import JOINER, breakable, portions
from reader.document.tables import TABLE_PORTION, insert_rows
from reader.document.text_map import TextMap

BACK = "↩\ufe0e"
_STEP_LINES = 60
_LINE = "\u2028"
_BULLETS = "•◦▪"
_OPEN, _DONE = "☐", "☑"

Steps = Iterator[None]


class Where(NamedTuple):
    """The context of a block: its indent, the quotes around it, the space below it in em.

    ``level`` is the number of lists around it, ``share`` the part of the width that a picture may
    take.
    """

    indent: int = 0
    quotes: str = ""
    below: float = 0.75
    small: bool = False
    level: int = 0
    share: float = 1.0


class Composer:
    """Writes at the end of a document and records the start of each part, place and note."""

    def __init__(self, cursor: QTextCursor, formats: Formats, direction: str) -> None:
        self._cursor = cursor
        self._formats = formats
        self._direction = direction
        self._fresh = True
        self._group = 0
        self._numbers: dict[str, int] = {}
        self._has_notes = False
        self._table_before: QTextTable | None = None
        self.text = TextMap()
        self.places: dict[str, int] = {}
        self.headings: list[tuple[int, int]] = []  # position and level

    def part(self, part: Block | Note | None) -> Steps:
        """Write a top-level block or a note; None stands for an omitted part."""
        self.text.begin(self._end())
        if isinstance(part, Note):
            yield from self._note(part)
        elif part is not None:
            yield from self._block(part, Where())

    def head(self, title: str, byline: str, details: str, anchor: str = "") -> None:
        """Write the article's head; on screen, the title is its heading of level 1."""
        formats = self._formats
        lines = [(title, formats.head(0.2, 0.5, 1.16), formats.title())]
        if not formats.on_paper:
            lines[0][1].setHeadingLevel(1)
        if byline:
            lines.append((byline, formats.head(0, 0.15), formats.run(factor=0.95)))
        if details or formats.on_paper:
            lines.append((details, formats.head(0, 1.5), formats.run(factor=0.82, muted=True)))
        for index, (text, block, chars) in enumerate(lines):
            if index == len(lines) - 1:
                block.setProperty(Mark.ROLE, int(Role.END_OF_HEAD))
            self._begin(block)
            self._place(anchor if index == 0 else "")
            self._cursor.insertText(text, chars)

    # ---- blocks

    def _block(self, block: Block, where: Where) -> Steps:
        match block:
            case Paragraph():
                yield from self._paragraph(block, where)
            case Heading():
                self._heading(block, where)
            case Code():
                yield from self._code(block, where)
            case Quote():
                yield from self._quote(block, where)
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
                    self._placed(self._formats.block(Role.RULE, above=0.6, below=1.2), where)
                )
        yield

    def _blocks(self, blocks: Iterable[Block], where: Where) -> Steps:
        for block in blocks:
            yield from self._block(block, where)

    def _paragraph(self, block: Paragraph, where: Where) -> Steps:
        if is_pictures(block):
            self._pictures(block, where, below=0.9)
            return
        for number, runs in enumerate(portions(block.runs)):
            form = self._formats.block(indent=where.indent, below=where.below)
            self._begin(self._placed(form, where))
            self._place("" if number else block.anchor)
            self._write(runs, where)
            yield

    def _pictures(self, block: Paragraph, where: Where, *, below: float) -> None:
        for run in block.runs:
            if isinstance(run, Picture):
                form = self._formats.picture(below=below, indent=where.indent)
                self._begin(self._placed(form, where))
                self._insert_picture(run, where)
            elif isinstance(run, Text):
                self._note_text(run.text)  # white space, which is not written

    def _heading(self, block: Heading, where: Where) -> None:
        form = self._formats.heading(block.level, where.indent)
        self._begin(self._placed(form, where))
        self._place(block.anchor)
        factor = self._formats.heading_factor(block.level)
        start = self._end()
        self._write(block.runs, where, factor=factor, style=Style.STRONG)
        self.headings.append((start, block.level))

    def _code(self, block: Code, where: Where) -> Steps:
        self._group += 1
        form = self._placed(self._formats.code_block(self._group, where.indent), where)
        pad = 0.75 * self._formats.em
        lines = list(coloured(block.text, block.language))
        rest = block.text
        for number, line in enumerate(lines):
            first, last = number == 0, number == len(lines) - 1
            own = QTextBlockFormat(form)
            own.setTopMargin(pad + 0.6 * self._formats.em if first else 0)
            own.setBottomMargin(pad + 0.9 * self._formats.em if last else 0)
            self._note_text("" if first else "\n")
            self._begin(own)
            for kind, text in line:
                self._insert(text, self._formats.code(kind))
            rest = rest[sum(len(text) for _, text in line) + (not first) :]
            if number % _STEP_LINES == 0:
                yield
        self._note_text(rest)  # an empty line at the end is not coloured

    def _quote(self, block: Quote, where: Where) -> Steps:
        self._group += 1
        quotes = f"{where.quotes} {where.indent}:{self._group}".strip()
        yield from self._blocks(
            block.blocks, where._replace(indent=where.indent + 1, quotes=quotes)
        )

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
            self._begin(self._placed(form, where))
            self._write(block.caption, where, factor=SMALL_FACTOR, muted=True)

    # ---- lists

    def _list(self, block: List, where: Where) -> Steps:
        inner = where._replace(indent=where.indent + 1, below=0.3, level=where.level + 1)
        for number, item in enumerate(block.items, block.start):
            sign = f"{number}." if block.ordered else _BULLETS[where.level % len(_BULLETS)]
            if item.checked is not None:
                sign = _DONE if item.checked else _OPEN
            yield from self._item(item, sign, inner)
            yield
        self._close_space(0.7)

    def _item(self, item: Item, sign: str, inner: Where) -> Steps:
        first, rest = (item.blocks[0], item.blocks[1:]) if item.blocks else (Paragraph(()), ())
        if not isinstance(first, Paragraph) or any(isinstance(r, Picture) for r in first.runs[:1]):
            first, rest = Paragraph(()), item.blocks
        first_portions = list(portions(first.runs))
        form = self._placed(self._formats.block(below=0.3, indent=inner.indent), inner)
        form.setProperty(Mark.MARKER, sign)
        self._begin(form)
        self._place(first.anchor)
        self._write(first_portions[0], inner)
        for runs in first_portions[1:]:
            yield from self._paragraph(Paragraph(runs), inner)
        yield from self._blocks(rest, inner)

    def _definitions(self, block: Definitions, where: Where) -> Steps:
        for item in block.items:
            for term in item.terms:
                form = self._formats.block(Role.TERM, above=0.3, below=0.15, indent=where.indent)
                self._begin(self._placed(form, where))
                self._write(term, where, style=Style.STRONG)
            inner = where._replace(indent=where.indent + 1, below=0.4)
            yield from self._blocks(item.blocks, inner)
        self._close_space(0.7)

    def _table(self, block: Table, where: Where) -> Steps:
        if block.caption:
            form = self._formats.block(Role.CAPTION, above=0.6, below=0.3, indent=where.indent)
            self._begin(self._placed(form, where))
            self._write(block.caption, where, factor=SMALL_FACTOR, muted=True)
        for start in range(0, len(block.rows), TABLE_PORTION):
            if not self._fresh:
                # Qt does not scale the space below a paragraph before a table: this one has none.
                self._begin(self._formats.gap(), self._formats.tiny())
                self._cursor.insertText(JOINER, self._formats.tiny())
            self._table_before = yield from insert_rows(
                self._cursor, block, start, self._formats, where.indent, self._write_cell
            )
            # Qt always puts a paragraph after a table: the next block uses it.
            self._cursor.setBlockFormat(self._formats.gap())
            self._cursor.setBlockCharFormat(self._formats.tiny())
            self._fresh = True

    def _write_cell(
        self, cursor: QTextCursor, cell: Cell, columns: int, share: float, in_head: bool
    ) -> None:
        outer, self._cursor = self._cursor, cursor
        style = Style.STRONG if in_head or cell.header else Style.PLAIN
        factor = min(0.9, max(0.45, 7.5 / columns))
        if any(isinstance(run, Text) and Style.CODE in run.style for run in cell.runs):
            # Smaller type alone would sit higher than the text of the other cells.
            cursor.insertText(JOINER, self._formats.run(factor=factor))
        # A share below 1 means that there is padding around it.
        self._write(cell.runs, Where(share=min(share, 0.999)), factor=factor, style=style)
        self._cursor = outer

    # ---- notes

    def _note(self, note: Note) -> Steps:
        if not self._has_notes:
            self._has_notes = True
            self._begin(self._formats.block(Role.NOTES, above=2.0, below=0.8))
        number = self._number(note.name)
        where = Where(indent=1, below=0.3, small=True)
        first, rest = note.blocks[0], note.blocks[1:]
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), note.blocks
        form = self._placed(self._formats.block(below=0.3, indent=1), where)
        self._begin(form)
        self._place(f"n-{note.name}")
        link = f"#r-{note.name}"
        sign = (Text(str(number), link=link, added=True), Text(".\u2002", added=True))
        self._write((*sign, *first.runs), where)
        if not rest:
            self._write((Text(" ", added=True), Text(BACK, link=link, added=True)), where)
        yield
        yield from self._blocks(rest, where)

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    # ---- runs

    def _write(
        self,
        runs: Runs,
        where: Where,
        *,
        factor: float = 1.0,
        style: Style = Style.PLAIN,
        muted: bool = False,
    ) -> None:
        factor = factor * SMALL_FACTOR if where.small else factor
        for run in runs:
            if isinstance(run, Text):
                chars = self._formats.run(run.style | style, run.link, factor, muted=muted)
                self._insert(run.text, chars, added=run.added)
            elif isinstance(run, Picture):
                self._insert_picture(run, where)
            else:
                self._write_mark(run, factor)

    def _insert(self, text: str, chars: QTextCharFormat, *, added: bool = False) -> None:
        text = breakable(text)
        if not added:
            self._note_text(text)
        self._cursor.insertText(text.replace("\n", _LINE), chars)

    def _note_text(self, text: str) -> None:
        """Record the position of a part of the body's text."""
        self.text.note(self._end(), text)

    def _write_mark(self, mark: NoteMark, factor: float) -> None:
        self._place(f"r-{mark.note}")
        chars = self._formats.run(Style.SUP, f"#n-{mark.note}", factor)
        self._cursor.insertText(str(self._number(mark.note)), chars)

    def _insert_picture(self, picture: Picture, where: Where) -> None:
        chars = QTextCharFormat(self._formats.run(link=picture.link))
        chars.setObjectType(QTextFormat.ObjectTypes.ImageObject.value)
        chars.setProperty(QTextFormat.Property.ImageName.value, picture.name)
        chars.setProperty(Mark.WIDTH, picture.width)
        chars.setProperty(Mark.HEIGHT, picture.height)
        chars.setProperty(Mark.ALT, picture.alt)
        chars.setProperty(Mark.INDENT, where.indent)
        chars.setProperty(Mark.SHARE, where.share)
        self._note_text(PICTURE)
        self._cursor.insertText(PICTURE, chars)

    # ---- places

    def _place(self, name: str) -> None:
        """Name the place that is written next, as a target of links on screen and in a PDF."""
        if not name or name in self.places:
            return
        self.places[name] = self._end()
        chars = QTextCharFormat()
        chars.setAnchor(True)
        chars.setAnchorNames([name])
        self._cursor.insertText(JOINER, chars)

    def _begin(self, form: QTextBlockFormat, chars: QTextCharFormat | None = None) -> None:
        if self._direction:
            way = Qt.LayoutDirection
            rtl = self._direction == "rtl" and form.intProperty(Mark.ROLE) != Role.CODE
            form.setLayoutDirection(way.RightToLeft if rtl else way.LeftToRight)
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

    def _placed(self, form: QTextBlockFormat, where: Where) -> QTextBlockFormat:
        if where.quotes:
            form.setProperty(Mark.QUOTES, where.quotes)
        return form

    def _close_space(self, below: float) -> None:
        form = self._cursor.blockFormat()
        form.setBottomMargin(max(form.bottomMargin(), below * self._formats.em))
        self._cursor.setBlockFormat(form)

    def _end(self) -> int:
        return self._cursor.position()

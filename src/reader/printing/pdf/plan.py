"""The structure of a document for screen readers: headings, lists, tables, pictures, notes.

Follows ISO 32000-1, 14.8.4 (standard structure types), and ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextFormat, QTextTable

from reader.document.build import Document
from reader.document.formats import Mark, Role
from reader.document.portions import written
from reader.document.tables import FittedTable
from reader.printing.pdf.table_plan import TablePlan, is_tabular

NO_WORDS = "Picture without description"
"""The alternative text of a picture that has none, and no caption."""

_DEEPEST_HEADING = 6
_OBJECT = "\ufffc"
_SPACER = 8  # pixels; what is thinner only keeps things apart
_NUMBERING = {"•": "Disc", "◦": "Circle"}
_ROMAN = frozenset("ivx")  # the letters of a Roman numeral with which a list may begin
_NAME = QTextFormat.Property.ImageName.value

Attributes = tuple[tuple[str, str, str | int], ...]
"""Attributes of an element: their owner, name and value."""


class Node(NamedTuple):
    """An element of the structure: its type, and the number of its parent.

    ``alt`` is an alternative text. ``name`` is unique in the file. ``label`` is the number of the
    element for the first link of its text, -1 if that is nothing special.
    """

    kind: str
    parent: int
    alt: str = ""
    title: str = ""
    attributes: Attributes = ()
    language: str = ""
    name: str = ""
    label: int = -1


class Spot(NamedTuple):
    """The node of a block's text, and that of the marker before it; -1 for an artifact."""

    text: int
    marker: int = -1


NOWHERE = Spot(-1)

Spots = tuple[int, Mapping[int, Spot]]
"""The spots of blocks by their positions, after the position up to which all are known."""


class Setting(NamedTuple):
    """The surroundings of a document: its section, the number of headings above it, and its blocks.

    ``kind`` is the type of a plain block.
    """

    section: int
    above: int
    kind: str = "P"


class _Level(NamedTuple):
    """An open list: its place, its number, its node, that of its open item, the quotes around."""

    indent: int
    lead: float
    number: int
    list: int
    body: int
    quotes: tuple[str, ...]

    def holds(self, indent: int, quotes: tuple[str, ...]) -> bool:
        """Return whether a block with this indent and these quotes belongs to the open item."""
        around = len(self.quotes)
        inner = quotes[around:]
        return (
            indent >= self.indent
            and quotes[:around] == self.quotes
            and all(_indent_of(block) >= self.indent for block in inner)
        )


class Plan:
    """The nodes of one document, made in reading order.

    ``pictures`` receives the alternative texts of the pictures in lines, by their nodes.
    """

    def __init__(
        self,
        nodes: list[Node],
        pictures: dict[int, list[str]],
        document: Document,
        setting: Setting,
    ) -> None:
        self._nodes = nodes
        self._pictures = pictures
        self._document = document
        self._section = setting.section
        self._kind = setting.kind
        self._above = setting.above
        self._headings: list[int] = []
        self._lists: list[_Level] = []
        self._quotes: dict[str, int] = {}
        self._code: tuple[int, int] = (-1, -1)
        self._tables: dict[int, int] = {}
        self._text = -1

    def spots(self) -> Iterator[Spots]:
        """Yield the spots of all blocks, some at a time."""
        first = {table.portions[0].firstPosition(): table for table in self._document.tables}
        block = self._document.firstBlock()
        while block.isValid():
            frame = self._document.frameAt(block.position())
            if isinstance(frame, QTextTable):
                if table := first.get(frame.firstPosition()):
                    yield from self._table(table, block)
                block = self._document.findBlock(frame.lastPosition() + 1)
                continue
            spot = self._spot(block)
            if spot is not NOWHERE:
                yield block.position(), {block.position(): spot}
            block = block.next()

    # ---- blocks

    def _spot(self, block: QTextBlock) -> Spot:
        form = block.blockFormat()
        if form.boolProperty(Mark.GOES_ON) and self._text >= 0:
            return Spot(self._written(block, self._text))
        if form.stringProperty(Mark.MARKER):
            marker = self._item(block)
            return Spot(self._text_of(block), marker)
        text = self._text_of(block)
        return Spot(text) if text >= 0 else NOWHERE

    def _text_of(self, block: QTextBlock) -> int:
        """Return the node of the text of a block, -1 if there is nothing to be read."""
        self._text = -1
        if _is_silent(block):
            return -1
        form = block.blockFormat()
        role = form.intProperty(Mark.ROLE)
        if form.stringProperty(Mark.NOTE):
            self._text = self._note()
        elif role == Role.TERM:
            self._text = self._term(block)
        else:
            self._text = self._plain(block, role, self._parent(block))
        return self._written(block, self._text)

    def _plain(self, block: QTextBlock, role: int, parent: int) -> int:
        if role == Role.HEAD and block.blockNumber() == 0:
            return self._add("H1", parent)
        if role == Role.HEADING:
            level = block.blockFormat().headingLevel()
            return self._add(f"H{self._level_of(level)}", parent)
        if role == Role.CODE:
            return self._code_of(block.blockFormat().intProperty(Mark.GROUP), parent)
        if role == Role.PICTURE:
            return self._add("Figure", parent, alt=_alt(block))
        if role == Role.CAPTION:
            return self._add("Caption", self._captioned(block, parent))
        return self._add(self._kind, parent)

    def _written(self, block: QTextBlock, node: int) -> int:
        """Record the pictures in the lines of a block, and return its node."""
        if _OBJECT in block.text() and self._nodes[node].kind != "Figure":
            self._pictures.setdefault(node, []).extend(_alts(block))
        return node

    def _level_of(self, level: int) -> int:
        """Return the level of a heading: one more than that of the heading it belongs to."""
        while self._headings and self._headings[-1] >= level:
            self._headings.pop()
        self._headings.append(level)
        return min(self._above + len(self._headings), _DEEPEST_HEADING)

    def _code_of(self, group: int, parent: int) -> int:
        if self._code[0] != group:
            self._code = (group, self._add("Code", parent, (("Layout", "Placement", "Block"),)))
        return self._code[1]

    def _captioned(self, block: QTextBlock, parent: int) -> int:
        """Return the table that a caption belongs to, or the parent of a picture and its caption.

        The alternative text of a picture would take the place of a caption within it.
        """
        following = block.next()
        while following.isValid() and not following.blockFormat().hasProperty(Mark.ROLE):
            following = following.next()
        for table in self._document.tables:
            if table.is_captioned and table.portions[0].firstPosition() == following.position():
                return self._table_node(table, parent)
        return parent

    # ---- what blocks stand in

    def _parent(self, block: QTextBlock) -> int:
        """Return the quote or list item around a block, or the section."""
        form = block.blockFormat()
        # A code panel is indented by one more than its place in the structure.
        indent = form.indent() - (form.intProperty(Mark.ROLE) == Role.CODE)
        return self._parent_at(indent, _quotes_of(block))

    def _parent_at(self, indent: int, quotes: tuple[str, ...]) -> int:
        while self._lists and not self._lists[-1].holds(indent, quotes):
            self._lists.pop()
        item = self._lists[-1] if self._lists else None
        parent, around = (item.body, len(item.quotes)) if item else (self._section, 0)
        for quote in quotes[around:]:
            if quote not in self._quotes:
                kind = "Div" if _is_callout(quote) else "BlockQuote"
                self._quotes[quote] = self._add(kind, parent)
            parent = self._quotes[quote]
        return parent

    def _item(self, block: QTextBlock) -> int:
        """Begin an item, in the open list or in a new one; return the node of its marker."""
        form = block.blockFormat()
        sign = form.stringProperty(Mark.MARKER)
        list_ = self._list(block, form.indent(), _numbering(sign))
        item = self._add("LI", list_)
        marker, body = self._add("Lbl", item), self._add("LBody", item)
        self._open(block, form.indent(), list_, body)
        return marker

    def _term(self, block: QTextBlock) -> int:
        """Begin a definition, of which the term is the label; return the node of the term."""
        indent = block.blockFormat().indent() + 1
        again = _is_term(block.previous()) and bool(self._lists)
        before = self._lists[-1].body if again else -1
        list_ = self._list(block, indent, "None")
        item = self._nodes[before].parent if again else self._add("LI", list_)
        term = self._add("Lbl", item)
        self._open(block, indent, list_, self._add("LBody", item))
        return term

    def _list(self, block: QTextBlock, indent: int, numbering: str) -> int:
        """Return the list of a block: the open one with its number, or a new one."""
        number = block.blockFormat().intProperty(Mark.LIST)
        while self._lists and self._lists[-1].indent >= indent:
            last = self._lists.pop()
            if last.number == number:
                return last.list
        return self._add("L", self._parent(block), (("List", "ListNumbering", numbering),))

    def _open(self, block: QTextBlock, indent: int, list_: int, body: int) -> None:
        number = block.blockFormat().intProperty(Mark.LIST)
        lead = block.blockFormat().doubleProperty(Mark.LEAD)
        self._lists.append(_Level(indent, lead, number, list_, body, _quotes_of(block)))

    def _note(self) -> int:
        """Begin a note; its number is its first link."""
        self._lists.clear()
        around = self._nodes[self._section]
        outside = around.parent if around.kind == "Note" else self._section
        self._section = self._add("Note", outside, name=f"note-{len(self._nodes)}")
        label = self._add("Lbl", self._section)
        return self._add("P", self._section, label=label)

    # ---- tables

    def _table(self, table: FittedTable, block: QTextBlock) -> Iterator[Spots]:
        node = self._table_node(table, self._parent_of(table, block))
        plan = TablePlan(self._add, table, node)
        for reached, cells in plan.rows() if is_tabular(table) else plan.paragraphs():
            yield (
                reached,
                {inner.position(): Spot(self._written(inner, own)) for inner, own in cells},
            )

    def _parent_of(self, table: FittedTable, block: QTextBlock) -> int:
        """Return the node around a table, which the blocks of its cells do not have."""
        while self._lists and self._lists[-1].lead > table.lead + 0.5:
            self._lists.pop()
        before = block.previous()
        while before.isValid() and not before.blockFormat().hasProperty(Mark.ROLE):
            before = before.previous()
        quotes = _quotes_of(before) if before.isValid() else ()
        around = tuple(quote for quote in quotes if _lead_of(quote) < table.lead - 0.5)
        return self._parent_at(self._lists[-1].indent if self._lists else 0, around)

    def _table_node(self, table: FittedTable, parent: int) -> int:
        key = table.portions[0].firstPosition()
        if key not in self._tables:
            self._tables[key] = self._add("Table" if is_tabular(table) else "Div", parent)
        return self._tables[key]

    def _add(
        self,
        kind: str,
        parent: int,
        attributes: Attributes = (),
        *,
        alt: str = "",
        name: str = "",
        label: int = -1,
    ) -> int:
        node = Node(kind, parent, alt, attributes=attributes, name=name, label=label)
        self._nodes.append(node)
        return len(self._nodes) - 1


def _numbering(sign: str) -> str:
    if sign in _NUMBERING:
        return _NUMBERING[sign]
    number = sign.removesuffix(".")
    if number == sign:
        return "Square"
    if not number.isalpha():
        return "Decimal"
    case = "Upper" if number.isupper() else "Lower"
    return case + ("Roman" if set(number.lower()) <= _ROMAN else "Alpha")


def _quotes_of(block: QTextBlock) -> tuple[str, ...]:
    return tuple(block.blockFormat().stringProperty(Mark.QUOTES).split())


def _indent_of(quote: str) -> int:
    return int(quote.partition(":")[0])


def _is_callout(quote: str) -> bool:
    return bool(quote.split(":")[2])


def _lead_of(quote: str) -> float:
    return float(quote.rpartition(":")[2])


def _is_term(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().intProperty(Mark.ROLE) == Role.TERM


def _is_silent(block: QTextBlock) -> bool:
    """Return whether there is nothing in a block to be read."""
    text = block.text()
    return _is_spacer(block) if _OBJECT in text else not written(text).strip()


def _is_spacer(block: QTextBlock) -> bool:
    """Return whether a block holds a picture that only keeps others apart."""
    if block.blockFormat().intProperty(Mark.ROLE) != Role.PICTURE:
        return False
    return all(_is_thin(run.format) for run in block.textFormats() if run.format.hasProperty(_NAME))


def _is_thin(form: QTextFormat) -> bool:
    if form.toCharFormat().isAnchor():
        return False
    sides = form.doubleProperty(Mark.WIDTH), form.doubleProperty(Mark.HEIGHT)
    return not form.stringProperty(Mark.ALT).strip() and 0 < min(sides) <= _SPACER


def _alt(block: QTextBlock) -> str:
    """Return the words of a picture that stands alone, or those of its caption."""
    for run in block.textFormats():
        if alt := run.format.stringProperty(Mark.ALT).strip():
            return alt
    following = block.next()
    if following.isValid() and following.blockFormat().intProperty(Mark.ROLE) == Role.CAPTION:
        return f"Picture: {written(following.text()).strip()}"
    return NO_WORDS


def _alts(block: QTextBlock) -> Iterator[str]:
    """Yield the words of each picture painted in the lines of a block, ``""`` for a spacer."""
    for run in block.textFormats():
        if run.format.stringProperty(_NAME):
            words = run.format.stringProperty(Mark.ALT).strip() or NO_WORDS
            for _ in range(run.length):
                yield "" if _is_thin(run.format) else words

"""The tree of an article: a Body of blocks, blocks of runs.

Safe by construction: what is not here cannot be said. Text carries no markup, links go
to http, https, mailto or a place in the same article, and a picture is the name of a
file in the library (or no name: it is missing, and its alternative text is shown).

Nesting is bounded when the tree is made (``MAX_DEPTH``, ``MAX_LIST_DEPTH``, no table in a
table); what lies deeper moves up, its text is kept.
"""

import re
from enum import Flag, auto
from typing import NamedTuple, TypeAlias, TypeGuard

MAX_DEPTH = 24
"""Blocks inside blocks; deeper ones become their contents."""

MAX_LIST_DEPTH = 12
"""Lists inside lists."""

MAX_COLUMNS = 60
"""Columns of a table; further cells are joined to the last one."""

MAX_SPAN = 100
"""Rows a cell may span."""

PICTURE_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")
"""A file in the library: the SHA-256 of its bytes and its kind."""


class Style(Flag):
    """How a run of text is set off from its surroundings."""

    PLAIN = 0
    EMPHASIS = auto()
    STRONG = auto()
    CODE = auto()
    STRIKE = auto()
    MARK = auto()
    SUB = auto()
    SUP = auto()
    UNDERLINE = auto()
    SMALL = auto()


class Text(NamedTuple):
    """A run of text in one style; ``\\n`` is a line break the author set.

    ``added`` is True if a layout wrote it, as the number of a link on paper: no stored text has it.
    """

    text: str
    style: Style = Style.PLAIN
    link: str = ""
    added: bool = False


class Picture(NamedTuple):
    """A picture by its name in the library, ``""`` a missing one; pixels, 0 where unknown.

    ``address`` says where on the web it came from, or may still be fetched from.
    """

    name: str
    width: int = 0
    height: int = 0
    alt: str = ""
    link: str = ""
    address: str = ""


class NoteMark(NamedTuple):
    """A place in the text that refers to a note of the same Body."""

    note: str


Run: TypeAlias = Text | Picture | NoteMark
Runs: TypeAlias = tuple[Run, ...]


class Heading(NamedTuple):
    """A heading of level 1 (the article's own sections) to 6."""

    level: int
    runs: Runs
    anchor: str = ""


class Paragraph(NamedTuple):
    """Running text; one that holds a single Picture is a picture standing alone."""

    runs: Runs
    anchor: str = ""


class Quote(NamedTuple):
    """Someone else's words."""

    blocks: tuple["Block", ...]


class Code(NamedTuple):
    """Preformatted text with the language it is written in, ``""`` where unknown."""

    text: str
    language: str = ""


class Item(NamedTuple):
    """One item of a list; ``checked`` is None where it is no task."""

    blocks: tuple["Block", ...]
    checked: bool | None = None


class List(NamedTuple):
    """Items with bullets, or numbered from ``start``."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


class Definition(NamedTuple):
    """Terms and what they mean."""

    terms: tuple[Runs, ...]
    blocks: tuple["Block", ...]


class Definitions(NamedTuple):
    """A list of definitions."""

    items: tuple[Definition, ...]


class Cell(NamedTuple):
    """A cell of a table; ``align`` is ``""``, ``left``, ``center`` or ``right``."""

    runs: Runs
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: str = ""


class Table(NamedTuple):
    """Rows of cells; the first ``head`` rows are repeated where a page breaks."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: Runs = ()


class Figure(NamedTuple):
    """Pictures, code or a quote with a caption that belongs to them."""

    blocks: tuple["Block", ...]
    caption: Runs = ()


class Rule(NamedTuple):
    """A break between two parts."""


Block: TypeAlias = Heading | Paragraph | Quote | Code | List | Definitions | Table | Figure | Rule


class Note(NamedTuple):
    """A footnote, by the name its marks use."""

    name: str
    blocks: tuple[Block, ...]


class Body(NamedTuple):
    """What an article says; ``direction`` is ``""``, ``ltr`` or ``rtl``."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    language: str = ""
    direction: str = ""


def is_pictures(block: Block) -> TypeGuard[Paragraph]:
    """Return whether a block is a paragraph that holds pictures and nothing else."""
    if not isinstance(block, Paragraph):
        return False
    others = [run for run in block.runs if not isinstance(run, Picture)]
    blank = all(isinstance(run, Text) and not run.text.strip() for run in others)
    return blank and len(others) < len(block.runs)


def _equal(one: tuple[object, ...], other: object) -> bool:
    return type(one) is type(other) and tuple.__eq__(one, other)


def _unequal(one: tuple[object, ...], other: object) -> bool:
    return not _equal(one, other)


def _is(_one: object) -> bool:
    return True


# Named tuples are quick to make; but a quote is no note, whatever both of them hold, and a
# rule is something.
for _kind in (
    Text, Picture, NoteMark, Heading, Paragraph, Quote, Code, Item, List, Definition,
    Definitions, Cell, Table, Figure, Rule, Note, Body,
):  # fmt: skip
    for _name, _method in (("__eq__", _equal), ("__ne__", _unequal), ("__bool__", _is)):
        setattr(_kind, _name, _method)

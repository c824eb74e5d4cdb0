"""The tree of an article: a Body of blocks, blocks of runs.

Safe by construction: what is not here cannot be said. Text carries no markup, links go
to http, https, mailto or a place in the same article, and a picture is the name of a
file in the library (or no name: it is missing, and its alternative text is shown).

Nesting is bounded when the tree is made (``MAX_DEPTH``, ``MAX_LIST_DEPTH``, no table in a
table); what lies deeper moves up, its text is kept.
"""

import re
from dataclasses import dataclass
from enum import Flag, auto
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in one style; ``\\n`` is a line break the author set."""

    text: str
    style: Style = Style.PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name in the library, ``""`` a missing one; pixels, 0 where unknown."""

    name: str
    width: int = 0
    height: int = 0
    alt: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A place in the text that refers to a note of the same Body."""

    note: str


Run: TypeAlias = Text | Picture | NoteMark
Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the article's own sections) to 6."""

    level: int
    runs: Runs
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; one that holds a single Picture is a picture standing alone."""

    runs: Runs
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Someone else's words."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text with the language it is written in, ``""`` where unknown."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; ``checked`` is None where it is no task."""

    blocks: tuple["Block", ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class List:
    """Items with bullets, or numbered from ``start``."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """Terms and what they mean."""

    terms: tuple[Runs, ...]
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of definitions."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``align`` is ``""``, ``left``, ``center`` or ``right``."""

    runs: Runs
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first ``head`` rows are repeated where a page breaks."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures, code or a quote with a caption that belongs to them."""

    blocks: tuple["Block", ...]
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two parts."""


Block: TypeAlias = Heading | Paragraph | Quote | Code | List | Definitions | Table | Figure | Rule


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, by the name its marks use."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What an article says; ``direction`` is ``""``, ``ltr`` or ``rtl``."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    language: str = ""
    direction: str = ""

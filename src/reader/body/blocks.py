"""The tree of an article: a Body of blocks, blocks of runs.

It is safe by construction, because nothing else can be expressed. Text carries no markup, links go
to http, https, mailto or a place in the same article, and a picture is the name of a file in the
library, or no name if it is missing and its alternative text is shown.

Nesting is bounded when the tree is built (``MAX_DEPTH``, ``MAX_LIST_DEPTH``, no table in a table);
deeper elements move up and keep their text.
"""

import re
from enum import Flag, auto
from typing import NamedTuple, TypeAlias, TypeGuard

from reader.model import Caveat

MAX_DEPTH = 24
"""The greatest nesting of blocks; deeper ones are replaced by their contents."""

MAX_LIST_DEPTH = 12
"""The greatest nesting of lists."""

MAX_COLUMNS = 60
"""The greatest number of columns of a table; further cells are joined to the last one."""

MAX_SPAN = 1000
"""The greatest number of rows that a cell may span."""

PICTURE_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")
"""The name of a file in the library: the SHA-256 of its bytes and its format."""

_FILE_NAME = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|svg|avif|hei[cf]|bmp|tiff?|ico)"
    r"|\w*(?:_\w*\d|\d\w*_|[^\W\d_]\d{3})\w*|A picture",
    re.IGNORECASE | re.DOTALL,
)


class Style(Flag):
    """The style of a run of text."""

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
    """A run of text in one style; ``\\n`` is a line break set by the author.

    ``added`` is True if a layout wrote it, as the number of a link on paper: no stored text has it.
    ``tex`` is the TeX of the formula to which the run belongs, together with its neighbours that
    have the same. ``colour`` is that of the highlight to which the run belongs, in an export only.
    """

    text: str
    style: Style = Style.PLAIN
    link: str = ""
    added: bool = False
    tex: str = ""
    colour: str = ""


class Given(NamedTuple):
    """The size that a page gives a picture; a side that it does not give is 0.

    ``unit`` is ``px``, ``em`` for sizes that follow the type, or ``x`` if only the number of dots
    for each pixel is known.
    """

    width: float = 0.0
    height: float = 0.0
    unit: str = "px"


class Picture(NamedTuple):
    """A picture: its file name in the library, ``""`` if missing, and its size in pixels.

    The size is 0 if unknown. ``address`` is the URL from which it was or can be downloaded.
    ``given`` is the size that the page gives it.
    """

    name: str
    width: int = 0
    height: int = 0
    alt: str = ""
    link: str = ""
    address: str = ""
    given: Given = Given()


class NoteMark(NamedTuple):
    """A reference to a note of the same Body."""

    note: str


Run: TypeAlias = Text | Picture | NoteMark
Runs: TypeAlias = tuple[Run, ...]


class Heading(NamedTuple):
    """A heading of level 1 (the article's own sections) to 6."""

    level: int
    runs: Runs
    anchor: str = ""


class Paragraph(NamedTuple):
    """Running text; a paragraph that holds a single Picture shows it standing alone."""

    runs: Runs
    anchor: str = ""


class Quote(NamedTuple):
    """Words of somebody else."""

    blocks: tuple["Block", ...]


class Callout(NamedTuple):
    """A note set apart from the text, such as a tip or a warning, and its title.

    ``kind`` is a word such as ``warning``, ``""`` if unknown.
    """

    title: Runs
    blocks: tuple["Block", ...]
    kind: str = ""


class Code(NamedTuple):
    """Preformatted text and its programming language, ``""`` if unknown."""

    text: str
    language: str = ""


class Item(NamedTuple):
    """An item of a list; ``checked`` is None if it is not a task.

    ``value`` is the number that the author gave it, None if it is the next one.
    """

    blocks: tuple["Block", ...]
    checked: bool | None = None
    value: int | None = None


class List(NamedTuple):
    """A list with bullets, or numbered from ``start``.

    ``numerals`` is ``a``, ``A``, ``i`` or ``I`` for letters or Roman numerals, as in HTML, ``""``
    for decimal numbers. The numbers of a list that ``descends`` become smaller.
    """

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1
    numerals: str = ""
    descends: bool = False


class Definition(NamedTuple):
    """Terms and their definition."""

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
    """Rows of cells; the first ``head`` rows are repeated after a page break."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: Runs = ()


class Figure(NamedTuple):
    """Pictures, code or a quote with their caption."""

    blocks: tuple["Block", ...]
    caption: Runs = ()


class Rule(NamedTuple):
    """A thematic break."""


Block: TypeAlias = (
    Heading | Paragraph | Quote | Callout | Code | List | Definitions | Table | Figure | Rule
)


class Note(NamedTuple):
    """A footnote, with the name that its references use."""

    name: str
    blocks: tuple[Block, ...]


class Body(NamedTuple):
    """The text of an article; ``direction`` is ``""``, ``ltr`` or ``rtl``."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    language: str = ""
    direction: str = ""
    caveats: tuple[Caveat, ...] = ()


def is_pictures(block: Block) -> TypeGuard[Paragraph]:
    """Return whether a block is a paragraph that holds pictures and nothing else."""
    if not isinstance(block, Paragraph):
        return False
    others = [run for run in block.runs if not isinstance(run, Picture)]
    blank = all(isinstance(run, Text) and not run.text.strip() for run in others)
    return blank and len(others) < len(block.runs)


def title_of(callout: Callout) -> Runs:
    """Return the title of a callout, else the name of its kind, which no stored text has."""
    if callout.title or not callout.kind:
        return callout.title
    return (Text(callout.kind.capitalize(), added=True),)


def words_of(alt: str) -> str:
    """Return an alternative text in one line, ``""`` if it is the name of a file."""
    words = " ".join(alt.split())
    return "" if _FILE_NAME.fullmatch(words) else words


def _equal(one: tuple[object, ...], other: object) -> bool:
    return type(one) is type(other) and tuple.__eq__(one, other)


def _unequal(one: tuple[object, ...], other: object) -> bool:
    return not _equal(one, other)


def _is(_one: object) -> bool:
    return True


# Named tuples are quick to make, but a quote must not equal a note with the same contents, and
# a rule, which has no fields, must be true.
for _kind in (
    Text, Given, Picture, NoteMark, Heading, Paragraph, Quote, Callout, Code, Item, List,
    Definition, Definitions, Cell, Table, Figure, Rule, Note, Body,
):  # fmt: skip
    for _name, _method in (("__eq__", _equal), ("__ne__", _unequal), ("__bool__", _is)):
        setattr(_kind, _name, _method)

"""The kinds of export, and the request that all of them take."""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import NamedTuple


class Kind(StrEnum):
    """A format of export, by its name on the command line."""

    MARKDOWN = "markdown"
    HTML = "html"
    EPUB = "epub"
    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    BOOKMARKS = "bookmarks"


class Wanted(NamedTuple):
    """A request for an export: ``title`` is that of a book or list of several articles.

    ``as_book`` puts all articles into one EPUB file.
    """

    kind: Kind
    ids: tuple[int, ...]
    title: str = ""
    as_book: bool = True
    highlights: bool = True


class Shape(Enum):
    """The result of a kind for several articles: a file each, one file, or a set of its own."""

    EACH = auto()
    ONE = auto()
    SET = auto()


class Form(NamedTuple):
    """A kind as users see it, and the module of ``exporting`` that writes it.

    ``suffix`` is the ending of its files, ``shape`` its result for several articles. The module
    has one function, ``write``:

    - EACH: ``write(piece: Piece, picture: Beside) -> bytes``, the file of an article.
    - ONE: ``write(work: Work, file: IO[bytes]) -> Iterator[ImportRow]``, a row for each article.
    - SET: ``write(work: Work, target: Path) -> Iterator[ImportRow]``, which writes all by itself.
    """

    title: str
    suffix: str
    shape: Shape
    module: str


FORMS: Mapping[Kind, Form] = MappingProxyType(
    {
        Kind.MARKDOWN: Form("Markdown", ".md", Shape.EACH, "markdown"),
        Kind.HTML: Form("Web page", ".html", Shape.EACH, "html"),
        Kind.EPUB: Form("EPUB", ".epub", Shape.ONE, "epub.book"),
        Kind.TEXT: Form("Plain text", ".txt", Shape.EACH, "text"),
        Kind.JSONL: Form("JSON Lines", ".zip", Shape.SET, "jsonl"),
        Kind.CSV: Form("CSV", ".csv", Shape.ONE, "csv_list"),
        Kind.BOOKMARKS: Form("Bookmarks", ".html", Shape.ONE, "bookmarks"),
    }
)
"""The kinds, in the order in which they are offered."""


def makes_folder(wanted: Wanted) -> bool:
    """Return whether the target is a folder: several articles become a file each."""
    each = FORMS[wanted.kind].shape is Shape.EACH
    apart = wanted.kind is Kind.EPUB and not wanted.as_book
    return (each or apart) and len(wanted.ids) > 1

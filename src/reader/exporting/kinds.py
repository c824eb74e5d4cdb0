"""The kinds of export, and what all of them are asked."""

from enum import StrEnum
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
    """What to export and how: ``title`` is that of a book or list of several articles.

    ``as_book`` puts all articles into one EPUB file.
    """

    kind: Kind
    ids: tuple[int, ...]
    title: str = ""
    as_book: bool = True
    highlights: bool = True

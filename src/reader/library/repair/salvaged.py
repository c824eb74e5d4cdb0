"""The result of a repair as data: whole, damaged and lost rows, and the sources of the others."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reader.damage import Damage


class Source(StrEnum):
    """The source of a row or a field of a repaired library, if not its own table."""

    LOOSE = "loose"
    """A page of the file that no table leads to any more."""
    AGAIN = "found again"
    """A free page of the file: an older state, or a deleted row."""
    INDEX = "index"
    """An index of the file, which repeats columns of its table."""
    LOG = "log"
    """The log of changes."""
    VERSION = "version"
    """An older version of the text that has the right hash."""
    HASH = "hash"
    """Its own bytes but one bit: only with that bit flipped back they have their hash."""
    COPY = "copy"
    """A copy of the library."""


class Rows(NamedTuple):
    """The rows of a table: how many were read whole, read in part, lost, found again or remade.

    ``again`` counts the deleted rows that were seen on free pages. Those in the new library are
    among ``remade``, like those that were taken from an index or from the log.
    """

    table: str
    read: int = 0
    half: int = 0
    lost: int = 0
    again: int = 0
    remade: int = 0


class Origin(NamedTuple):
    """A field of an article that came from elsewhere, ``""`` for the whole article."""

    uid: str
    title: str
    field: str
    source: Source


class Findings(NamedTuple):
    """The contents of a damaged library.

    ``articles`` is the number of articles that can be saved. ``damaged`` names the articles that
    stay damaged, and how. ``origins`` names the fields that do not come from the article's own row.
    """

    articles: int
    tables: tuple[Rows, ...]
    damaged: tuple[Damage, ...]
    origins: tuple[Origin, ...] = ()

    @property
    def whole(self) -> int:
        """The number of articles with no damage."""
        return self.articles - len({each.article for each in self.damaged if each.article})

    @property
    def lost(self) -> int:
        """The number of rows that are lost, or of which columns are lost."""
        return sum(each.lost + each.half for each in self.tables)


class Mended(NamedTuple):
    """The result of a repair: the findings, and the new path of the damaged file.

    ``aside`` is None if nothing was changed, because rows would be lost.
    """

    findings: Findings
    aside: Path | None

    @property
    def rows(self) -> int:
        """The number of rows that are lost in whole or in part."""
        return self.findings.lost

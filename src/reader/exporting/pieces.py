"""The articles of an export, read one after the other, each with its reason if it cannot be read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from reader.body.blocks import Body
from reader.body.from_html import body_of
from reader.entries import Highlight
from reader.errors import NoSuchArticle, ReaderError
from reader.exporting.kinds import Wanted
from reader.library.library import Library
from reader.model import Article
from reader.outcomes import ImportRow, Outcome
from reader.reasons import Reason, Remark

Beside = Callable[[str], str]
"""Puts a picture of the library beside a file; returns its address there, ``""`` if missing."""


class Piece(NamedTuple):
    """An article to be exported, its text and its highlights; ``picture`` finds its files."""

    article: Article
    body: Body
    highlights: tuple[Highlight, ...]
    picture: Callable[[str], Path | None]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what is to be known about its text: that it waits, that pictures are missing."""
        if not self.article.html:
            return (Remark(Reason.WAITING),)
        missing = sum(self.picture(name) is None for name in self.article.pictures)
        if not missing:
            return ()
        return (Remark(Reason.PICTURES_MISSING, (missing, len(self.article.pictures))),)


class Work(NamedTuple):
    """What an export is made of."""

    library: Library
    wanted: Wanted

    def pieces(self) -> Iterator[Piece | ImportRow]:
        """Yield every article in order, or the row of one that cannot be read."""
        for id in self.wanted.ids:
            yield self.piece(id)

    def piece(self, id: int) -> Piece | ImportRow:
        """Return an article, or the row of one that cannot be read."""
        try:
            article = self.library.article(id)
        except NoSuchArticle:
            return ImportRow(str(id), Outcome.FAILED, 0, (Remark(Reason.NOT_IN_LIBRARY),))
        except ReaderError as error:
            return failed(str(id), id, error)
        try:
            marked = self._highlights(id) if self.wanted.highlights else ()
            return Piece(article, body_of(article.html), marked, self.library.picture_path)
        except Exception as error:  # a damaged text is the trouble of one article
            return failed(article.title, id, error)

    def _highlights(self, id: int) -> tuple[Highlight, ...]:
        return ()


def failed(name: str, id: int, error: Exception) -> ImportRow:
    """Return the row of an article that could not be exported."""
    text = str(error) if isinstance(error, ReaderError) else f"{type(error).__name__}: {error}"
    return ImportRow(name, Outcome.FAILED, id, (Remark(Reason.ERROR, text=text),))

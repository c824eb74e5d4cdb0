"""The articles of an export, read one after the other, or why one cannot be read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from reader.body.anchors import Point
from reader.body.blocks import Body
from reader.body.from_html import body_of
from reader.body.highlighted import Mark, highlighted
from reader.entries import Highlight
from reader.errors import NoSuchArticle, ReaderError
from reader.exporting.kinds import Wanted
from reader.library.library import Library
from reader.model import Article
from reader.outcomes import ImportRow, Outcome
from reader.reasons import Reason, Remark

Beside = Callable[[str], str]
"""Puts a picture of the library beside a file; returns its address there, ``""`` if missing."""


class Placed(NamedTuple):
    """A highlight and its place in the text; it has none if ``start`` is None."""

    highlight: Highlight
    start: Point | None = None
    end: Point | None = None


class Piece(NamedTuple):
    """An article to be exported, its text and its highlights; ``picture`` finds its files."""

    article: Article
    body: Body
    highlights: tuple[Placed, ...]
    picture: Callable[[str], Path | None]

    @property
    def marked(self) -> Body:
        """Return the text with the highlights that have a place in it, and their notes."""
        marks = [
            Mark(start, end, highlight.colour, highlight.note)
            for highlight, start, end in self.highlights
            if start is not None and end is not None
        ]
        return highlighted(self.body, marks)

    @property
    def loose(self) -> list[Highlight]:
        """Return the notes on the whole article, and the highlights without a place."""
        return [each.highlight for each in self.highlights if each.start is None]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return remarks about its text: that it waits, that pictures are missing."""
        if not self.article.html:
            return (Remark(Reason.WAITING),)
        missing = sum(self.picture(name) is None for name in self.article.pictures)
        if not missing:
            return ()
        return (Remark(Reason.PICTURES_MISSING, (missing, len(self.article.pictures))),)


class Work(NamedTuple):
    """The material of an export; ``marked`` are the articles that have highlights."""

    library: Library
    wanted: Wanted
    marked: frozenset[int] = frozenset()

    def pieces(self) -> Iterator[Piece | ImportRow]:
        """Yield every article in order, or the row of one that cannot be read."""
        for id in self.wanted.ids:
            yield self.piece(id)

    def piece(self, id: int) -> Piece | ImportRow:
        """Return an article, or the row of one that cannot be read."""
        name = str(id)
        try:
            article = self.library.article(id)
            name = article.title
            marked = self._highlights(id) if id in self.marked else ()
            return Piece(article, body_of(article.html), marked, self.library.picture_path)
        except NoSuchArticle:
            return ImportRow(name, Outcome.FAILED, 0, (Remark(Reason.NOT_IN_LIBRARY),))
        except Exception as error:  # a damaged text is the trouble of one article
            return failed(name, id, error)

    def _highlights(self, id: int) -> tuple[Placed, ...]:
        from reader.ingest.highlights import placed  # imported lazily: it is needed by few articles

        return tuple(
            Placed(highlight, start and Point(*start[:2]), end and Point(*end[:2]))
            for highlight, start, end, _ in placed(self.library, id)
        )


def failed(name: str, id: int, error: Exception) -> ImportRow:
    """Return the row of an article that could not be exported."""
    return ImportRow(name, Outcome.FAILED, id, (Remark(Reason.ERROR, text=_sentence(error)),))


def _sentence(error: Exception) -> str:
    if isinstance(error, ReaderError):
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {error}"

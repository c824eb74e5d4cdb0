"""The pieces of a book, as they are laid out: its front, and its articles."""

from collections.abc import Generator
from typing import NamedTuple

from reader.model import Article, Row
from reader.printing.foot import FootNotes
from reader.printing.page import Part
from reader.printing.paginate import Galley
from reader.printing.qr import Code

DPI = 1200
"""The resolution of the layout in dots per inch, whatever device it is painted on."""

MM = DPI / 25.4
HAIRLINE = DPI / 250
TITLE_PAGE, CONTENTS, TEASERS = -2, -1, -3
"""The numbers of the pieces before the articles, which have 0 and more.

The teaser of an article has the number ``TEASERS`` less the number of the article.
"""

NUMBER_MM = 14.0
"""The width of the page numbers beside the contents."""


class Entry(NamedTuple):
    """An article of a book, as its contents list it; ``lead`` is the picture shown in lists."""

    id: int
    title: str
    byline: str
    site: str
    words: int
    lead: str = ""


def entry_of(article: Article | Row) -> Entry:
    """Return the entry of an article in the contents."""
    return Entry(
        article.id, article.title, article.byline, article.site, article.words, article.lead
    )


class Piece(NamedTuple):
    """A laid out piece: head, body, and the text around its pages.

    ``source`` is printed at the foot of its pages; ``code`` is the QR code beside the head.
    ``rest`` is the number of the piece with the rest of a very long article, 0 if there is none.
    """

    head: Galley
    body: Galley
    notes: FootNotes | None = None
    rtl: bool = False
    language: str = ""
    source: str = ""
    code: Code | None = None
    size: int = 0
    rest: int = 0

    @property
    def galleys(self) -> tuple[Galley, ...]:
        """Return all galleys of the piece."""
        return (self.head, self.body, self.notes.galley) if self.notes else (self.head, self.body)

    def galley(self, part: Part) -> Galley:
        """Return the galley of a part that the piece has."""
        return self.galleys[part.value]


Making = Generator[None, None, Piece]

"""The pieces of a book, as they are laid out: its front, and its articles."""

from collections.abc import Generator
from typing import NamedTuple

from reader.model import Article, Row
from reader.printing.paginate import Galley
from reader.printing.qr import Code

DPI = 1200
"""The resolution of the layout in dots per inch, whatever device it is painted on."""

MM = DPI / 25.4
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
    """

    head: Galley
    body: Galley
    rtl: bool = False
    language: str = ""
    source: str = ""
    code: Code | None = None
    size: int = 0


Making = Generator[None, None, Piece]

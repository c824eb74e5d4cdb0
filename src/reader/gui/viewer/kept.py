"""A page that was left and is kept whole, to be shown again at its line."""

from typing import NamedTuple

from reader.document.build import Document
from reader.gui.viewer.head import title_lines
from reader.gui.viewer.scroll_anchor import ScrollAnchor
from reader.library.highlights.highlights import Stored
from reader.model import Article, Look

_BYTES_A_LETTER = 60  # of a document that is laid out, as measured


class Kept(NamedTuple):
    """An article with its live document and look, the line at its top, and its highlights."""

    article: Article
    document: Document
    look: Look
    anchor: ScrollAnchor
    highlights: tuple[Stored, ...]

    @property
    def size(self) -> int:
        """The memory that the document takes, in bytes, about."""
        return self.document.characterCount() * _BYTES_A_LETTER

    def shows(self, article: Article) -> bool:
        """Return whether the document is that of an article as it is now."""
        mine = self.article
        return (mine.id, mine.html) == (article.id, article.html) and (
            title_lines(mine) == title_lines(article)
        )

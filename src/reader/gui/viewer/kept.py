"""A page that was left and is kept whole, to be shown again at its line."""

from typing import NamedTuple

from reader.document.build import Document
from reader.gui.viewer.head import title_lines
from reader.gui.viewer.scroll_anchor import ScrollAnchor
from reader.gui.viewer.viewer import Viewer
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


def keep(viewer: Viewer) -> Kept | None:
    """Return the page that is about to be left, None if it is empty or still built."""
    article = viewer.article
    if article is None or not article.html or not viewer.document_ready:
        return None
    stored, anchor = viewer.highlights.stored, viewer.anchor()
    return Kept(article, viewer.spare(), viewer.look, anchor, stored)


def show_kept(viewer: Viewer, kept: Kept, article: Article) -> None:
    """Show a kept page again at its line; it is built anew if the article or look has changed."""
    if kept.look == viewer.look_of(article) and kept.shows(article):
        viewer.highlights.show(kept.highlights)
        viewer.show_whole(article, kept.document, kept.anchor)
    else:
        place = kept.document.anchor_at(kept.anchor.position)
        kept.document.discard()
        viewer.show_article(article._replace(position=place))

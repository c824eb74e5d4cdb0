"""The facts about an article in an export, besides its text; every kind has the same names."""

from collections.abc import Iterator

from reader.entries import Highlight
from reader.exporting.pieces import Piece
from reader.model import Article

WEB = ("https://", "http://")


def about(piece: Piece) -> dict[str, object]:
    """Return the facts about an article, and its highlights, without empty ones.

    The names are those of Obsidian's web clipper, and those of Reader.
    """
    values: dict[str, object] = {name: value for name, value in _pairs(piece.article) if value}
    if piece.highlights:
        values["highlights"] = [_described(each.highlight) for each in piece.highlights]
    return values


def address_of(article: Article) -> str:
    """Return the address of an article on the web, ``""`` if it has none."""
    return article.url if article.url.startswith(WEB) else ""


def _pairs(article: Article) -> Iterator[tuple[str, object]]:
    yield "title", article.title
    yield "source", address_of(article)
    yield "author", [article.byline] if article.byline else []
    yield "published", article.published_at
    yield "created", article.added_at
    yield "description", article.excerpt
    yield "tags", [*article.tags]
    yield "language", article.language
    yield "site", article.site
    yield "state", article.state.value
    yield "favourite", article.favourite
    yield "progress", round(article.progress, 4)
    yield "opened", article.opened_at
    yield "read", article.read_at
    yield "reader-uid", article.uid


def _described(highlight: Highlight) -> dict[str, object]:
    names = {"made_at": "created"}
    values = {names.get(name, name): value for name, value in highlight._asdict().items() if value}
    if highlight.labels:
        values["labels"] = [*highlight.labels]
    return values

"""An article as plain text in UTF-8: a paragraph is a line, as editors wrap them themselves."""

from collections.abc import Iterator

from reader.body.to_text import to_text
from reader.entries import Highlight
from reader.exporting.pieces import Beside, Piece

_RULE = "—" * 12


def write(piece: Piece, _beside: Beside) -> bytes:
    """Return the text of an article below its title, its author, its site and its address."""
    article = piece.article
    head = [article.title, *filter(None, (article.byline, article.site, article.published_at[:10]))]
    if article.url.startswith(("https://", "http://")):
        head.append(article.url)
    parts = ["\n".join(head), to_text(piece.body), *_highlights(piece)]
    return ("\n\n".join(filter(None, parts)) + "\n").encode(errors="replace")


def _highlights(piece: Piece) -> Iterator[str]:
    if piece.highlights:
        yield _RULE
    for highlight, *_ in piece.highlights:
        yield _described(highlight)


def _described(highlight: Highlight) -> str:
    quote = f"“{highlight.quote}”" if highlight.quote else ""
    return "\n".join(filter(None, (quote, highlight.note)))

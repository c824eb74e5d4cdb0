"""An article as XHTML: its head, its text, its notes and its loose highlights, in one element."""

from html import escape

from reader import phrases
from reader.document.direction import direction_of_article
from reader.entries import Highlight
from reader.exporting.about import address_of
from reader.exporting.links import valid
from reader.exporting.pieces import Piece
from reader.exporting.xhtml import Addresses, Section, Writer, attribute, language, text
from reader.model import Article

_SHOWN = 60


def article_of(piece: Piece, addresses: Addresses, prefix: str = "") -> tuple[str, list[Section]]:
    """Return an article as an element, and its headings; ``prefix`` makes its ids unique."""
    article = piece.article
    writer = Writer(piece.marked, addresses, prefix)
    blocks = writer.blocks() if article.html else phrases.WAITING
    notes = writer.notes()
    apart = f'<section class="notes" role="doc-endnotes">\n{notes}\n</section>' if notes else ""
    parts = (_head(article), blocks, apart, _loose(piece.loose))
    inner = "\n".join(filter(None, parts))
    return (
        f"<article{tongue(article, xml=addresses.is_epub)}>\n{inner}\n</article>",
        writer.sections,
    )


def tongue(article: Article, *, xml: bool = False) -> str:
    """Return the attributes for the language and the direction of an article."""
    tag = language(article.language)
    both = attribute("lang", tag) + (attribute("xml:lang", tag) if xml else "")
    return both + attribute("dir", direction_of_article(article))


def _head(article: Article) -> str:
    lines = [f"<h1>{text(article.title) or 'Article'}</h1>"]
    if article.byline:
        lines.append(f'<p class="byline">{text(article.byline)}</p>')
    site = article.site if article.site != article.byline else ""
    told = (site, phrases.day(article.published_at), phrases.reading_time(article.words))
    details = [f"<bdi>{text(each)}</bdi>" for each in told if each]
    if details:
        lines.append(f'<p class="details">{" · ".join(details)}</p>')
    if target := valid(address_of(article)):
        shown = target.split("://", 1)[1].rstrip("/")
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        lines.append(f'<p class="source"><a href="{escape(target)}">{text(shown)}</a></p>')
    return f"<header>{''.join(lines)}</header>"


def _loose(highlights: list[Highlight]) -> str:
    if not highlights:
        return ""
    items = "".join(map(_described, highlights))
    return f'<section class="loose"><h2>Highlights and notes</h2>{items}</section>'


def _described(highlight: Highlight) -> str:
    quote, note = text(highlight.quote), text(highlight.note).replace("\n", "<br/>")
    marked = f'<mark class="{highlight.colour}">{quote}</mark>'
    return (f"<blockquote><p>{marked}</p></blockquote>" if quote else "") + (
        f"<p>{note}</p>" if note else ""
    )

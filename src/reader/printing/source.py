"""The source of a printed page: an address that can be typed, or its site, at the foot.

An address that is too long for the foot, or that shares its pages with other articles, stands in
full at the end of its article.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from reader import phrases
from reader.body.blocks import Block, Paragraph, Style, Text
from reader.document.direction import has_rtl, joined_details
from reader.model import Article
from reader.sheet import Sheet

LONGEST_AT_FOOT = 60
"""The length of the longest address that stands at the foot in full; more is not typed."""

_UNCLEAR = re.compile(r"[\s\x00-\x20\x7f\ufffd\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_PLACES = re.compile(r"(?<=[/?&=#.:_-])(?=[^/\s])")
_BREAK = "\N{ZERO WIDTH SPACE}"


def address_of(article: Article) -> str:
    """Return the web address of an article as people write it, ``""`` if it has none."""
    if not article.url.startswith(("http://", "https://")):
        return ""
    address = article.url.partition("://")[2].removeprefix("www.").rstrip("/")
    decoded = unquote(address)
    return address if _UNCLEAR.search(decoded) else decoded


def foot_of(article: Article) -> str:
    """Return the text at the foot of an article's pages: address and date, as far as known."""
    address = address_of(article)
    if len(address) > LONGEST_AT_FOOT:
        address = f"{address.partition('/')[0]}/…"
    return joined_details((address, phrases.day(article.published_at)), rtl=has_rtl(article.title))


def end_of(article: Article, sheet: Sheet, *, alone: bool) -> Iterator[Block]:
    """Yield a paragraph with the address, unless the foot of each page has it in full.

    ``alone`` means that no page holds another article.
    """
    address = address_of(article)
    if sheet.footer and address and (len(address) > LONGEST_AT_FOOT or not alone):
        shown = _PLACES.sub(_BREAK, address)
        yield Paragraph((Text("Source: ", Style.SMALL), Text(shown, Style.SMALL, article.url)))

"""Extract a page: its article and its metadata."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import islice
from typing import NamedTuple

from reader.ingest.extract.article import Found, article_of
from reader.ingest.extract.measure import Element, count_words, remove
from reader.ingest.extract.page import base_of, parse, prepare
from reader.ingest.extract.page_metadata import metadata_of
from reader.ingest.extract.threads.thread import thread_article
from reader.ingest.extract.told_body import Shingles, guide, share, tells_body, told_body
from reader.ingest.extract.video_page import video_article
from reader.ingest.extract.write import write
from reader.ingest.metadata import Metadata

_EXCERPT = 1_000
_MOST = 2 / 3  # of a text that a page gives as data
_MOST_HELD = 20_000  # elements
_FEW = 40  # words; a page of a video has hardly more of its own
_TAG = re.compile("<[^>]*>")
_BOXES = ("nav", "footer", "header", "form", "fieldset", "article", "main", "section", "aside")


class Page(NamedTuple):
    """The article of a page as clean HTML, its metadata, and whether it may be the wrong text.

    ``is_thread`` means that the article is a series of posts.
    """

    about: Metadata
    html: str
    unsure: bool
    is_thread: bool = False


def extract(
    html: str, address: str = "", *, saved: bool = False, without: Sequence[str] = ()
) -> Page:
    """Return the article of a page; its links and pictures have absolute URLs.

    The pictures of a ``saved`` page keep their names. ``without`` are CSS selectors of elements
    that do not belong to the article.
    """
    root = parse(html)
    # lxml makes elements anew for each pass over the page unless they are held.
    held = [] if root is None else list(islice(root.iter(), _MOST_HELD))
    about = metadata_of(root, address)
    root = _without(root, without)
    base = address if root is None else base_of(root, address)
    video = "" if root is None or not _tells_of_video(html) else video_article(root, base)
    told = "" if root is None or not tells_body(html) else told_body(root, address)
    article = (
        root is not None and thread_article(root, html, about, base, saved=saved)
    ) or article_of(root, about.title, about.byline, base, saved=saved)
    if video and article.unsure and _count_words(article.html) < min(_FEW, _count_words(video)):
        article = article._replace(html=video)
    del held
    if told and article.thread is None:

        def again(words: Shingles) -> Found:
            root = _without(parse(html), without)
            return article_of(root, about.title, about.byline, base, saved=saved, told=words)

        article = _fuller(article, told, again)
    if article.thread is not None:
        about = about._replace(**{k: v for k, v in article.thread._asdict().items() if v})
    if not about.excerpt:
        about = about._replace(excerpt=article.first[:_EXCERPT])
    return Page(about, article.html, article.unsure, article.thread is not None)


def _fuller(found: Found, told: str, again: Callable[[Shingles], Found]) -> Found:
    """Return the article, or a better one if it lacks much of the text that is given as data."""
    words = guide(told)
    if words and share(words, found.html) < _MOST:
        kinder = again(words)
        longer = _count_words(told) > _count_words(found.html)
        fuller = share(words, kinder.html) >= _MOST
        found = kinder if fuller else found._replace(unsure=found.unsure or longer)
    if found.unsure and _count_words(found.html) < _count_words(told) / 2:
        first = unescape(_TAG.sub("", told.partition("</p>")[0]))
        return Found(told, unsure=True, first=first)
    return found


def _without(root: Element | None, selectors: Sequence[str]) -> Element | None:
    """Return a tree without the elements that CSS selectors match."""
    if root is not None:
        for element in select(root, selectors):
            remove(element)
    return root


def _tells_of_video(html: str) -> bool:
    return "VideoObject" in html or "og:video" in html


def _count_words(html: str) -> int:
    return count_words(_TAG.sub(" ", html))


def whole_page(html: str, address: str) -> str:
    """Return everything that a page shows, including menus, as clean HTML."""
    root = parse(html)
    if root is None:
        return ""
    base = base_of(root, address)
    body = prepare(root)
    for element in list(body.iter(*_BOXES)):
        element.tag = "div"
    return write(body, base)


def select(root: Element, selectors: Sequence[str]) -> Iterator[Element]:
    """Yield the elements that CSS selectors match, but never the page itself."""
    from lxml.cssselect import CSSSelector  # most pages have no rules

    for selector in selectors:
        matches = CSSSelector(selector, translator="html")(root)
        yield from (x for x in matches if x.tag not in ("html", "body"))

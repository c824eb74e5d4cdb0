"""Turn the thread on a page into an article: a head with author and date for each post."""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from reader.ingest.extract.article import Found
from reader.ingest.extract.measure import Element, text_of
from reader.ingest.extract.page import prepare
from reader.ingest.extract.threads import bbcode
from reader.ingest.extract.threads.platform import posts_of
from reader.ingest.extract.threads.platforms import PLATFORMS
from reader.ingest.extract.threads.post import Post
from reader.ingest.extract.write import write
from reader.ingest.metadata import iso_date

_HEAD = 3
_DEEPEST = 6
_BETWEEN = " · "
_ACCEPTED = "✓ "


class Thread(NamedTuple):
    """The posts of a page by the name of its platform, and whether they may not be all its text."""

    platform: str
    posts: Sequence[Post]
    unsure: bool = False


def thread_of(root: Element, html: str) -> Thread | None:
    """Return the thread on a page, None if it is no thread; ``html`` is the source of the page."""
    for platform in PLATFORMS:
        if any(sign in html for sign in platform.signs) and (posts := posts_of(platform, root)):
            return Thread(platform.name, posts)
    return None


def thread_article(root: Element, html: str, address: str, *, saved: bool = False) -> Found | None:
    """Return the thread on a page as its article, None if it is no thread; the tree is changed.

    ``address`` is the base of its links. The pictures of a ``saved`` page keep their names.
    """
    thread = thread_of(root, html)
    if thread is None:
        return None
    opening = thread.posts[0]
    body = prepare(_article(thread.posts))
    body.tag = "div"
    first = next((text for element in body.iter("p") if (text := text_of(element))), "")
    written = write(body, address, saved=saved)
    return Found(written, thread.unsure, first, True, opening.author, iso_date(opening.date))


def _article(posts: Sequence[Post]) -> Element:
    """Return posts as the tree of an article; their elements are moved into it."""
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    for post in posts:
        _head(body, post)
        body.append(_text(post))
        if post.remarks:
            _remarks(body, post.remarks)
    return root


def _head(body: Element, post: Post) -> None:
    if not (post.author or post.date):
        etree.SubElement(body, "hr")
        return
    head = etree.SubElement(body, f"h{min(_DEEPEST, _HEAD + post.depth)}")
    head.text = (_ACCEPTED if post.accepted else "") + _credit(post)
    if post.place:
        head.set("id", post.place)


def _credit(post: Post) -> str:
    return _BETWEEN.join(filter(None, (post.author, post.date)))


def _text(post: Post) -> Element:
    text = etree.Element("div")
    for element in post.body:
        element.tag, element.tail = "div", None
        text.append(element)
    bbcode.clean(text)
    return text


def _remarks(body: Element, remarks: Sequence[Post]) -> None:
    series = etree.SubElement(body, "ul")
    for remark in remarks:
        item = etree.SubElement(series, "li")
        for element in remark.body:
            element.tag, element.tail = "span", None
            item.append(element)
        credit = etree.SubElement(item, "small")
        credit.text = f" — {_credit(remark)}"

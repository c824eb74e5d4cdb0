"""Turn the thread on a page into an article: a head with author and date for each post."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from reader.ingest.extract.article import About, Found, article_of
from reader.ingest.extract.measure import Element, remove, text_of
from reader.ingest.extract.page import prepare
from reader.ingest.extract.threads import bbcode
from reader.ingest.extract.threads.platform import classes_of, may_be, posts_of, title_of
from reader.ingest.extract.threads.platforms import PLATFORMS
from reader.ingest.extract.threads.post import Post
from reader.ingest.extract.threads.series import series_of, text_outside
from reader.ingest.extract.write import write
from reader.ingest.metadata import Metadata, iso_date

_HEAD = 3
_DEEPEST = 6
_BETWEEN = " · "
_ACCEPTED = "✓ "


_DISCUSSIONS = ("DiscussionForumPosting", "QAPage")
_DECLARED = re.compile(r'(?:schema\.org/|"@type"\s*:\s*\[?\s*")(?:DiscussionForumPosting|QAPage)\b')
_ARTICLE = re.compile(
    r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|Report|Review|Product|Recipe)"'
    r'|property=["\']?og:type["\']?\s+content=["\']?article|itemprop=["\']?articleBody'
)
_FEWEST_TIMES = 3
_START = 30  # letters of the description by which the first post is known


class Thread(NamedTuple):
    """The posts of a page, and the name of its platform, ``""`` if unknown.

    ``title`` is that of the topic, ``""`` if it is not marked. ``boxes`` hold the posts of an
    unknown platform. ``unsure`` means that much of the text of the page is in no post.
    """

    platform: str
    posts: Sequence[Post]
    title: str = ""
    boxes: Sequence[Element] = ()
    unsure: bool = False


def thread_of(root: Element, html: str) -> Thread | None:
    """Return the thread on a page, None if it is no thread; ``html`` is the source of the page."""
    classes = classes_of(root)
    for platform in PLATFORMS:
        if may_be(platform, classes, html) and (posts := posts_of(platform, root)):
            return Thread(platform.name, posts, title_of(platform, root))
    return _unknown(root, html)


def _unknown(root: Element, html: str) -> Thread | None:
    """Return the thread on a page of a platform that is not known, None if it is no thread.

    A page that does not call itself a discussion must be one by most of its text.
    """
    declared = any(name in html for name in _DISCUSSIONS) and bool(_DECLARED.search(html))
    if not declared and (html.count("<time") < _FEWEST_TIMES or _ARTICLE.search(html)):
        return None
    series = series_of(root, declared=declared)
    if series is None:
        return None
    mostly = series.size >= text_outside(root, series.boxes)
    if not (declared or mostly):
        return None
    return Thread("", series.posts, boxes=series.boxes, unsure=not mostly)


def thread_article(
    root: Element, html: str, about: Metadata, address: str, *, saved: bool = False
) -> Found | None:
    """Return the thread on a page as its article, None if it is no thread; the tree is changed.

    ``about`` is what the page says of itself, ``address`` the base of its links. The pictures of a
    ``saved`` page keep their names.
    """
    thread = thread_of(root, html)
    if thread is None:
        return None
    opening = thread.posts[0]
    first_text = "".join(map(text_of, opening.body))
    body = prepare(_article(thread.posts))
    body.tag = "div"
    first = next((text for element in body.iter("p") if (text := text_of(element))), "")
    written = write(body, address, saved=saved)
    start = _letters(about.excerpt)[:_START]
    if thread.boxes and not (start and start in _letters(first_text)):
        question = _question(root, thread, about.title, address, saved=saved)
        if question is not None:
            return question._replace(html=question.html + written, thread=About())
    credit = About(thread.title, opening.author, iso_date(opening.date))
    return Found(written, thread.unsure, first, credit)


def _question(
    root: Element, thread: Thread, title: str, address: str, *, saved: bool
) -> Found | None:
    """Return the opening post if it stands apart from the others, None if it is among them."""
    for box in thread.boxes:
        remove(box)
    found = article_of(root, title, "", address, saved=saved)
    return None if found.unsure else found


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


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
        if len(body):
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
        item = etree.SubElement(etree.SubElement(series, "li"), "small")
        for element in remark.body:
            element.tag, element.tail = "span", None
            item.append(element)
        credit = etree.SubElement(item, "span")
        credit.text = f" — {_credit(remark)}"

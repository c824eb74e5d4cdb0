"""Find the posts of a forum that is not known: a series of like boxes with authors and dates.

Each post of a page is written by the same template, so its box has the tag and the name of the
others, and holds one author, one date and a text. Teasers and search results look the same but have
headings that lead elsewhere; comments beneath an article are shorter than it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from reader.ingest.extract.measure import Element, length, matches, names, short_text
from reader.ingest.extract.threads.platform import as_date
from reader.ingest.extract.threads.post import Post

_MOST_MARKS = 5_000
_HIGHEST = 12  # levels between a date and the box of its post
_LONGEST_AUTHOR = 50
_LONGEST_DATE = 60
_SHORTEST = 20
_FEWEST = 3
_MOST_DATES = 3  # of a post: written, for machines too, and edited
_CORE = 0.65
_WIDE = 0.7
_MOST = 0.8
_DATES = ("datePublished", "dateCreated")
_TEXTS = ("text", "articleBody", "commentText")
_DATED = re.compile(r"(?:^|[\s_-])(?:post-?)?(?:date|time|timestamp|time-?ago)(?:$|[\s_-])")
_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:author|creator|member|nick|poster|user)(?:-?name)?(?:$|[\s_-])"
)
_PROFILE = re.compile(
    r"/(?:u|user|users|member|members|profile|profiles|people)[/=-]|/[@~]\w|[?&](?:u|uid|user)="
)
_BENEATH = re.compile(r"comment|disqus|respond|response|review|rating")
_MARKS = " ·•|,:–—-"
_AVATAR = re.compile(r"avatar|gravatar")
_NUMERIC = re.compile(
    r"\D{0,20}(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\d{1,2}:\d\d(?!\d))[^\n]{0,20}", re.ASCII
)
_BOXES = ("article", "li", "tr", "tbody", "table", "section", "dl")
_NO_TEXT = frozenset(
    "a head script style noscript template nav header footer form button select svg dialog".split()
)
_INLINE = ("p", "blockquote", "pre", "ul", "ol", "table", "span", "a", "b", "em", "strong")
_DIGITS = re.compile(r"[\W\d_]*\d[\W\d_a-f]*$")


class _Shape(NamedTuple):
    """What the boxes of one template have in common: its tag and first name, without numbers."""

    tag: str
    name: str


class Series(NamedTuple):
    """The posts of a page, the boxes in which they are, and the length of their text."""

    posts: Sequence[Post]
    boxes: Sequence[Element]
    size: int


def series_of(root: Element, *, declared: bool) -> Series | None:
    """Return the longest series of posts on a page, None if there is none.

    ``declared`` means that the page calls itself a discussion: names of authors may be plain text.
    """
    marks = list(islice(_dates(root), _MOST_MARKS + 1))
    if len(marks) > _MOST_MARKS:
        return None
    candidates = [(_extent(boxes), boxes) for boxes in _candidates(marks, declared)]
    widest = max((extent for extent, _ in candidates), default=0)
    most = [(len(x), extent, x) for extent, x in candidates if extent >= _WIDE * widest]
    if not most:
        return None
    best = max(most, key=lambda each: each[:2])[2]
    posts = _posts(best, _dates_of(best, marks))
    if not declared and any(matches(_BENEATH, names(box)) for box in best):
        return None
    if len(posts) < _FEWEST - 1 or sum(map(_leads_away, best)) > len(best) / 2:
        return None
    return Series(posts, best, sum(length(x) for post in posts for x in post.body))


def _extent(boxes: Sequence[Element]) -> int:
    """Return the length of the text in boxes, of which some may be inside others."""
    known = set(boxes)
    return sum(length(box) for box in boxes if _around(box, known) is None)


def _dates_of(boxes: Sequence[Element], marks: Sequence[Element]) -> dict[Element, str]:
    """Return the first date in each box."""
    known = set(boxes)
    dates: dict[Element, str] = {}
    for mark in marks:
        box = _around(mark, known)
        if box is not None and not dates.get(box):
            dates[box] = as_date(_stated(mark))
    return dates


def _dates(root: Element) -> Iterator[Element]:
    """Yield the elements that are a date."""
    for element in root.iter():
        if element.tag in ("time", "relative-time") or element.get("itemprop") in _DATES:
            if not any(above.tag == "time" for above in element.iterancestors()):
                yield element
        elif element.get("class") and matches(_DATED, names(element)):
            said = element.get("title") or short_text(element, _LONGEST_DATE)
            if any(sign.isdecimal() for sign in said):
                yield element
        elif not len(element) and _NUMERIC.fullmatch((element.text or "").strip()):
            yield element


def _stated(mark: Element) -> str:
    inner = mark.find(".//time")
    for element in (inner, mark):
        if element is not None:
            for name in ("datetime", "content", "title"):
                if value := element.get(name):
                    return str(value)
    return short_text(mark, _LONGEST_DATE)


def _candidates(marks: Sequence[Element], declared: bool) -> Iterator[list[Element]]:
    """Yield the boxes of each template with an author, about one date and a text in each."""
    found: dict[_Shape, dict[Element, int]] = {}
    for mark in marks:
        seen: set[_Shape] = set()
        for level, box in enumerate(mark.iterancestors()):
            if level > _HIGHEST or box.tag in ("body", "html"):
                break
            shape = _shape(box)
            if shape is not None and shape not in seen:
                seen.add(shape)
                boxes = found.setdefault(shape, {})
                boxes[box] = boxes.get(box, 0) + 1
    for boxes in found.values():
        if len(boxes) >= _FEWEST - 1 and median(boxes.values()) <= _MOST_DATES:
            written = [x for x in boxes if length(x) > _SHORTEST and (declared or _author(x))]
            if len(written) >= _MOST * len(boxes):
                yield written


def _shape(element: Element) -> _Shape | None:
    if not isinstance(element.tag, str):
        return None
    name = next(iter((element.get("class") or element.get("id") or "").split()), "")
    name = _DIGITS.sub("", name)
    return _Shape(element.tag, name) if name or element.tag in _BOXES else None


def _around(element: Element, boxes: set[Element]) -> Element | None:
    return next((above for above in element.iterancestors() if above in boxes), None)


def _author(box: Element) -> str:
    """Return the name of the author of a post, ``""`` if there is none."""
    for element in box.iter("a", "span", "div", "strong", "b", "cite", "h3", "h4", "h5", "p"):
        pictured = matches(_AVATAR, names(element))
        if not pictured and _names_author(element) and (name := _name(element)):
            return name
    return ""


def _before_date(box: Element) -> str:
    """Return the short line before the first date of a box."""
    line = ""
    for text in box.itertext():
        text = " ".join(str(text).split())
        if _NUMERIC.fullmatch(text):
            return line
        if len(text) > 1 and any(map(str.isalpha, text)):
            line = text.strip(_MARKS) if len(text) <= _LONGEST_AUTHOR else ""
    return ""


def _names_author(element: Element) -> bool:
    if "author" in (element.get("itemprop"), element.get("rel")):
        return True
    if element.tag == "a" and _PROFILE.search(element.get("href") or ""):
        return True
    return bool(element.get("class")) and matches(_AUTHOR, names(element))


def _name(element: Element) -> str:
    for inner in element.iter():
        if inner.get("itemprop") == "name":
            return str(inner.get("content") or "") or short_text(inner, _LONGEST_AUTHOR)
    return short_text(element, _LONGEST_AUTHOR)


def _leads_away(box: Element) -> bool:
    """Return whether a box has a heading that is a link, as teasers have."""
    return any(
        link.get("href", "").partition("#")[0]
        for heading in box.iter("h1", "h2", "h3", "h4")
        for link in (*heading.iter("a"), *heading.iterancestors("a"))
        if not _names_author(link)
    )


def _posts(boxes: Sequence[Element], dates: dict[Element, str]) -> list[Post]:
    known = set(boxes)
    shape = _text_shape(boxes)
    posts = []
    for box in boxes:
        body = _body(box, shape, known)
        if length(body) or body.find(".//img") is not None:
            depth = sum(above in known for above in box.iterancestors())
            author = _author(box) or _before_date(box)
            post = Post(author, dates.get(box, ""), [body], box.get("id") or "", depth)
            posts.append(post)
    return posts


def _body(box: Element, shape: _Shape | None, known: set[Element]) -> Element:
    own = (x for x in box.iterdescendants() if shape is not None and _shape(x) == shape)
    body = next((x for x in own if _around(x, known) is box), None)
    return _core(box, known) if body is None else body


def _text_shape(boxes: Sequence[Element]) -> _Shape | None:
    """Return the template of the texts: that of most words, as the longest posts have them."""
    known = set(boxes)
    sizes: Counter[_Shape] = Counter()
    for box in boxes:
        core: Element | None = _core(box, known)
        while core is not None and core is not box:
            shape = _shape(core)
            if shape is not None and shape.name:
                sizes[shape] += length(core)
                break
            core = core.getparent()
    return next((shape for shape, _ in sizes.most_common(1)), None)


def _core(box: Element, known: set[Element]) -> Element:
    """Return the innermost element that holds most of the text of a box."""
    for element in box.iterdescendants():
        if element.get("itemprop") in _TEXTS and _around(element, known) is box:
            return element
    core = box
    while True:
        size = length(core)
        inner = (x for x in core if x not in known and x.tag not in _INLINE)
        largest = max(inner, key=length, default=None)
        if largest is None or length(largest) < _CORE * size:
            return core
        core = largest


def text_outside(root: Element, boxes: Sequence[Element]) -> int:
    """Return the length of the running text of a page outside of boxes, without links."""
    known = set(boxes)
    outside = 0
    pending = [root]
    while pending:
        element = pending.pop()
        if element in known or element.tag in _NO_TEXT:
            continue
        outside += len((element.text or "").strip())
        for child in element:
            outside += len((child.tail or "").strip())
            pending.append(child)
    return outside

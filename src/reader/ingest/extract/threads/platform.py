"""A platform of threads as a table of selectors, and the posts that it finds in a page.

A *place* says where a value is: a CSS selector, then ``@`` and the name of an attribute if the
value is not the text. The selector is empty for the box of the post itself. Places separated by
`` | `` are tried in turn.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from reader.ingest.extract.date_words import loose_date
from reader.ingest.extract.measure import Element, short_text, text_of
from reader.ingest.extract.threads.post import Post
from reader.ingest.metadata import iso_date

_LONGEST = 80
_SHORTEST_STAMP = 10  # digits of a Unix time in seconds; 13 are milliseconds
_LABEL = re.compile(r"^[^:]{1,40}:\s+|^.*[»·]\s*(?=\S)")
_MARKS = " \t\n,;()[]«»·•|–—-"
_PIECE = re.compile('[<"]')
_NUMERIC = re.compile(r"\d[./-]\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_classes = etree.XPath("descendant-or-self::*/@class", smart_strings=False)


class Platform(NamedTuple):
    """How a platform marks its posts.

    Only a page with one of the ``signs`` is searched: classes of its elements, or, if there is no
    such class, a piece of its source with ``"`` or ``<``. ``post``, ``body``, ``accepted`` and
    ``title``, that of the topic, are CSS selectors; ``author``, ``date``, ``place`` and ``depth``
    are places, see above. ``remarks`` are short comments under a post.
    """

    name: str
    signs: tuple[str, ...]
    post: str
    body: str
    author: str
    date: str
    place: str = "@id"
    depth: str = ""
    accepted: str = ""
    title: str = ""
    remarks: "Platform | None" = None


class _Boxes(NamedTuple):
    """The boxes of the posts on a page; a box may be inside another."""

    root: Element
    boxes: Sequence[Element]
    known: frozenset[Element]


def classes_of(root: Element) -> frozenset[str]:
    """Return all classes on a page."""
    return frozenset(" ".join(_classes(root)).split())


def may_be(platform: Platform, classes: frozenset[str], html: str) -> bool:
    """Return whether a page has a sign of a platform."""
    return not classes.isdisjoint(platform.signs) or any(
        piece in html for piece in _pieces(platform.signs)
    )


@lru_cache(maxsize=100)
def _pieces(signs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the signs that are pieces of the source of a page."""
    return tuple(sign for sign in signs if _PIECE.search(sign))


def title_of(platform: Platform, root: Element) -> str:
    """Return the title of the thread on a page without its labels, ``""`` if it is not marked."""
    heading = next(iter(_select(platform.title)(root)), None) if platform.title else None
    if heading is None:
        return ""
    labels = {text for each in heading.iter() if _is_label(each) for text in each.itertext()}
    kept = (text for text in heading.itertext() if text not in labels)
    return " ".join("".join(kept).split())


def _is_label(element: Element) -> bool:
    return "label" in (element.get("class") or "").split()


def posts_of(platform: Platform, root: Element) -> list[Post]:
    """Return the posts of a page in their order; a post that is shown twice is returned once."""
    boxes = _select(platform.post)(root)
    remarked = _select(platform.remarks.post)(root) if platform.remarks else []
    if not boxes:
        return []
    page = _Boxes(root, boxes, frozenset((*boxes, *remarked)))
    remarks = _remarks(platform.remarks, _Boxes(root, remarked, page.known))
    posts, seen = [], set()
    for box, post in _posts(platform, page):
        key = (post.place, *map(text_of, post.body))
        if not post.place or key not in seen:
            posts.append(post._replace(remarks=remarks.get(box, ())))
        seen.add(key)
    least = min((post.depth for post in posts[1:]), default=0)  # answers may be in the first box
    return [post._replace(depth=max(0, post.depth - least)) for post in posts]


def _remarks(platform: Platform | None, page: _Boxes) -> dict[Element, list[Post]]:
    """Return remarks by the box of the post under which they are."""
    found: dict[Element, list[Post]] = {}
    for box, remark in _posts(platform, page) if platform and page.boxes else ():
        parent = box.getparent()
        owner = None if parent is None else _owner(parent, page.known)
        if owner is not None:
            found.setdefault(owner, []).append(remark)
    return found


def _posts(platform: Platform, page: _Boxes) -> Iterator[tuple[Element, Post]]:
    bodies = _owned(platform.body, page)
    authors = _values(platform.author, page)
    dates = _values(platform.date, page, as_date)
    places = _values(platform.place, page)
    depths = _depths(platform, page, frozenset(bodies))
    accepted = _accepted(platform, page)
    for box in page.boxes:
        if body := _outermost(bodies.get(box, [])):
            yield (
                box,
                Post(
                    authors.get(box, ""),
                    dates.get(box, ""),
                    body,
                    places.get(box, ""),
                    depths[box],
                    box in accepted,
                ),
            )


def _outermost(elements: Sequence[Element]) -> list[Element]:
    """Return elements without those that are inside another of them, and without empty ones."""
    kept: list[Element] = []
    for element in elements:
        if not kept or all(above is not kept[-1] for above in element.iterancestors()):
            kept.append(element)
    return [x for x in kept if text_of(x) or x.find(".//img") is not None]


@lru_cache(maxsize=500)
def _select(selector: str) -> Callable[[Element], list[Element]]:
    from lxml.cssselect import CSSSelector  # most pages are no threads

    select: Callable[[Element], list[Element]] = CSSSelector(selector, translator="html")
    return select


def _owned(selector: str, page: _Boxes) -> dict[Element, list[Element]]:
    """Return the elements that a selector matches by the box that they belong to."""
    owned: dict[Element, list[Element]] = {}
    for element in _select(selector)(page.root):
        box = _owner(element, page.known)
        if box is not None:
            owned.setdefault(box, []).append(element)
    return owned


def _owner(element: Element, boxes: frozenset[Element]) -> Element | None:
    """Return the innermost box around an element, or the box that it stands before as its head."""
    around = (element, *element.iterancestors())
    if (box := next((x for x in around if x in boxes), None)) is not None:
        return box
    return next((y for x in around if (y := x.getnext()) is not None and y in boxes), None)


def _values(
    places: str, page: _Boxes, read: Callable[[str], str] = lambda value: value
) -> dict[Element, str]:
    """Return the values at places by their boxes; the first place with a value wins."""
    values: dict[Element, str] = {}
    for place in filter(None, places.split(" | ")):
        if all(box in values for box in page.boxes):
            break
        selector, _, attribute = place.partition("@")
        owned = _owned(selector, page) if selector else {box: [box] for box in page.boxes}
        for box, elements in owned.items():
            said = (read(_value(element, attribute)) for element in elements)
            if box not in values and (value := next(filter(None, said), "")):
                values[box] = value
    return values


def _value(element: Element, attribute: str) -> str:
    if attribute:
        return " ".join((element.get(attribute) or "").split())
    own = " ".join((element.text or "").split())
    dated = len(own) < _LONGEST and any(sign.isdecimal() for sign in own)
    return own if dated else short_text(element, _LONGEST)


def as_date(value: str) -> str:
    """Return a date that a page gives as ISO 8601, Unix time or in words."""
    value = " ".join(value.split())
    if value.isascii() and value.isdecimal() and len(value) >= _SHORTEST_STAMP:
        seconds = int(value[:_SHORTEST_STAMP])
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if match := _ISO.match(value):
        return iso_date(match[0])
    named = not _NUMERIC.search(value)  # 4/5/2024 is of April or of May
    return (named and loose_date(value)) or _bare(value)


def _bare(words: str) -> str:
    return _LABEL.sub("", words).strip(_MARKS)


def _depths(platform: Platform, page: _Boxes, posts: frozenset[Element]) -> dict[Element, int]:
    """Return how deep each post is among the answers, from 0."""
    if platform.depth:
        given = _values(platform.depth, page)
        depths = {x: int(n) if (n := given.get(x, "")).isdecimal() else 0 for x in page.boxes}
    else:
        depths = {box: sum(x in posts for x in box.iterancestors()) for box in page.boxes}
    return depths


def _accepted(platform: Platform, page: _Boxes) -> set[Element]:
    return set(_owned(platform.accepted, page)) if platform.accepted else set()

"""Callouts and notes while an article is trimmed: no word in them is a scrap of the page."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from reader.ingest.extract.measure import Element, text_of

_ROLES = frozenset({"note", "doc-endnote", "doc-endnotes", "doc-footnote"})
_TAGS = ("aside", "div", "section", "ol", "ul", "li", "dd", "p")


@contextmanager
def spared(article: Element) -> Iterator[None]:
    """Let blocks of code with the same words stand for the callouts and notes of an article.

    Those that are removed meanwhile are not put back.
    """
    boxes = [box for box in article.iter(*_TAGS) if _is_spared(box)]
    known = frozenset(boxes)
    held = [(box, _stand_in(box)) for box in boxes if known.isdisjoint(box.iterancestors())]
    try:
        yield
    finally:
        for box, stand_in in held:
            parent = stand_in.getparent()
            if parent is not None:
                box.tail = stand_in.tail
                parent.replace(stand_in, box)


def _is_spared(box: Element) -> bool:
    role = box.get("role")
    return role in _ROLES if box.tag != "p" else role == "doc-endnote"


def _stand_in(box: Element) -> Element:
    stand_in = etree.Element("pre")
    stand_in.text, stand_in.tail = text_of(box), box.tail
    parent = box.getparent()
    if parent is not None:
        parent.replace(box, stand_in)
    return stand_in

"""The links in headings that edit a section: controls of a wiki, not words of the article."""

import re

from reader.ingest.extract.measure import Element, remove, text_of
from reader.ingest.extract.structure.index import Index

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMED = re.compile(r"\b(?:mw-)?editsection\b|\bedit-?section\b|\bsection-?edit\b|\bsecedit\b")
_EDITS = re.compile(r"[?&](?:ve)?action=edit\b|[?&]do=edit\b|/_?edit(?:[/?#]|$)", re.IGNORECASE)
_TAGS = frozenset({"span", "div", "small", "sup", "a"})
_EMPTY = re.compile(r"\s*\[[\s|/·,]*\]")
_LONGEST = 60


def drop_section_links(body: Element, index: Index) -> None:
    """Remove the controls that edit a section, beside a heading or in it."""
    for element in index.named(_NAMED.search, "edit"):
        if element.tag in _TAGS and len(text_of(element)) <= _LONGEST:
            remove(element)
    for heading in list(body.iter(*_HEADINGS)):
        _drop_links(heading)


def _drop_links(heading: Element) -> None:
    links = [link for link in heading.iter("a") if _EDITS.search(link.get("href") or "")]
    said = sum(len(text_of(link)) for link in links)
    if not links or said > _LONGEST or said >= len(text_of(heading)):
        return
    for link in links:
        remove(link)
    for element in list(heading.iter()):
        element.text = _EMPTY.sub("", element.text or "")
        if element is not heading:
            element.tail = _EMPTY.sub("", element.tail or "")

"""Parsing XML and XHTML of books: no entity is expanded but those of letters, nothing is loaded."""

import re
from html import unescape
from html.entities import html5

from lxml import etree

from reader.ingest.decode import decode

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_EMPTY = re.compile(
    r"<(a|p|i|b|em|strong|span|div|section|td|th|li|h[1-6]|sup|sub|title|script|style|small|u)"
    r"(\s[^<>]*)?/>",
    re.IGNORECASE,
)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, ``""`` for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def tree(data: bytes) -> etree._Element | None:
    """Return the root of a document, as much of it as can be read; None if there is nothing."""
    text = _text(data)
    if not text.strip():
        return None
    return etree.fromstring(text.encode(), _parser(recover=True))


def page(data: bytes) -> etree._Element | None:
    """Return the root of a page: XHTML if it is well-formed, else HTML; None if it is empty."""
    text = _text(data)
    if not text.strip():
        return None
    try:
        return etree.fromstring(text.encode(), _parser(recover=False))
    except etree.XMLSyntaxError:
        whole = _EMPTY.sub(r"<\1\2></\1>", text)
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
        return etree.fromstring(whole.encode(), parser)


def _text(data: bytes) -> str:
    text = _DECLARED.sub("", decode(data), count=1)
    text = _DOCTYPE.sub("", text, count=1)
    return _ENTITY.sub(_letter, text)


def _letter(entity: re.Match[str]) -> str:
    """Return the letter of an entity; those of XML stay."""
    name = entity[1]
    if name in _OF_XML:
        return entity[0]
    return unescape(entity[0]) if f"{name};" in html5 else f"&amp;{name};"


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip

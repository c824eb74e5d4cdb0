"""Pages that Reader itself has exported: the facts about their article, and its text alone."""

import json
from typing import Any, NamedTuple

from lxml import etree

from reader import phrases
from reader.body.from_html import tree_of

_NAME = "reader-article"
_HEAD = 200_000
_TOLD = etree.XPath(f"//meta[@name='{_NAME}']/@content")
_AROUND = etree.XPath("header | section[@class='loose']")
_MARKS = etree.XPath(".//mark[@class]")
_NOTES = etree.XPath(".//*[@role='doc-footnote']")
_NUMBERS = etree.XPath(".//p[@class='number']")


class OwnPage(NamedTuple):
    """The facts of a page about its article, by the names of front matter, and its text as HTML.

    The text is ``""`` if the article waited for it.
    """

    about: dict[str, Any]
    html: str


def own_page(text: str) -> OwnPage | None:
    """Return the contents of a page of Reader, None if it is the page of another program.

    Marks and notes that are highlights are left out of the text: ``about`` has them.
    """
    if f'name="{_NAME}"' not in text[:_HEAD]:
        return None
    root = tree_of(text)
    article = None if root is None else root.find(".//article")
    about = None if root is None else _about(root)
    if article is None or about is None:
        return None
    for element in _AROUND(article):
        article.remove(element)
    _remove_highlights(article, about.get("highlights"))
    for number in _NUMBERS(article):
        number.getparent().remove(number)
    html = etree.tostring(article, method="html", encoding="unicode")
    html = "" if phrases.WAITING in html and len(article) == 1 else html
    return OwnPage(about, html)


def _about(root: etree._Element) -> dict[str, Any] | None:
    for content in _TOLD(root):
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None
    return None


def _remove_highlights(article: etree._Element, highlights: object) -> None:
    """Unwrap the marks that are highlights, and remove their notes and the references to them."""
    listed = highlights if isinstance(highlights, list) else []
    told = [each for each in listed if isinstance(each, dict)]
    if told:
        for mark in _MARKS(article):
            mark.tag = "span"
            mark.attrib.clear()
    notes = {_squashed(str(each.get("note") or "")) for each in told}
    gone = set()
    for note in _NOTES(article):
        words = _squashed("".join(note.itertext()))
        if any(words.endswith(each) and words[: -len(each)].rstrip(".").isdecimal()
               for each in notes if each):  # fmt: skip
            gone.add(f"#{note.get('id')}")
            note.getparent().remove(note)
    for link in article.findall(".//a[@role='doc-noteref']"):
        if link.get("href") in gone:
            _cut(link)


def _cut(element: etree._Element) -> None:
    """Remove an element, but not the words behind it."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _squashed(text: str) -> str:
    return "".join(text.split())

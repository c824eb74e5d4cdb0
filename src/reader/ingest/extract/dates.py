"""The dates of an article, wherever its page has them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from reader.ingest.extract.date_words import loose_date, machine_date
from reader.ingest.extract.linked_data import first_text
from reader.ingest.extract.measure import Element, matches, names, text_of
from reader.ingest.extract.near_title import lines_near_title
from reader.ingest.extract.values import first

_ITEMPROPS = etree.XPath("descendant-or-self::*[@itemprop]")
_DATE_NAMES = re.compile(
    r"publish|pub-?date|entry-?date|post-?date|posted-?on|article-?date|dateline|timestamp|datetime|"
    r"date(?<![a-z0-9]date)(?![a-z0-9])|time(?<![a-z0-9]time)(?![a-z0-9])"
)
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|\.|$)"
)
_CHANGED, _PUBLISHED = re.compile(r"modif|updat"), re.compile(r"publi")
_BOXES = (
    "span", "div", "p", "li", "a", "td", "small", "em", "abbr", "h4", "h5", "h6", "strong",
)  # fmt: skip
_WEB_BEGAN = "1990"

_SAID = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time",
    "dc:date:issued", "dcterms:created", "dc:date", "dcterms:date", "parsely-pub-date",
    "sailthru:date", "pubdate", "publish-date", "publication_date", "date", "article:published",
    "dcterms:issued", "citation_publication_date", "citation_online_date", "citation_date",
    "publishdate", "published", "article:published_date", "datecreated", "ms.date", "dc:created",
    "created", "cxenseparse:recs:publishtime", "last-modified",
    "article_date_original", "shareaholic:article_published_time", "rnews:datepublished",
)  # fmt: skip


def published(
    root: Element, meta: dict[str, str], data: dict[str, Any], address: str, *, language: str = ""
) -> str:
    """Return the date of publication, with the precision of the page.

    ``language`` with its region decides whether 04/05/2024 begins with the month.
    """
    declared = (first_text(data.get("datePublished")), first(meta, *_SAID))
    created = (first_text(data.get("dateCreated")), first_text(data.get("uploadDate")))
    item = data.get("shown", {})
    shown = (first_text(item.get("datePublished")), first_text(item.get("dateCreated")))
    for value in (*declared, *created, *shown):
        if date := machine_date(value, language):
            return date
    for element in _dated(root):
        if date := _date_of(element, language):
            return date
    if in_address := _URL_DATE.search(address):
        year, month, day = in_address.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return _visible_date(root, data, meta, language)


def modified(meta: dict[str, str], data: dict[str, Any]) -> str:
    """Return the date of the last change of an article."""
    said = first(meta, "article:modified_time", "og:updated_time")
    return machine_date(first_text(data.get("dateModified")) or said)


def _dated(root: Element) -> Iterator[Element]:
    """Yield the elements that contain a date, the most specific first."""
    for element in _ITEMPROPS(root):
        if "datepublished" in element.get("itemprop").lower():
            yield element
    times = [x for x in root.iter("time") if not _is_change(x)]
    yield from (x for x in times if x.get("pubdate") is not None or matches(_DATE_NAMES, names(x)))
    yield from times


def _is_change(element: Element) -> bool:
    """Return whether an element is the date of a change."""
    said = f"{names(element)} {element.get('itemprop') or ''}"
    return matches(_CHANGED, said) and not matches(_PUBLISHED, said)


def _visible_date(root: Element, data: dict[str, Any], meta: dict[str, str], language: str) -> str:
    """Return the date near the title, else that in a box with a telling name."""
    if date := _date_near_title(root, language):
        return date
    for element in root.iter(*_BOXES):
        if matches(_DATE_NAMES, names(element)):
            value = text_of(element)
            title = element.get("title") or ""
            date = loose_date(title, language) or loose_date(value, language)
            if 5 < len(value) < 120 and date:
                return date
    return modified(meta, data)


def _date_near_title(root: Element, language: str) -> str:
    """Return the date in a short line of its own near the first heading."""
    dates = (loose_date(text, language) for text in lines_near_title(root))
    return next((date for date in dates if date > _WEB_BEGAN), "")


def _date_of(element: Element, language: str) -> str:
    value = element.get("datetime") or element.get("content") or element.get("title") or ""
    return machine_date(value, language) or loose_date(text_of(element)[:120], language)

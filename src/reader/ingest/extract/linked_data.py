"""The properties of an article by schema.org, as JSON-LD and as microdata."""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any

from lxml import etree

from reader.ingest.extract.measure import Element, short_text
from reader.ingest.extract.values import plain

Item = dict[str, Any]
"""An item and its properties."""

_ITEMS = etree.XPath("descendant-or-self::*[@itemtype]")
_MOST_JSON = 2_000_000
_MOST_ITEMS = 200
_LONGEST = 500
_DEEPEST, _DEEPEST_VALUE = 6, 20
_ARTICLES = re.compile(
    r"(?:^|/)(?:\w*Article|(?:Live)?BlogPosting|(?:SocialMedia|DiscussionForum)?Posting|Report|Recipe|Review|HowTo|Question|WebPage|CreativeWork|"
    r"QAPage|MedicalWebPage|VideoObject)$"
)
_BEST = re.compile(r"(?:Article|(?<!Job)Posting|Report|Question)$")
_PAGE = re.compile(r"Page$|CreativeWork$")
_WITHIN = ("@graph", "mainEntity", "hasPart", "mainEntityOfPage")
_LIST_OF_QUESTIONS = "FAQPage"
_PROPERTIES = frozenset(
    "headline name author creator datepublished datecreated datemodified keywords about".split()
)
_SPELLED = {"datepublished": "datePublished", "datecreated": "dateCreated",
            "datemodified": "dateModified"}  # fmt: skip
_STRING = r'\s*:\s*"((?:[^"\\]|\\.){1,500})"'
_SALVAGED = {
    key: re.compile(rf'"{key}"{_STRING}') for key in ("headline", "datePublished", "dateModified")
}
_SALVAGED_AUTHOR = re.compile(rf'"author"\s*:\s*[\[{{][^\]}}]{{0,500}}?"name"{_STRING}')
_SALVAGED_KIND = re.compile(r'"@type"\s*:\s*"([^"]{1,80})"')


def article_data(root: Element, address: str = "") -> Item:
    """Return the properties of the article on a page; references are resolved.

    Of several articles, that at ``address`` is meant, else the first. ``shown`` are the properties
    in microdata, which marks the text on show.
    """
    nodes: list[Item] = []
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            nodes += _nodes(_json(element.text or ""), 0)
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if _is(_ARTICLES, node)]
    articles.sort(key=lambda node: (not _is(_BEST, node), not _is_at(node, address)))
    data: Item = {}
    for node in articles:
        if node is articles[0] or _same(node, articles[0]):
            for key, value in node.items():
                data.setdefault(key, _meant(value, by_id))
    if articles and not _is(_PAGE, articles[0]):
        data.setdefault("headline", articles[0].get("name"))
    return {**data, "shown": _microdata(root)}


def _is(kinds: re.Pattern[str], node: Item) -> bool:
    said = node.get("@type", "")
    return any(kinds.search(str(kind)) for kind in (said if isinstance(said, list) else [said]))


def _is_at(node: Item, address: str) -> bool:
    page = node.get("mainEntityOfPage")
    places = (node.get("url"), page.get("@id") if isinstance(page, dict) else page)
    return bool(address) and address in places


def _same(node: Item, article: Item) -> bool:
    """Return whether an item is about an article too: another one, or the page that shows it."""
    return not _is(_BEST, node) or node.get("headline") == article.get("headline")


def _json(text: str) -> Any:
    if len(text) > _MOST_JSON:
        return None
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = re.sub(r"^(?://)?\s*<!\[CDATA\[", "", text)
    decoder = json.JSONDecoder(strict=False)
    for tried in (text, re.sub(r",\s*([}\]])", r"\1", text), unescape(text)):
        try:
            return _shallow(decoder.raw_decode(tried.strip())[0], 0)  # whatever stands behind it
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _shallow(value: Any, depth: int) -> Any:
    """Return a value without parts that are nested too deep."""
    if not isinstance(value, list | dict):
        return value
    if depth > _DEEPEST_VALUE:
        return None
    if isinstance(value, list):
        return [_shallow(item, depth + 1) for item in value]
    return {key: _shallow(item, depth + 1) for key, item in value.items()}


def _salvaged(text: str) -> Item | None:
    """Return the properties that are still readable in broken JSON."""
    kind = _SALVAGED_KIND.search(text)
    if kind is None:
        return None
    found = {key: match[1] for key, pattern in _SALVAGED.items() if (match := pattern.search(text))}
    author = _SALVAGED_AUTHOR.search(text)
    return {"@type": kind[1], **found, **({"author": author[1]} if author else {})}


def _nodes(value: Any, depth: int) -> list[Item]:
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [node for item in value[:_MOST_ITEMS] for node in _nodes(item, depth + 1)]
    if not isinstance(value, dict):
        return []
    asked = value.get("@type") == _LIST_OF_QUESTIONS
    inner = [
        _nodes(value.get(key), depth + 1) for key in _WITHIN if key != "mainEntity" or not asked
    ]
    return [value, *(node for group in inner for node in group)]


def _meant(value: Any, by_id: dict[str, Item]) -> Any:
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return by_id.get(str(value["@id"]), value)
    if isinstance(value, list):
        return [_meant(item, by_id) for item in value[:50]]
    return value


# ---- microdata


def _microdata(root: Element) -> Item:
    """Return the properties of the first item that is an article (HTML, microdata)."""
    for element in _ITEMS(root):
        if _BEST.search(element.get("itemtype").strip()):
            data: Item = {}
            for name, holder in islice(_said_of(element), _MOST_ITEMS):
                data.setdefault(name, []).append(_value(holder))
            return {key: values if key in ("author", "creator") else values[0]
                    for key, values in data.items()}  # fmt: skip
    return {}


def _said_of(item: Element) -> Iterator[tuple[str, Element]]:
    """Yield the properties of an item and their elements, without those of inner items."""
    waiting = list(reversed(item))
    while waiting:
        element = waiting.pop()
        for name in (element.get("itemprop") or "").lower().split():
            if name in _PROPERTIES:
                yield _SPELLED.get(name, name), element
        if element.get("itemscope") is None:
            waiting += reversed(element)


def _value(element: Element) -> Any:
    if element.get("itemscope") is None:
        said = element.get("content") or element.get("datetime")
        return said or short_text(element, _LONGEST)
    within = islice(element.iter(), _MOST_ITEMS)
    name = next((x for x in within if (x.get("itemprop") or "") == "name"), None)
    if name is None:
        return ""  # the box may hold much else
    return {"name": name.get("content") or short_text(name, _LONGEST)}


def first_text(value: Any) -> str:
    """Return a value as a line, the first of several."""
    if isinstance(value, list):
        return next((text for item in value if (text := first_text(item))), "")
    return plain(value.get("@value") if isinstance(value, dict) else value)

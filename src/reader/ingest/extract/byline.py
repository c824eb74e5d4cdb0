"""The authors of a page: as it gives them as data, else as it shows them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from reader.ingest.extract.linked_data import first_text
from reader.ingest.extract.measure import Element, matches, names, text_of
from reader.ingest.extract.names import given_name, is_person, scraped_names
from reader.ingest.extract.near_title import lines_near_title

_MOST_PEOPLE = 20
_AUTHORS = (
    "dc:creator", "dcterms:creator", "citation_author", "author", "article:author", "byl",
    "parsely-author", "sailthru:author", "twitter:data1_author", "og:article:author",
    "article:author_name", "cxenseparse:author", "shareaholic:article_author_name",
)  # fmt: skip
_WRITTEN_BY = re.compile(
    r"\b(?:by|author|von|par|por|da|di|door|av|af|przez|autor|yazan)\b|автор|作者|著者|投稿者", re.I
)
_BYLINE = re.compile(r"by-?line|author(?!i[sz]|ity|ing)|dateline|writtenby|contributor")
_NOT_BYLINE = re.compile(
    r"authors?-?(?:bio|desc|about|image|avatar|box|photo|social|follow)|related|comment",
)
_ELSEWHERE = re.compile(r"\b(?:comments?(?:-list|list)?|replies|related|most-?read|trending)\b")
_BOXES = (
    "span", "div", "p", "a", "address", "li", "h3", "h4", "h5", "strong", "small", "td",
    "em", "section",
)  # fmt: skip
_LONGEST_BOX, _LONGEST_GROUP = 120, 200  # characters
_MOST_MARKED, _MOST_INSIDE = 100, 200  # elements
_MARKED = etree.XPath("descendant-or-self::*[@rel or @itemprop or @property]")
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|zy|i)?|auteurs?|autore|writers?|contributors?|columnists?|"
    r"journalists?)/[^/?#]+/?(?:[?#]|$)"
)


def byline_of(
    root: Element,
    meta: dict[str, str],
    data: dict[str, Any],
    *,
    language: str,
    sites: frozenset[str],
) -> str:
    """Return the authors of a page as one text, ``""`` if it names none.

    A site (``sites`` are its names) is its author only if nobody else is named.
    """
    fallback = ""
    for name in _given(meta, data):
        if not _is_of(name, sites):
            return name
        fallback = fallback or name
    for name in _shown(root, language, known=bool(fallback)):
        if not _is_of(name, sites) and (not fallback or (" " in name and is_person(name))):
            return name
        fallback = fallback or name
    return fallback


def _is_of(name: str, sites: frozenset[str]) -> bool:
    plain = "".join(re.findall(r"\w+", name.lower()))
    return any(plain == site.replace(" ", "") for site in sites)


# ---- given as data


def _given(meta: dict[str, str], data: dict[str, Any]) -> Iterator[str]:
    yield from filter(None, (_people(data.get("author")), _people(data.get("creator"))))
    yield from (name for key in _AUTHORS if (name := given_name(meta.get(key, ""))))
    if " " in (name := given_name(meta.get("twitter:creator", ""))):  # else it is an account
        yield name
    for number in ("1", "2"):
        if _WRITTEN_BY.search(meta.get(f"twitter:label{number}", "")):
            yield from filter(None, [given_name(meta.get(f"twitter:data{number}", ""))])
    item = data["shown"]
    yield from filter(None, (_people(item.get("author")), _people(item.get("creator"))))
    others = (value for key, value in meta.items() if re.search(r"[:_.-]authors?$", key))
    yield from (name for value in others if (name := given_name(value)))


def _people(value: Any) -> str:
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    if isinstance(value, list):
        people = [_people(person) for person in value[:_MOST_PEOPLE]]
        return ", ".join(dict.fromkeys(name for name in people if name))
    if isinstance(value, dict):
        named = value.get("name") or ""
        return _people(named) if isinstance(named, list) else given_name(first_text(named))
    return given_name(first_text(value))


# ---- shown


def _shown(root: Element, language: str, *, known: bool) -> Iterator[str]:
    """Yield the names that a page shows, the surest first; less sure ones unless one is known."""
    yield from _declared(root, language)
    for element in root.iter(*_BOXES):
        named = names(element)
        if not matches(_BYLINE, named) or matches(_NOT_BYLINE, named):
            continue
        if 0 < len(text_of(element)) < _LONGEST_BOX and not _is_elsewhere(element):
            yield from _joined(scraped_names(element, language))
    for text in lines_near_title(root):
        yield from _joined(scraped_names(text, language, signed=True))
    if known:
        return
    links = (x for x in root.iter("a") if _PROFILE.search(x.get("href") or ""))
    yield from _grouped(links, language)


def _declared(root: Element, language: str) -> Iterator[str]:
    """Yield the names in elements that are authors by ``rel``, ``itemprop`` or RDFa."""
    yield from _grouped((x for x in _MARKED(root) if _is_author(x)), language)


def _is_author(element: Element) -> bool:
    said = (element.get("rel"), element.get("itemprop"), element.get("property"))
    return any(each and "author" in each.lower().split() for each in said)


def _grouped(marked: Iterator[Element], language: str) -> Iterator[str]:
    """Yield the names in marked elements, those that stand together as one text."""
    there = [each for each in islice(marked, _MOST_MARKED) if not _is_elsewhere(each)]
    done: set[Element] = set()
    for element in there:
        if element in done:
            continue
        group = _group(element)
        members = [x for x in there if x not in done and (x is group or group in x.iterancestors())]
        done.update(members)
        found = [name for member in members for name in _names_in(member, language)]
        yield from _joined(found)


def _group(element: Element) -> Element:
    """Return the largest box around an element that is a short line."""
    group = element
    for holder in element.iterancestors():
        if holder.tag in ("body", "html") or not _is_short(holder):
            break
        group = holder
    return group


def _is_short(element: Element) -> bool:
    """Return whether an element is a short line; a long one is not read to its end."""
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > _LONGEST_GROUP:
            return False
    return True


def _names_in(element: Element, language: str) -> list[str]:
    if element.tag == "meta":
        return [given_name(element.get("content") or "")]
    within = islice(element.iter(), _MOST_INSIDE)
    inner = [x for x in within if "name" in (x.get("itemprop") or "").lower().split()]
    said = [given_name(x.get("content") or text_of(x)) for x in inner[:_MOST_PEOPLE]]
    if any(said):
        return said
    return scraped_names(element, language) if _is_short(element) else []


def _joined(found: list[str]) -> Iterator[str]:
    """Yield names as one text, if there are any."""
    if people := dict.fromkeys(name for name in found[:_MOST_PEOPLE] if name):
        yield ", ".join(people)


def _is_elsewhere(element: Element) -> bool:
    """Return whether a byline belongs to a comment or to another article."""
    return any(matches(_ELSEWHERE, names(holder).lower()) for holder in element.iterancestors())

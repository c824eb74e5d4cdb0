"""Metadata of a page: JSON-LD, Open Graph, Dublin Core, microdata, then its visible text."""

import json
import re
from collections.abc import Iterator
from typing import Any

from reader.ingest.extract.dates import modified, published
from reader.ingest.extract.measure import Element, matches, names, text_of
from reader.ingest.extract.values import first, line, plain
from reader.ingest.metadata import Metadata
from reader.ingest.urls import site_of

_MOST_JSON = 2_000_000
_ARTICLES = re.compile(
    r"(?:^|/)(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Posting|Report|Recipe|"
    r"Review|HowTo|WebPage|CreativeWork|QAPage|MedicalWebPage|VideoObject)$"
)
_BEST = re.compile(r"(?:Article|Posting|Report)$")
_EDGES = re.compile(r"^[\s|»·•]+|\s+[|\-–—»·•:]+$")
_SEPARATORS = re.compile(r"\s+[|\-–—\\/>»·•:]+\s+|\s*[|»]\s*")
_DOTTED = ("dc", "sailthru", "weibo")
_SEVERAL = frozenset({"dc:creator", "dcterms:creator", "citation_author", "author"})
_AUTHORS = (
    "dc:creator", "dcterms:creator", "citation_author", "author", "article:author", "byl",
    "parsely-author", "sailthru:author", "twitter:data1_author", "og:article:author",
    "article:author_name", "twitter:creator",
)  # fmt: skip
_NO_NAMES = frozenset("admin administrator author none null editor staff by".split())
_BYLINE = re.compile(
    r"by-?line|author|dateline|writtenby|contributor",
)
_ELSEWHERE = re.compile(r"\b(?:comments?(?:-list|list)?|replies|related|most-?read|trending)\b")
_NOT_BYLINE = re.compile(
    r"authors?-?(?:bio|desc|about|image|avatar|box|photo|social|follow)|related|comment",
)
_BY = re.compile(
    r"^(?:\s*(?:written |posted |story |words |reporting |analysis |text )?"
    r"(?:by|von|par|por|di|door|av|af|autor:?|author:?|"
    r"автор:?|от|文/|记者|作者[:：]?)\s*[:：]?\s+)", re.IGNORECASE,
)  # fmt: skip
_MOST_TAGS, _LONGEST_TAG = 40, 80
_ADDRESS = re.compile(r"\s*[(<\[]\s*(?:https?://|mailto:)[^)>\]]*[)>\]]")
_AFTER_NAME = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|\n|,\s*(?:updated|published|posted|staff|special)|"
    r"\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|"
    r"\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\s*\d{1,2}\.?\s+[^\W\d_]{3,10}\.?,?\s+\d{4}|"
    r"\b(?:updated|published|posted|on)\b\s*:?\s*\w{3,9} \d|"
    r"\d{1,2}[:.]\d\d|\(@|@\w|\bfollow\b).*$", re.IGNORECASE | re.DOTALL,
)  # fmt: skip


def metadata_of(root: Element | None, address: str = "") -> Metadata:
    """Return the metadata of a parsed page; the tree is not changed."""
    if root is None:
        return Metadata()
    meta = _meta(root)
    data = _article_data(root)
    title = _title(root, meta, data, _name_of(address))
    return Metadata(
        title=title,
        byline=_byline(root, meta, data),
        site=_site(meta, data),
        published_at=published(root, meta, data, address),
        modified_at=modified(meta, data),
        language=_language(root, meta, data),
        direction=_direction(root),
        excerpt=_excerpt(meta, data),
        lead=first(meta, "og:image:secure_url", "og:image", "og:image:url", "twitter:image")
        or _image(data.get("image")),
        canonical=_canonical(root, meta),
        tags=_tags(root, meta),
    )


# ---- what is said where


def _meta(root: Element) -> dict[str, str]:
    """Return the values of ``meta`` elements: properties before names, several authors as one."""
    ways: dict[str, dict[str, str]] = {"property": {}, "name": {}, "itemprop": {}}
    for meta in root.iter("meta"):
        value = line(meta.get("content"))
        if not value:
            continue
        for way, values in ways.items():
            if not (names_said := meta.get(way)):
                continue
            for name in names_said.lower().replace("\\s", "").split():
                key = name.replace(".", ":") if name.startswith(_DOTTED) else name
                before = values.setdefault(key, value)
                if key in _SEVERAL and value not in before:
                    values[key] = f"{before}{'; ' if ',' in value else ', '}{value}"
    return {**ways["itemprop"], **ways["name"], **ways["property"]}


def _tags(root: Element, meta: dict[str, str]) -> tuple[str, ...]:
    """Return the tags of a page, or else its keywords."""
    named = (x for x in root.iter("meta") if (x.get("property") or "").lower() == "article:tag")
    tags = [line(element.get("content")) for element in named] or meta.get("keywords", "").split(
        ","
    )
    kept = (tag.strip().strip("#")[:_LONGEST_TAG] for tag in tags[:_MOST_TAGS])
    return tuple(dict.fromkeys(tag for tag in kept if tag))


def _article_data(root: Element) -> dict[str, Any]:
    """Return the JSON-LD of the article, with its references resolved."""
    nodes: list[dict[str, Any]] = []
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            nodes += _nodes(_json(element.text or ""), 0)
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if any(_ARTICLES.search(kind) for kind in _kinds(node))]
    articles.sort(key=lambda node: not any(_BEST.search(kind) for kind in _kinds(node)))
    data: dict[str, Any] = {}
    for node in articles:
        for key, value in node.items():
            data.setdefault(key, _meant(value, by_id))
    return data


def _json(text: str) -> Any:
    if len(text) > _MOST_JSON:
        return None
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = re.sub(r"^(?://)?\s*<!\[CDATA\[", "", text)
    if text.endswith("]]>"):
        text = text.removesuffix("]]>").rstrip().removesuffix("//")
    text = text.rstrip("; \n")
    for tried in (text, re.sub(r"[\x00-\x1f]+", " ", text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(tried)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> list[dict[str, Any]]:
    if depth > 6:
        return []
    if isinstance(value, list):
        return [node for item in value[:200] for node in _nodes(item, depth + 1)]
    if not isinstance(value, dict):
        return []
    inner = [
        _nodes(value.get(key), depth + 1)
        for key in ("@graph", "mainEntity", "hasPart", "mainEntityOfPage")
    ]
    return [value, *(node for group in inner for node in group)]


def _kinds(node: dict[str, Any]) -> Iterator[str]:
    kinds = node.get("@type", "")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        yield str(kind)


def _meant(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return by_id.get(str(value["@id"]), value)
    if isinstance(value, list):
        return [_meant(item, by_id) for item in value[:50]]
    return value


# ---- title


def _title(root: Element, meta: dict[str, str], data: dict[str, Any], host: str) -> str:
    page = next((line(text_of(element)) for element in root.iter("title")), "")
    headline = plain(data.get("headline")) or first(
        meta, "dc:title", "dcterms:title", "og:title", "twitter:title", "parsely-title", "title"
    )
    headings = [line(text_of(element)).rstrip(" ¶#") for element in root.iter("h1")]
    if chosen := _heading(headings, (headline, page), meta.get("og:site_name", "")):
        return chosen
    if headline:
        return _without_site(headline, meta, host)
    alone = [heading for heading in headings if len(heading) > 10]
    return _without_site(page, meta, host) or (alone[0] if alone else "")


def _heading(headings: list[str], titles: tuple[str, ...], site: str) -> str:
    """Return the heading that agrees with the first of some titles, preferring their beginnings."""
    able = [heading for heading in headings if len(heading) > 3 and _words(heading) != _words(site)]
    for title in titles:
        agree = [
            heading for heading in able if _agree(heading, title) and not _is_site(heading, title)
        ]
        if agree:
            leading = (heading for heading in agree if _words(title).startswith(_words(heading)))
            return next(leading, agree[0])
    return ""


def _is_site(heading: str, title: str) -> bool:
    """Return whether a heading is only the site name at the end of a title."""
    pieces = _SEPARATORS.split(_EDGES.sub("", title))
    return len(pieces[-1]) < len(pieces[0]) and _words(heading) == _words(pieces[-1])


def _agree(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a == b or (len(a) > 12 and (b.startswith(a) or a in b)):
        return True
    first, second = set(a.split()), set(b.split())
    return len(first) > 2 and len(first & second) >= 0.8 * len(first)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _name_of(address: str) -> str:
    """Return the significant part of a host: ``wikipedia`` of ``en.wikipedia.org``."""
    try:
        host = site_of(address)
    except ValueError:
        return ""
    return max(host.split(".")[:-1], key=len, default="")


def _without_site(title: str, meta: dict[str, str], host: str) -> str:
    """Return a title without the name of the site at its beginning or end."""
    title = _EDGES.sub("", title)
    pieces = _SEPARATORS.split(title)
    if len(pieces) < 2:
        return title
    site = _words(meta.get("og:site_name", ""))
    for index in (-1, 0):
        piece = _words(pieces[index])
        around = site in piece and len(piece) < 2 * len(site)
        named = site and piece and (piece in site or around)
        if named or (host and piece.replace(" ", "") == host):
            return _cut(title, pieces, index)
    last, first = pieces[-1].split(), pieces[0].split()
    if len(last) <= 4 and len(title.split()) - len(last) >= 4:
        return _cut(title, pieces, -1)
    if len(first) <= 3 and len(title.split()) - len(first) >= 4:
        return _cut(title, pieces, 0)
    return title


def _cut(title: str, pieces: list[str], index: int) -> str:
    if index == 0:
        kept = title[len(pieces[0]) :]
        match = _SEPARATORS.match(kept)
        return kept[match.end() :].strip() if match else kept.strip()
    kept = title[: len(title) - len(pieces[-1])]
    return re.sub(r"[\s|\-–—\\/>»·•:]+$", "", kept).strip()


# ---- byline


def _byline(root: Element, meta: dict[str, str], data: dict[str, Any]) -> str:
    names_said = _people(data.get("author")) or _people(data.get("creator"))
    if names_said:
        return names_said
    for key in _AUTHORS:
        value = _name(meta.get(key, ""))
        if value:
            return value
    for byline in _bylines(root):
        value = _name(" ".join(byline.itertext()))
        if value:
            return value
    return ""


def _bylines(root: Element) -> Iterator[Element]:
    for element in root.iter():
        attributes = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower()
        if (
            "author" in attributes
            and "author" in attributes.split()
            and isinstance(element.tag, str)
        ):
            inner = next((x for x in element.iter() if (x.get("itemprop") or "") == "name"), None)
            yield element if inner is None or inner.tag == "meta" else inner
    for element in root.iter(
        "span", "div", "p", "a", "address", "li", "h3", "h4", "h5", "strong", "small", "td"
    ):
        named = names(element)
        if not matches(_BYLINE, named) or matches(_NOT_BYLINE, named):
            continue
        if 0 < len(text_of(element)) < 120 and not _is_elsewhere(element):
            yield element


def _is_elsewhere(byline: Element) -> bool:
    """Return whether a byline belongs to a comment or to another article."""
    return any(matches(_ELSEWHERE, names(ancestor).lower()) for ancestor in byline.iterancestors())


def _people(value: Any) -> str:
    if isinstance(value, list):
        people = [_people(person) for person in value[:8]]
        return ", ".join(dict.fromkeys(name for name in people if name))
    if isinstance(value, dict):
        value = value.get("name") or ""
        return _people(value) if isinstance(value, list) else _name(plain(value))
    return _name(plain(value))


def _name(text: str) -> str:
    """Return a name without the words around it, ``""`` if it is not a name."""
    text = _ADDRESS.sub("", line(text))
    if not text or "://" in text or "@" in text.split(" ")[0]:
        return ""
    text = _BY.sub("", text)
    text = _AFTER_NAME.sub("", text).strip(" ,;:.|-–—•·")
    if not 2 < len(text) < 100 or text.lower() in _NO_NAMES:
        return ""
    return text if any(letter.isalpha() for letter in text) and len(text.split()) <= 14 else ""


# ---- the rest


def _site(meta: dict[str, str], data: dict[str, Any]) -> str:
    value = first(
        meta, "og:site_name", "application-name", "dc:publisher", "twitter:app:name:iphone"
    )
    if not value:
        publisher = data.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        value = plain(publisher.get("name")) if isinstance(publisher, dict) else ""
    return value


def _excerpt(meta: dict[str, str], data: dict[str, Any]) -> str:
    return plain(data.get("description")) or first(
        meta, "dc:description", "dcterms:description", "og:description", "description",
        "twitter:description",
    )  # fmt: skip


def _language(root: Element, meta: dict[str, str], data: dict[str, Any]) -> str:
    html = root if root.tag == "html" else root.find(".//html")
    value = (
        ""
        if html is None
        else (
            html.get("lang")
            or html.get("xml:lang")
            or html.get("{http://www.w3.org/XML/1998/namespace}lang")
            or ""
        )
    )
    value = (
        value
        or first(meta, "content-language", "og:locale", "dc:language")
        or plain(data.get("inLanguage"))
    )
    return "".join(
        x for x in value.strip().replace("_", "-") if x.isascii() and (x.isalnum() or x == "-")
    )[:35]


def _direction(root: Element) -> str:
    for element in (root, root.find("body")):
        if element is not None and (element.get("dir") or "").lower() in ("rtl", "ltr"):
            return (element.get("dir") or "").lower()
    return ""


def _canonical(root: Element, meta: dict[str, str]) -> str:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return (link.get("href") or "").strip()
    return meta.get("og:url", "")


def _image(value: Any) -> str:
    if isinstance(value, list):
        return _image(value[0]) if value else ""
    if isinstance(value, dict):
        return plain(value.get("url") or value.get("contentUrl"))
    return plain(value)

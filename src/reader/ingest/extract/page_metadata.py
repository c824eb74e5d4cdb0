"""Metadata of a page: JSON-LD, Open Graph, Dublin Core, microdata, then its visible text."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import bidirectional

from reader.body import clean
from reader.ingest.extract.byline import byline_of
from reader.ingest.extract.dates import modified, published
from reader.ingest.extract.linked_data import article_data, first_text
from reader.ingest.extract.measure import Element, text_of
from reader.ingest.extract.page import base_of
from reader.ingest.extract.title import sites_of, title_of
from reader.ingest.extract.values import first, line, plain
from reader.ingest.metadata import Metadata

_DOTTED = ("dc", "sailthru", "weibo")
_SEVERAL = frozenset({"dc:creator", "dcterms:creator", "citation_author", "author"})
_MOST_AUTHORS = 400  # characters
_KEYWORDS = ("keywords", "news_keywords", "parsely-tags", "sailthru:tags", "citation_keywords",
             "dc:subject", "dcterms:subject")  # fmt: skip
_MOST_SUBJECTS, _LONGEST_SUBJECT = 40, 80
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:[-_][a-zA-Z0-9]{1,8}){0,3}(?![a-zA-Z0-9])")
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ji ks nqo ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg syrc thaa".split())


def metadata_of(root: Element | None, address: str = "") -> Metadata:
    """Return the metadata of a parsed page; the tree is not changed."""
    if root is None:
        return Metadata()
    meta, base = _meta(root), base_of(root, address)
    data = article_data(root, address)
    language, title = _language(root, meta, data), title_of(root, meta, data, address)
    return Metadata(
        title=title,
        byline=byline_of(root, meta, data, language=language, sites=sites_of(meta, data, address)),
        site=_without_title(_site(meta, data), root),
        published_at=published(root, meta, data, address, language=_region(language, meta)),
        modified_at=modified(meta, data),
        language=language,
        direction=_direction(root, language, title),
        excerpt=_excerpt(meta, data),
        lead=_at(
            first(meta, "og:image:secure_url", "og:image", "og:image:url", "twitter:image")
            or _image(data.get("image")),
            base,
            address,
        ),
        canonical=_at(_canonical(root, meta), base, address),
        subjects=_subjects(root, meta, data),
    )


def _at(href: str, base: str, address: str) -> str:
    """Return a URL relative to the ``<base>`` of a page that has one."""
    return (clean.link(href, base) or href) if href and base != address else href


# ---- elements of the head


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
                if key in _SEVERAL and len(before) < _MOST_AUTHORS and value not in before:
                    values[key] = f"{before}{'; ' if ',' in value else ', '}{value}"
    return {**ways["itemprop"], **ways["name"], **ways["property"]}


def _subjects(root: Element, meta: dict[str, str], data: dict[str, Any]) -> tuple[str, ...]:
    """Return the keywords of a page: its tags, or else those for search engines."""
    named = (x for x in root.iter("meta") if (x.get("property") or "").lower() == "article:tag")
    found = [line(element.get("content")) for element in named] or [
        *_split(data.get("keywords")),
        *(each for key in _KEYWORDS for each in _split(meta.get(key))),
        *(text_of(x) for x in root.iter("a") if "tag" in (x.get("rel") or "").lower().split()),
        *_named_in(data.get("about")),
    ]
    kept = (each.strip().strip("#")[:_LONGEST_SUBJECT] for each in found)
    once: dict[str, str] = {}
    for each in filter(None, kept):
        once.setdefault(each.casefold(), each)
    return tuple(once.values())[:_MOST_SUBJECTS]


def _split(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:_MOST_SUBJECTS]:
            yield from _named_in(item)
    elif text := plain(value):
        yield from re.split(r"[;,，、]", text)


def _named_in(value: Any) -> Iterator[str]:
    """Yield the names of things, or texts."""
    if isinstance(value, list):
        for item in value[:_MOST_SUBJECTS]:
            yield from _named_in(item)
    elif isinstance(value, dict):
        yield first_text(value.get("name"))
    else:
        yield first_text(value)


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


def _without_title(site: str, root: Element) -> str:
    """Return the name of a site, the last part of it if it is that of the whole page."""
    whole = root.findtext(".//title") or ""
    return re.split(r"\s[|·–—-]\s", site)[-1] if site == " ".join(whole.split()) else site


def _excerpt(meta: dict[str, str], data: dict[str, Any]) -> str:
    return plain(data.get("description")) or first(
        meta, "dc:description", "dcterms:description", "og:description", "description",
        "twitter:description",
    )  # fmt: skip


def _language(root: Element, meta: dict[str, str], data: dict[str, Any]) -> str:
    """Return the first language that a page gives, as a BCP 47 tag."""
    html = root if root.tag == "html" else root.find(".//html")
    names = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
    said = [html.get(name) or "" for name in names] if html is not None else []
    said += [first(meta, "content-language", "og:locale", "dc:language")]
    said += [first_text(data.get("inLanguage"))]
    tags = (_LANGUAGE.match(value.strip()) for value in said)
    return next((tag[0].replace("_", "-") for tag in tags if tag), "")


def _region(language: str, meta: dict[str, str]) -> str:
    """Return a language with its region, which may be in ``og:locale``."""
    locale = meta.get("og:locale", "").replace("_", "-")
    return locale if "-" not in language and locale.startswith(f"{language}-") else language


def _direction(root: Element, language: str, title: str) -> str:
    """Return the direction of a page, by its language if it gives none."""
    for element in (root, root.find("body")):
        if element is not None and (element.get("dir") or "").lower() in ("rtl", "ltr"):
            return (element.get("dir") or "").lower()
    own, _, rest = language.lower().partition("-")
    script = next((part for part in rest.split("-") if len(part) == 4 and part.isalpha()), "")
    rtl = script in _RIGHT_TO_LEFT_SCRIPTS if script else own in _RIGHT_TO_LEFT
    letters = any(bidirectional(sign) in ("R", "AL") for sign in title)
    return "rtl" if rtl and (letters or not title) else ""


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

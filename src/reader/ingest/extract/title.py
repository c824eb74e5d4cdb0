"""The title of a page: given as data, its heading, or its ``<title>`` without the site."""

import re
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from reader.ingest.extract.linked_data import first_text
from reader.ingest.extract.measure import Element, count_words
from reader.ingest.extract.values import first, line
from reader.ingest.urls import site_of

_SEPARATORS = re.compile(r"\s+[|\-–—\\/>»·•:]+\s+|\s*[|»]\s*")
_SIGNS = re.compile(r"[|\-–—\\/>»·•:_\s]+")
_EDGES = re.compile(r"^[\s|»·•]+|\s+[|\-–—»·•:]+$")
_BARS = ("|", "»", "::")
_UNSPACED = re.compile(r"[_\-–—|]")
_HOME = re.compile(r"\.?/|https?://[^/?#]+/?")
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")
_LONG = 12
_SAME, _FEWEST = 0.5, 3
_LONGEST_HEADLINE = 100  # some programs cut at 110, the most that search engines show
_ANCHORS = " ¶#§"
_LABELS = ("span", "a")
_BREAKS = ("br", "div", "p")
_NO_TEXT = ("svg", "button", "time")
_MOST, _MOST_HEADINGS = 2_000, 100


def title_of(root: Element, meta: dict[str, str], data: dict[str, Any], address: str) -> str:
    """Return the title of an article, ``""`` if there is none."""
    page = next((line(_text(element)) for element in root.iter("title")), "")
    known, sites = _named(meta, data), sites_of(meta, data, address)
    given = _given(meta, data)
    given = "" if _words(given) in known else given
    able = [each for each in _headings(root) if len(each) > 1 and _words(each) not in sites]
    if chosen := _agreeing(able, given, sites, address) if given else "":
        return _as_spelled(chosen, given)
    agreeing = _agreeing(able, page, sites, address) if not given or len(able) == 1 else ""
    if agreeing and (not given or _words(page).startswith(_words(agreeing))):
        return _as_spelled(agreeing, page)
    if len(able) == 1 and _stands_alone(able[0], (given, page), address):
        return able[0]
    found = _without_site(given or page, sites, _path_words(address), guess=not known)
    return found or next((x for x in able if len(x) > _LONG), "") or _given(meta, data)


def _given(meta: dict[str, str], data: dict[str, Any]) -> str:
    """Return the title that a page gives as data, the whole one if it is also there cut short."""
    shown = first(
        meta, "dc:title", "dcterms:title", "og:title", "twitter:title", "parsely-title",
        "sailthru:title", "citation_title", "title",
    )  # fmt: skip
    item = data["shown"]
    shown = shown or first_text(item.get("headline") or item.get("name"))
    headline = first_text(data.get("headline"))
    start = _words(_CUT_SHORT.sub("", headline))
    cut = bool(_CUT_SHORT.search(headline)) or len(headline) > _LONGEST_HEADLINE
    return shown if not headline or (cut and _words(shown).startswith(start)) else headline


# ---- headings


def _headings(root: Element) -> list[str]:
    headings = islice(root.iter("h1"), _MOST_HEADINGS)
    return [line(_text(each)).strip(_ANCHORS) for each in headings if not _is_logo(each)]


def _text(heading: Element) -> str:
    """Return the beginning of a heading, without the labels that forums put before it."""
    parts: list[str] = []
    size, label = 0, None
    walk = etree.iterwalk(heading, events=("start", "end"))
    for event, element in islice(walk, _MOST):
        if event == "start" and label is None and (element.tag in _NO_TEXT or _is_label(element)):
            label = element
        text = element.text if event == "start" else element.tail
        if event == "end" and element is label:
            label = None
        if label is None and (element is not heading or event == "start"):
            parts.append((" " if element.tag in _BREAKS else "") + (text or ""))
            size += len(parts[-1])
        if size > _MOST:
            break
    return "".join(parts)


def _is_label(element: Element) -> bool:
    """Return whether an element is a prefix of a thread, as XenForo marks it."""
    classes = (element.get("class") or "").split()
    return element.tag in _LABELS and not {"label", "labelLink", "label-append"}.isdisjoint(classes)


def _is_logo(heading: Element) -> bool:
    """Return whether a heading is a link to the home page."""
    links = list(islice(heading.iter("a"), 2))
    return len(links) == 1 and _HOME.fullmatch((links[0].get("href") or "").strip()) is not None


def _agreeing(able: list[str], title: str, sites: frozenset[str], address: str) -> str:
    """Return the heading that agrees with a title, preferring its beginning."""
    agree = [
        each for each in able if _agree(each, title) and not _is_site(each, title, sites, address)
    ]
    leading = (each for each in agree if _words(title).startswith(_words(each)))
    return next(leading, agree[0] if agree else "")


def _agree(heading: str, title: str) -> bool:
    a, b = _words(heading), _words(_CUT_SHORT.sub("", title))
    if not a or not b:
        return False
    if a.replace(" ", "") == b.replace(" ", "") or a == _words(
        _SEPARATORS.split(_EDGES.sub("", title))[0]
    ):
        return True
    if (len(a) > _LONG and a in b) or (len(b) > _LONG and a.startswith(b)):
        return True
    some, others = set(a.split()), set(b.split())
    return len(some) > 2 and len(some & others) >= 0.8 * len(some)


def _is_site(heading: str, title: str, sites: frozenset[str], address: str) -> bool:
    """Return whether a heading is only the name of the site or the book at the end of a title."""
    pieces = _SEPARATORS.split(_EDGES.sub("", title))
    if len(pieces) < 2 or _words(heading) != _words(pieces[-1]) or _words(pieces[0]) in sites:
        return False
    if len(pieces[-1]) < len(pieces[0]):
        return True
    return _path_words(address).issuperset(_words(pieces[0]).split())


def _stands_alone(heading: str, titles: tuple[str, str], address: str) -> bool:
    """Return whether the only heading of a page is its title in other words.

    Half of the words are the same, in the title or, if no title is given as data, in the address.
    """
    words = _words(heading)
    if " " not in words or any(words in _words(title) for title in titles):
        return False
    some, path = set(words.split()), _path_words(address)
    others = set(_words(next(filter(None, titles), "")).split())
    in_path = (
        not titles[0]
        and len(some & path) >= _FEWEST
        and len(some & path) >= _SAME * min(len(some), len(path))
    )
    return in_path or len(some & others) >= _SAME * len(some)


def _as_spelled(heading: str, title: str) -> str:
    """Return a heading as its title spells it, not in capitals, nor with a date before it."""
    a, b = _words(heading), _words(title)
    if a == b:
        return title if heading.isupper() else heading
    more = len(b) > _LONG and b in a and not a.startswith(b)
    return title if more or a.replace(" ", "") == b.replace(" ", "") else heading


def _path_words(address: str) -> set[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return set()
    return set(re.findall(r"[^\W_]+", unquote(path).lower()))


# ---- the name of the site


def sites_of(meta: dict[str, str], data: dict[str, Any], address: str) -> frozenset[str]:
    """Return the names of the site in lower-case words: those it gives, and its host."""
    return _named(meta, data) | {_host(address)} - {""}


def _named(meta: dict[str, str], data: dict[str, Any]) -> frozenset[str]:
    publisher = data.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    published = publisher.get("name") if isinstance(publisher, dict) else publisher
    said = (meta.get("og:site_name", ""), meta.get("application-name", ""), first_text(published))
    return frozenset(words for name in said if (words := _words(name)))


def _host(address: str) -> str:
    """Return the significant part of a host: ``wikipedia`` of ``en.wikipedia.org``."""
    try:
        host = site_of(address)
    except ValueError:
        return ""
    return max(host.split(".")[:-1], key=len, default="")


def _without_site(title: str, sites: frozenset[str], path: set[str], *, guess: bool) -> str:
    """Return a title without the name of the site at its beginning or end.

    A short piece at the end goes too if a bar stands before it, or any sign if ``guess``. Then one
    at the beginning may go, unless the ``path`` of the address has its words.
    """
    title = _EDGES.sub("", title)
    pieces = _SEPARATORS.split(title)
    if len(pieces) < 2:
        return _without_unspaced(title, sites)
    for index in (-1, 0):
        if _names_site(pieces[index], sites):
            return _without_site(_cut(title, pieces, index), sites, path, guess=False)
    sizes = [count_words(piece) for piece in pieces]
    whole, last, begin = sum(sizes), sizes[-1], sizes[0]
    bar = title[: len(title) - len(pieces[-1])].rstrip().endswith(_BARS)
    in_path = path.issuperset(_words(pieces[0]).split())
    short = last <= 4 and whole - last >= 3
    if (short and (guess or bar)) or (guess and in_path):
        return _cut(title, pieces, -1)
    if guess and begin <= 3 and whole - begin >= 3:
        return _cut(title, pieces, 0)
    return title


def _without_unspaced(title: str, sites: frozenset[str]) -> str:
    """Return a title without the site behind a sign without spaces, as in Chinese."""
    signs = list(_UNSPACED.finditer(title))
    if signs and not title.isascii() and _words(title[signs[-1].end() :]) in sites:
        return title[: signs[-1].start()].strip()
    return title


def _names_site(piece: str, sites: frozenset[str]) -> bool:
    words = _words(piece)
    joined = words.replace(" ", "")
    return bool(words) and any(
        words in site or joined == site or (site in words and len(words) < 2 * len(site))
        for site in sites
    )


def _cut(title: str, pieces: list[str], index: int) -> str:
    if index == 0:
        return _SIGNS.sub("", title[len(pieces[0]) :], count=1).strip()
    kept = title[: len(title) - len(pieces[-1])]
    return kept.rstrip("|-–—\\/>»·•: \t")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))

"""Find the next part of an article that is split into several pages.

A wrong part is worse than none: lists of articles, the next article, comments and threads look much
the same. So the URL must differ from that of this page only by the number of the part, which must
be one greater, and the page must label the link accordingly and look like an article.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote_plus, urljoin, urlsplit

from reader.errors import IngestError
from reader.ingest.extract.measure import Element, names, text_of
from reader.ingest.extract.page import base_of
from reader.ingest.extract.threads.pages import Link, next_of_thread
from reader.ingest.extract.threads.thread import thread_of
from reader.ingest.urls import canonical_url, requested_url

_MOST_PARTS = 60
_PARENTS = 5
_MANY_TITLES = 6
_LONGEST_LABEL = 40

# ---- how addresses number their parts

_PAGE = r"(?:page|pagenum|seite|pagina|strona|sida|side|sivu|p)"
_PARAMETER = re.compile(
    _PAGE + r"|s|pg|pn|part|teil|paged|pagewanted|page[_-]?(?:no|num|nr|number)|"
    r"(?:current|article)[_-]?page",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<stem>.*)[/_-]{_PAGE}[/_-]?(?P<number>\d{{1,2}})(?P<end>/?|\.\w{{3,5}})")
_BELOW = re.compile(r"(?P<stem>.*[^/])/(?P<number>\d{1,2})(?P<end>/?|\.\w{3,5})")
_BEHIND = re.compile(r"(?P<stem>.*[^/])[-_,](?P<number>\d{1,2})(?P<end>\.(?:x?html?|php|aspx?))")
_ENDING = re.compile(r"(?:/|\.(?:x?html?|shtml|php|aspx?|jsp))$")

# ---- what pages call them

_BOX = re.compile(
    r"(?:^|[\s_-])(?:pag(?:er|es|ing|inat\w*|ination\w*|inacion|ing-?nav\w*)|page-?(?:links?|nav\w*|"
    r"numbers?|list|ination)|wp-pagenavi|post-nav-links|multi-?page|seiten\w*)(?:$|[\s_-])"
)
_NO_BOX = re.compile(
    r"comment|kommentar|disqus|respon[ds]|review|related|archive|posts-nav|post-navigation|thread"
)
_LABEL = re.compile(
    r"(?:go to )?(?:next(?: page)?|page (?:suivante)|suivante?|weiter|nächste seite|vor|"
    r"siguiente|página siguiente|siguiente página|avanti|successiv[ao]|pagina successiva|próxima|"
    r"próxima página|seguinte|página seguinte|volgende(?: pagina)?|nästa(?: sida)?|næste(?: side)?|"
    r"neste(?: side)?|seuraava(?: sivu)?|następna(?: strona)?|dalej|další(?: strana)?|"
    r"következő(?: oldal)?|sonraki(?: sayfa)?|следующая(?: страница)?|дал(?:ее|ьше)|далі|"
    r"наступна(?: сторінка)?|επόμενη(?: σελίδα)?|下一[页頁]|次へ|次の?ページ|다음(?: 페이지)?|"
    r"التالي|الصفحة التالية|הבא|continue(?: reading)?(?: on page \d+)?|read page \d+)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?:go to )?(?:page|part|seite|teil|página|pagina|strona|стр\.?)\s)?(\d{1,2})"
)
_ARROWS = " \t\n\xa0«»‹›<>→⇒▶►>|:…."

# ---- what is a list of articles, not one

_LISTS = frozenset(
    "author autor category categoria categorie kategorie comments forum forums kommentare profile "
    "questions rubrik schlagwort search suche tag tagged tags thread threads user users "
    "viewtopic".split()
)
_SHELVES = frozenset(
    "archive archives blog blogs home index latest news newest topic topics page articles".split()
)
"""Words that mean lists only at the end of a URL: articles are below them."""

_LIST_BODY = frozenset("archive category tag blog home search author paged-list".split())
_IS_ARTICLE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|Report|Review)"')
_IS_LIST = re.compile(r'"@type"\s*:\s*\[?\s*"(?:CollectionPage|SearchResultsPage|Blog)"')
_TITLES = "h1 h2 h3 h4".split()


class _Part(NamedTuple):
    """A URL taken apart: the common part, the number of the part, and its notation."""

    stem: str
    number: int
    way: str


def next_page(root: Element, address: str, html: str = "") -> str:
    """Return the URL of the next part of the article on a page, ``""`` if there is none.

    The tree must come from ``page.parse``, unchanged; ``html`` is the source of the page.
    """
    here, address = base_of(root, address), _followed(address, "") or address
    if html and thread_of(root, html) is not None:
        return _next_of_thread(root, here, address)
    if not _may_go_on(root, address):
        return ""
    candidates: dict[str, int] = {}
    written: dict[str, str] = {}
    for link, href in _links(root):
        meant = _followed(here, href)
        way = _follows(address, meant) if meant else ""
        if way and (sure := _called_next(link, meant, way)):
            candidates[meant] = max(sure, candidates.get(meant, 0))
            written.setdefault(meant, requested_url(urljoin(here, href)))
    best = [each for each, sure in candidates.items() if sure == max(candidates.values())]
    if len(best) != 1 or not _is_counted_from_here(root, here, address, best[0]):
        return ""
    return written[best[0]]


def _next_of_thread(root: Element, here: str, address: str) -> str:
    canonical = [
        link.get("href") or ""
        for link in root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    written: dict[str, str] = {}
    links = []
    for link in root.iter("a", "link"):
        href, roles = link.get("href") or "", (link.get("rel") or "").lower().split()
        if (link.tag == "a" or "next" in roles) and (meant := _followed(here, href)):
            paging = "next" in roles or (link.tag == "a" and _is_in(link, _BOX, near=True))
            links.append(Link(meant, paging))
            written.setdefault(meant, requested_url(urljoin(here, href)))
    following = next_of_thread(links, (address, *(_followed(here, x) for x in canonical[:1])))
    return written.get(following, "")


def _links(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter("a", "link"):
        href = (element.get("href") or "").strip()
        if href and "#" not in href:
            yield element, href


def _followed(here: str, href: str) -> str:
    try:
        return canonical_url(urljoin(here, href))
    except (IngestError, ValueError):
        return ""


# ---- addresses


def _follows(address: str, other: str) -> str:
    """Return the notation by which a URL is the next part of another, ``""`` if it is not."""
    if urlsplit(address).netloc != urlsplit(other).netloc:
        return ""
    for one in _read(other):
        if one.number == 2 and one.stem == _stem(address):
            return one.way
        for at in _read(address):
            if (at.stem, at.way) == (one.stem, one.way) and one.number == at.number + 1:
                return one.way
    return ""


def _read(address: str) -> Iterator[_Part]:
    """Yield every interpretation of a URL as that of a part."""
    parts = urlsplit(address)
    pairs = parts.query.split("&")
    for pair in pairs:
        name, _, value = map(unquote_plus, pair.partition("="))
        number = _numbered(value) if _PARAMETER.fullmatch(name) else ""
        if number:
            rest = "&".join(other for other in pairs if other != pair)
            yield _part(parts._replace(query=rest).geturl(), number, "parameter")
    named = _NAMED.fullmatch(parts.path)
    for way, match in (
        ("named", named),
        ("below", _BELOW.fullmatch(parts.path) if named is None else None),
        ("behind", _BEHIND.fullmatch(parts.path) if named is None else None),
    ):
        if match is not None:
            yield _part(parts._replace(path=match["stem"]).geturl(), match["number"], way)


def _numbered(value: str) -> str:
    """Return the part number in a parameter, ``""`` if there is none.

    In Drupal a list has a number for each of several pagers, counted from 0.
    """
    if re.fullmatch(r"(?:\d{1,2},)+\d{1,2}", value):
        return str(int(value.rpartition(",")[2]) + 1)
    return value if re.fullmatch(r"\d{1,2}", value) else ""


def _part(stem: str, number: str, way: str) -> _Part:
    small = int(number) if int(number) <= _MOST_PARTS else -1
    return _Part(_stem(stem), small, way)


def _stem(address: str) -> str:
    """Return the common part of the URLs of all parts."""
    parts = urlsplit(address)
    path = _ENDING.sub("", _ENDING.sub("", parts.path))
    query = "&".join(sorted(parts.query.split("&")))
    return f"{parts.hostname}{path}?{query}"


# ---- what the page says


def _called_next(link: Element, meant: str, way: str) -> int:
    """Return how clearly a page labels a link as its next part: 2 by role, 1 by text, or 0."""
    role = "next" in (link.get("rel") or "").lower().split()
    if _is_in(link, _NO_BOX):
        return 0
    boxed = link.tag == "a" and _is_in(link, _BOX, near=True)
    if role and (boxed or way != "behind"):
        return 2
    return 1 if boxed and (role or _is_label(link, meant)) else 0


def _is_in(link: Element, pattern: re.Pattern[str], *, near: bool = False) -> bool:
    """Return whether a box around a link has such a name; ``near`` skips much larger boxes."""
    for depth, at in enumerate((link, *link.iterancestors())):
        large = at.tag in ("main", "article") or depth > _PARENTS
        if at.tag in ("body", "html") or (near and large):
            return False
        if pattern.search(f"{names(at)} {at.get('aria-label') or ''}".lower()):
            return True
    return False


def _is_label(link: Element, meant: str) -> bool:
    """Return whether the text of a link means a next page, or is its number."""
    for caption in (text_of(link), link.get("aria-label") or "", link.get("title") or ""):
        label = " ".join(caption.split()).strip(_ARROWS)
        if not label or len(label) > _LONGEST_LABEL:
            continue
        number = _NUMBER.fullmatch(label.lower())
        if number is not None:
            return any(part.number == int(number[1]) for part in _read(meant))
        if _LABEL.fullmatch(label):
            return True
    return False


def _is_counted_from_here(root: Element, here: str, address: str, next_address: str) -> bool:
    """Return whether numbers at the end of URLs count parts, and are not names of articles.

    A story may be called ``phone-15`` and the next one ``phone-16``: if this page has a number
    itself, there must be a link to the first part, which has none.
    """
    before = [part._replace(number=part.number - 1) for part in _read(next_address)]
    at = next((part for part in _read(address) if part in before), None)
    if at is None or at.way in ("parameter", "named"):
        return True
    backs = [_followed(here, href) for link, href in _links(root) if link.tag == "a"]
    first = at._replace(number=1)
    return any(at.stem == _stem(back) or first in _read(back) for back in backs if back)


def _may_go_on(root: Element, address: str) -> bool:
    """Return whether a page is an article that can have parts, not a list of articles."""
    path = urlsplit(address).path.lower()
    named = _NAMED.fullmatch(path)
    steps = [_ENDING.sub("", part) for part in (named["stem"] if named else path).split("/")]
    words = [step for step in steps if step and not step.isdigit()]
    if not words or words[-1] in _LISTS | _SHELVES or _LISTS.intersection(words):
        return False
    if _LIST_BODY.intersection(str(root.xpath("string(//body/@class)")).lower().split()):
        return False
    data = " ".join(
        str(element.text or "") for element in root.iter("script") if "json" in _type(element)
    )
    if _IS_LIST.search(data) and not _IS_ARTICLE.search(data):
        return False
    is_article = bool(
        _IS_ARTICLE.search(data)
        or root.xpath("boolean(//*[@itemprop='articleBody'])")
        or root.xpath("boolean(//meta[@property='og:type' and @content='article'])")
    )
    return is_article or _linked_titles(root) < _MANY_TITLES


def _type(script: Element) -> str:
    return (script.get("type") or "").lower()


def _linked_titles(root: Element) -> int:
    return sum(
        element.find(".//a") is not None or next(element.iterancestors("a"), None) is not None
        for element in root.iter(*_TITLES)
    )

"""Choose the URL of a picture among all that a page states for it.

Pages state a preview, an original and copies of many widths, in attributes of scripts that load
pictures late, in sets of sources (HTML, 4.8.4) and in links around thumbnails. The widths are in
the descriptors of the sets or in the URLs.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.ingest.extract.measure import Element

LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-hi-res-src",
    "data-full-src", "data-image-src", "data-img-src", "data-url", "data-actualsrc", "data-echo",
    "data-original-src", "data-delayed-url", "data-raw-src", "data-orig-file", "data-fallback-src",
    "data-src-medium", "data-src-large", "data-pin-media", "data-large-file", "data-medium-file",
)  # fmt: skip
SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset", "srcset")
_OFFERING = frozenset((*LAZY, *SETS))
_NAMED = re.compile(r"src|srv|orig|lazy|img|image|url|file|pic|photo")
_NOT_SOURCES = frozenset({"src", "alt", "title", "class", "id", "style", "srcset", *SETS})
_KIND = re.compile(
    r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:$|[?#\s,&!])|[?&]\w*(?:fmt|format)=(?:jpe?g|png|webp)\b",
    re.IGNORECASE,
)
_BLANK_STARTS = ("#", "about:", "javascript:")
_BLANK_NAMES = (
    "blank.", "spacer.", "placeholder", "pixel.", "1x1", "transparent.", "loading.", "lazy-",
    "lazy_", "lazy.", "/grey.",
)  # fmt: skip
_PREVIEW = re.compile(r"lqip|[/?&,_=-]blur(?:red)?(?=[/:?&,_.=-]|$)", re.IGNORECASE)
_TINY_DATA = 2_000
_SHORT_DATA = 8_000  # characters; a preview drawn as a picture of its own
_PREVIEW_WIDTH = 100
_TEMPLATE = re.compile(r"(?:\{|%7B)(?:width|w|size)(?:\}|%7D)", re.IGNORECASE)
_UNFILLED = re.compile(r"(?:\{|%7B)\w+(?:\}|%7D)|\{\{|\$\{|^[\[{#]", re.IGNORECASE)
_USUAL_WIDTH = 1080
_STATED = (
    re.compile(
        r"[?&;](?:w|wid|width|max-?w(?:idth)?|imwidth|im_?w|sw|rw|resize|fit)=(\d{2,4})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"[/,_?&=-](?:w[_-]?|width[=_-]|s)(\d{2,4})(?=[/,&?-]|$)", re.IGNORECASE),
    re.compile(r"[/,_-](\d{3,4})w(?=[/,._?-])"),
    re.compile(r"[-_/](\d{2,4})x\d{0,4}(?=[-._@!/?]|$)", re.IGNORECASE),
    re.compile(r"/(\d{3}|1[0-8]\d\d)(?:px-[^/]+$|(?=/|\?|$))"),  # not the year of a folder
)
_SIZE_IN_NAME = re.compile(r"[-_]\d{2,4}x\d{0,4}(?=\.\w+$)")
_WIDTH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*[wx]?$")
_PARTS = re.compile(r",\s+|,(?=https?:|//|/)")
_LONGEST = 8_000
_WIDEST = 2000.0
_ENOUGH = 1200  # pixels; what is as wide is sharp in a column of text
_THUMBNAIL = 600


class Source(NamedTuple):
    """A URL of a picture, its stated width in pixels or 0, and its dots for each pixel if given."""

    address: str
    width: float = 0.0
    density: str = ""


def is_blank(address: str) -> bool:
    """Return whether a URL only keeps the place of a picture."""
    if address.startswith("data:"):
        return len(address) <= _TINY_DATA
    address = address.strip().lower()
    if not address or address.startswith(_BLANK_STARTS):
        return True
    return any(name in address for name in _BLANK_NAMES)


def settle(image: Element, others: Iterable[str] = (), link: str = "") -> None:
    """Give a picture its best URL.

    ``others`` are further sets of sources for it, ``link`` is the target of a link around it.
    """
    source = (image.get("src") or "").strip()
    names = image.keys()
    more = others or link or not _OFFERING.isdisjoint(names)
    if not (more or is_blank(source) or _UNFILLED.search(source[:_LONGEST])):
        return
    late = [
        Source(each)
        for name in LAZY
        if name in names and (each := _address(image, image.get(name)))
    ]
    sets = [*(image.get(name) or "" for name in SETS if name in names), *others]
    listed = [each for one in sets for each in sources(one)]
    first = _first(image, source, late, sets)
    widths = {each.address: each.width for each in listed if not each.density}
    width = widths.get(first.address) or stated_width(first.address)
    if 0 < width < _ENOUGH:
        offers = [each._replace(width=stated_width(each.address)) for each in late]
        offers += [each for each in listed if each.address in widths]
        offers += [_original(link, first.address, width)]
        first = _widest(first._replace(width=width), offers)
    if first.address:
        image.set("src", first.address)
    if first.density:
        image.set("data-density", first.density)


def _first(image: Element, source: str, late: list[Source], sets: list[str]) -> Source:
    """Return the URL that counts unless a wider one is stated."""
    written = source.startswith("data:")
    if source and not is_blank(source) and (written or not _UNFILLED.search(source)):
        better = late or any(sets)
        if not (better and is_preview(source)):
            return Source(source)
    if late:
        return late[0]
    best = next((found for each in sets if (found := best_of(each)).address), None)
    return best or Source(_elsewhere(image) or _filled(image, source))


def is_preview(source: str) -> bool:
    """Return whether a URL is that of a picture which only announces a better one."""
    if source.startswith("data:"):
        return len(source) < _SHORT_DATA
    width = stated_width(source)
    return 0 < width <= _PREVIEW_WIDTH or _PREVIEW.search(source) is not None


def _elsewhere(image: Element) -> str:
    """Return the URL of a picture in any other attribute, ``""`` if there is none."""
    others = [(name, each) for name, each in image.items() if name not in _NOT_SOURCES]
    for _, each in others:
        if _KIND.search(each) and (address := _address(image, each)):
            return address
    named = (x for name, x in others if name.startswith("data-") and _NAMED.search(name))
    return next((x.strip() for x in named if "://" in x and _address(image, x)), "")


def _address(image: Element, value: str | None) -> str:
    """Return the value of an attribute if it is the URL of a picture, else ``""``."""
    value = _filled(image, (value or "").strip())
    if not value or is_blank(value) or _UNFILLED.search(value) or " " in value:
        return ""
    return value if "/" in value or _KIND.search(value) else ""


def _filled(image: Element, address: str) -> str:
    """Return a URL with the width that a script would fill in."""
    if address.startswith("data:") or ("{" not in address and "%7" not in address):
        return address
    widths = [int(each) for each in re.findall(r"\d{2,5}", image.get("data-widths") or "")]
    fitting = [each for each in widths if each <= _WIDEST] or [_USUAL_WIDTH]
    return _TEMPLATE.sub(str(max(fitting)), address)


def stated_width(address: str) -> float:
    """Return the width that a URL states, 0 if it states none."""
    if address.startswith("data:"):
        return 0.0
    matches = (pattern.search(address) for pattern in _STATED)
    return next((float(match[1]) for match in matches if match), 0.0)


def _original(link: str, address: str, width: float) -> Source:
    """Return the picture behind a link around a thumbnail, an empty source if there is none."""
    if width >= _THUMBNAIL:
        return Source("")
    last = link.partition("?")[0].rpartition("/")[2]
    if not _KIND.search(link) or ":" in last:  # "File:…" is a page about the picture
        return Source("")
    if wide := stated_width(link):
        return Source(link, wide)
    own = _SIZE_IN_NAME.sub("", address.partition("?")[0].rpartition("/")[2])
    return Source(link, _WIDEST) if own == last else Source("")


def _widest(first: Source, offers: Iterable[Source]) -> Source:
    for each in offers:
        if each.address and first.width < each.width <= _WIDEST:
            first = each
    return first


def sources(srcset: str) -> Iterator[Source]:
    """Yield the sources of a set; one for dense screens counts as 500 pixels for each dot."""
    for part in _PARTS.split(srcset.strip()):
        address, _, descriptor = part.strip().partition(" ")
        descriptor = descriptor.strip()
        width = _WIDTH.search(descriptor)
        wide, dense = float(width[1]) if width else 1.0, descriptor.endswith("x")
        if address and not address.startswith("data:"):
            density = width[1] if width and dense else ""
            yield Source(address.rstrip(","), wide * 500 if dense else wide, density)


def best_of(srcset: str) -> Source:
    """Return the largest sensible source of a set, an empty one if it has none."""
    offered = list(sources(srcset))
    sensible = [each for each in offered if each.width <= _WIDEST] or offered[:1]
    return max(sensible, key=lambda each: each.width, default=Source(""))


def take_best(image: Element, srcset: str) -> bool:
    """Give a picture the largest sensible URL of a set; return whether there is one."""
    best = best_of(srcset)
    if best.address:
        image.set("src", best.address)
    if best.density:
        image.set("data-density", best.density)
    return bool(best.address)

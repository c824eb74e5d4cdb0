"""Repair the pictures of a page, so that each has its real URL, however it is loaded."""

import re
from collections.abc import Mapping
from itertools import islice, pairwise

from lxml import etree

from reader.ingest.extract.measure import Element, matches, names, remove, text_of
from reader.ingest.extract.picture_sources import is_blank, is_preview, settle, take_best

_TAGS = ("img", "amp-img", "img-lazy", "amp-anim", "image")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "src", "data-src")
_MOST_SOURCES = 40  # of one picture
_NEAR = 4  # the levels between a picture and its ``picture`` or link

_HERO = re.compile(
    r"hero|lead|featured|cover|main-?image|article-?image|post-?image", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"(?:^|;)\s*background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE
)
_BEHIND = frozenset({"style", "data-bg", "data-background-image"})
_DARK = re.compile(
    r"(?:^|[\s_-])(?:dark-(?:mode-)?only|only-dark|(?:hide|hidden)-(?:on|in)-light|show-(?:on|in)-dark"
    r"|themed(?:image|component)--dark\w*|dark:(?:block|inline(?:-block)?|flex))(?:$|[\s_-])"
)
"""Classes of a picture that is shown on dark grounds only."""
_WRAPPERS = frozenset({"div", "span", "a", "figure", "picture", "p", "button"})
_STEPS = 8  # elements between a picture and its double
_SMALL = 3
_TELLING = 10  # characters of a name that only one picture has


def repair(root: Element) -> None:
    """Give every picture the URL that it gets from scripts."""
    sets = {element: _sets_of(element) for element in root.iter("picture")}
    for image in list(root.iter(*_TAGS)):
        if image.tag != "image" or image.get("src"):
            image.tag = "img"
            _settle(image, sets)
    for element, own in sets.items():
        _flat_picture(element, own)
    for element in list(root.iter("noscript")):
        _take_out(element)
        remove(element)
    for element in root.iter("div", "figure", "section", "a", "span"):
        if not _BEHIND.isdisjoint(element.keys()) and (behind := _behind(element)):
            _background(element, behind)
    for element in root.iter("figure"):
        _without_twins(element)
    for element in list(root.iter("img")):
        if _is_tiny(element):
            remove(element)
    _drop_doubles(root)


def _drop_doubles(root: Element) -> None:
    """Remove pictures that repeat the one beside them, or are its variant for dark grounds."""
    for one, other in pairwise(list(root.iter("img"))):
        if one.getparent() is None:
            continue
        same = bool(one.get("src")) and one.get("src") == other.get("src")
        dark = next(
            (each for each in (one, other) if matches(_DARK, each.get("class") or "")), None
        )
        if (same or dark is not None) and _touches(one, other):
            remove(dark if dark is not None else other if one.get("alt") else one)


def _touches(one: Element, other: Element) -> bool:
    """Return whether there are only a few boxes and no text between two pictures."""
    here, between = one, ""
    for _ in range(_STEPS):
        between += here.text or ""
        if len(here):
            here = here[0]
        else:
            between += here.tail or ""
            while (following := here.getnext()) is None:
                parent = here.getparent()
                if parent is None:
                    return False
                here = parent
                between += here.tail or ""
            here = following
        if here is other:
            return not between.strip()
        if here.tag not in _WRAPPERS:
            return False
    return False


def _settle(image: Element, known: Mapping[Element, list[str]]) -> None:
    """Give a picture its best URL, with the sources and the link around it."""
    sets: list[str] = []
    link = ""
    for holder in islice(image.iterancestors(), _NEAR):
        if holder.tag == "picture":
            sets = known.get(holder, [])
        elif holder.tag == "a":
            link = holder.get("href") or ""
    settle(image, sets, link)


def _sets_of(picture: Element) -> list[str]:
    """Return the sets of sources of a ``picture``, those that fewest programs read last."""
    own = islice(picture.iter("source"), _MOST_SOURCES)
    ranked = sorted(own, key=lambda each: each.get("type") == "image/avif")
    return [each for source in ranked for name in _SETS if (each := source.get(name))]


def _flat_picture(picture: Element, sets: list[str]) -> None:
    """Replace a ``picture`` by one ``img``."""
    if picture.find(".//img") is None:
        image = etree.Element("img")
        if not any(take_best(image, each) for each in sets):
            return
        picture.append(image)
    etree.strip_tags(picture, "source")  # the parser may have nested the picture in it


def _take_out(noscript: Element) -> None:
    """Move a picture out of a ``noscript`` unless it is shown already."""
    images = list(noscript.iter("img"))
    parent = noscript.getparent()
    if len(images) != 1 or text_of(noscript) or parent is None or _is_tiny(images[0]):
        return
    image = images[0]
    settle(image)
    neighbour = _neighbour(noscript)
    if neighbour is not None:
        source = neighbour.get("src") or ""
        if source and not is_blank(source) and not is_preview(source):
            return
        if image.get("src"):
            neighbour.set("src", image.get("src", ""))
        return
    if _blank_near(parent):
        return
    image.tail = noscript.tail
    noscript.tail = None
    parent.replace(noscript, image)


def _neighbour(noscript: Element) -> Element | None:
    """Return the picture that a ``noscript`` replaces: before it, after it, or in its figure."""
    for neighbour in (noscript.getprevious(), noscript.getnext()):
        if neighbour is not None and neighbour.tag != "noscript":
            image = neighbour if neighbour.tag == "img" else neighbour.find(".//img")
            if image is not None:
                return image
    figure = next((x for x in noscript.iterancestors() if x.tag == "figure"), None)
    if figure is None:
        return None
    return next((x for x in figure.iter("img") if noscript not in x.iterancestors()), None)


def _blank_near(parent: Element) -> bool:
    return any(
        image.tag == "img" and image.get("src") and not is_blank(image.get("src", ""))
        for image in parent
    )


def _behind(box: Element) -> str:
    """Return the background picture declared by a box."""
    style = box.get("style")
    match = _BACKGROUND.search(style) if style and "url(" in style else None
    return match[1] if match else (box.get("data-bg") or box.get("data-background-image") or "")


def _background(box: Element, behind: str) -> None:
    """Turn the background picture of an empty box into one inside it."""
    address = behind.strip().removeprefix("url(").rstrip(")").strip("'\"")
    if not address or is_blank(address):
        return
    if box.find(".//img") is not None or text_of(box):
        return
    if _HERO.search(names(box)) or box.get("data-bg") or box.tag == "figure":
        etree.SubElement(box, "img", src=address, alt=box.get("aria-label") or "")


def _without_twins(figure: Element) -> None:
    """Remove the coarse preview of a picture with the same name and size."""
    seen: set[tuple[str, str, str]] = set()
    for element in reversed(list(figure.iter("img"))):
        name = (element.get("src") or "").partition("?")[0].rpartition("/")[2]
        identity = (name, element.get("width") or "", element.get("height") or "")
        if len(name) > _TELLING and identity[1] and identity in seen:
            remove(element)
        seen.add(identity)


def _is_tiny(image: Element) -> bool:
    """Return whether a picture is a tracking pixel or a placeholder."""
    sizes = [image.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    sides = [int(value) for value in sizes if value.isdecimal() and len(value) < 6]
    # A height of 0 beside a sensible width is only a mistake of the page.
    if any(0 < side <= _SMALL for side in sides) or (sides and max(sides) <= _SMALL):
        return True
    source = image.get("src") or ""
    return source.startswith("data:") and len(source) < 400

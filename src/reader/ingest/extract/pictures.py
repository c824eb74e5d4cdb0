"""Repair the pictures of a page, so that each has its real URL, however it is loaded."""

import re

from lxml import etree

from reader.ingest.extract.measure import Element, names, remove, text_of

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-hi-res-src",
    "data-full-src", "data-image-src", "data-img-src", "data-url", "data-actualsrc", "data-echo",
    "data-original-src", "data-delayed-url", "data-raw-src", "data-orig-file", "data-fallback-src",
    "data-src-medium", "data-src-large", "data-pin-media", "data-large-file", "data-medium-file",
)  # fmt: skip
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset", "srcset")
_KIND = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:$|[?#\s,&])", re.IGNORECASE)
_BLANK = re.compile(
    r"^data:.{0,2000}$|blank\.|spacer\.|placeholder|pixel\.|1x1|transparent\.|loading\.|lazy[-_.]|/grey\.",
    re.IGNORECASE,
)
_HERO = re.compile(
    r"hero|lead|featured|cover|main-?image|article-?image|post-?image", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"(?:^|;)\s*background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE
)
_BEHIND = frozenset({"style", "data-bg", "data-background-image"})
_WIDTH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*[wx]?$")
_WIDEST = 2000.0
_SMALL = 3
_TELLING = 10  # characters of a name that only one picture has


def repair(root: Element) -> None:
    """Give every picture the URL that it gets from scripts."""
    images = list(root.iter("img", "amp-img", "img-lazy", "amp-anim"))
    for image in images:
        image.tag = "img"
        _real_source(image)
    for element in list(root.iter("picture")):
        _flat_picture(element)
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


def _real_source(image: Element) -> None:
    source = (image.get("src") or "").strip()
    if source and not _BLANK.search(source):
        return
    real = next((value for name in _LAZY if (value := _address(image.get(name)))), "")
    if not real and any(take_best(image, image.get(name) or "") for name in _LAZY_SETS):
        return
    if not real:
        real = next(
            (
                value.strip()
                for name, value in image.attrib.items()
                if name not in ("src", "alt", "title", "class", "id", "style", "srcset")
                and _KIND.search(value)
                and " " not in value.strip()
                and _address(value)
            ),
            "",
        )
    if real:
        image.set("src", real)


def _address(value: str | None) -> str:
    value = (value or "").strip()
    if not value or _BLANK.search(value) or value.startswith(("{", "[", "#")) or " " in value:
        return ""
    return value if "/" in value or _KIND.search(value) else ""


def take_best(image: Element, srcset: str) -> bool:
    """Give a picture the largest sensible URL of a ``srcset``; return whether there is one."""
    best, density = best_of(srcset)
    if best:
        image.set("src", best)
    if best and density:
        image.set("data-density", density)
    return bool(best)


def best_of(srcset: str) -> tuple[str, str]:
    """Return the largest sensible URL of a ``srcset`` and its stated dots for each pixel."""
    best, density, size = "", "", 0.0
    for part in re.split(r",\s+|,(?=https?:|//|/)", srcset.strip()):
        address, _, descriptor = part.strip().partition(" ")
        width = _WIDTH.search(descriptor.strip())
        wide = float(width[1]) if width else 1.0
        wide = wide * 500 if descriptor.strip().endswith("x") else wide
        if address and not address.startswith("data:") and (not best or size < wide <= _WIDEST):
            best, size = address.rstrip(","), wide
            density = width[1] if width and descriptor.strip().endswith("x") else ""
    return best, density


def _flat_picture(picture: Element) -> None:
    """Replace a ``picture`` by one ``img``."""
    image = picture.find(".//img")
    kinds = ("srcset", "data-srcset", "data-lazy-srcset", "src", "data-src")
    sets = [
        each for source in picture.iter("source") for name in kinds if (each := source.get(name))
    ]
    if image is None:
        image = etree.Element("img")
        if not any(take_best(image, each) for each in sets):
            return
        picture.append(image)
    source = image.get("src") or ""
    if not source or _BLANK.search(source):
        any(take_best(image, each) for each in sets)
    etree.strip_tags(picture, "source")  # the parser may have nested the picture in it


def _take_out(noscript: Element) -> None:
    """Move a picture out of a ``noscript`` unless it is shown already."""
    images = list(noscript.iter("img"))
    parent = noscript.getparent()
    if len(images) != 1 or text_of(noscript) or parent is None or _is_tiny(images[0]):
        return
    image = images[0]
    _real_source(image)
    neighbour = _neighbour(noscript)
    if neighbour is not None:
        source = neighbour.get("src") or ""
        if source and not _BLANK.search(source):
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
        image.tag == "img" and image.get("src") and not _BLANK.search(image.get("src", ""))
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
    if not address or _BLANK.search(address):
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

"""Galleries and slideshows: each picture once, with its caption and the text beside it."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from reader.ingest.extract import words
from reader.ingest.extract.measure import (
    BLOCKS,
    Element,
    has_ancestor,
    length,
    link_density,
    matches,
    names,
    remove,
    text_of,
)

_DRAWN = re.compile(r"\.(?:svg|gif)(?:$|[?#])", re.IGNORECASE)
_BOXES = ("div", "section", "ul", "ol", "figure", "aside")
_OTHERS = ("article", "main", "pre", "table", "form")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEADING = 0.6  # share of links above which a gallery shows other pages
_BUTTON = 25  # characters
_TITLE = 15
_CAPTION = 400
_ICON = 100  # pixels
_MOST = 500  # pictures
_CAPTIONED = "data-captioned"
_INLINE = ("a", "p", "span", "strong", "em")
_FOLDS = ("hidden", "aria-hidden", "style", "class", "id", "role", "inert")


def open_galleries(body: Element) -> None:
    """Turn each gallery of a page into figures with captions, and show its folded slides."""
    for box in list(body.iter(*_BOXES)):
        if box.getparent() is not None and is_gallery(box) and _shows_pictures(box):
            _open(box)


def is_gallery(box: Element) -> bool:
    """Return whether a box is a gallery by its names."""
    return matches(words.GALLERIES, names(box))


def leads_away(box: Element) -> bool:
    """Return whether the slides of a gallery are mostly cards that link to other pages."""
    images = list(box.iter("img"))
    cards = sum(1 for image in images if _is_card(_slide_of(image, box)))
    return link_density(box) > _LEADING or (len(images) > 1 and cards > _LEADING * len(images))


def _is_card(slide: Element) -> bool:
    """Return whether a slide has a linked title; links in a caption lead to a source."""
    return any(
        length(link) > _TITLE and not has_ancestor(link, "figcaption", most=0)
        for link in slide.iter("a")
    )


def _shows_pictures(box: Element) -> bool:
    """Return whether a gallery holds photographs of the text, not cards, logos or chapters."""
    if next(islice(box.iter("img"), _MOST, None), None) is not None:
        return False
    sources = {image.get("src") for image in box.iter("img") if not _is_small(image)}
    if not sources or next(box.iterdescendants(*_OTHERS), None) is not None:
        return False
    if sum(1 for _ in box.iterdescendants(*_HEADS)) >= len(sources):
        return False
    captions = sum(length(caption) for caption in _captions(box))
    if len(sources) == 1 and not captions:
        return False
    beside = length(box) - captions
    return beside <= _CAPTION * len(sources) and not leads_away(box)


def _captions(box: Element) -> Iterator[Element]:
    """Yield the outermost elements of a gallery with the name of a caption."""
    found: set[Element] = set()
    for element in box.iterdescendants():
        if element.tag == "figcaption" or matches(words.CAPTIONS, names(element)):
            if found.isdisjoint(element.iterancestors()):
                yield element
            found.add(element)


def _is_small(image: Element) -> bool:
    width = image.get("width") or ""
    if _DRAWN.search(image.get("src") or ""):
        return True
    return width.isdecimal() and int(width) < _ICON


def _open(box: Element) -> None:
    for element in [box, *box.iterdescendants()]:
        captioned = matches(words.CAPTIONS, names(element))
        for name in _FOLDS:
            element.attrib.pop(name, None)
        if captioned:
            element.set(_CAPTIONED, "")
    _drop_copies(box)
    slides = {_slide_of(image, box): image for image in box.iter("img")}
    _drop_controls(box, set(slides))
    for element in list(box.iterdescendants("ul", "ol", "li")):
        if element.find(".//img") is not None:
            element.tag = "div"
    for slide, image in slides.items():
        if slide.tag != "figure" and slide.find(".//figure") is None:
            _as_figure(slide, image)
    for element in box.iter("*"):
        element.attrib.pop(_CAPTIONED, None)
    box.tag = "div"


def _drop_copies(box: Element) -> None:
    """Remove pictures and lines that a gallery repeats, as thumbnails and for small screens."""
    seen: set[str] = set()
    for element in list(box.iterdescendants()):
        if element.tag == "img":
            source = element.get("src") or ""
            shown = f"src {urlsplit(source).path or source}"
        elif isinstance(element.tag, str) and _is_line(element):
            shown = text_of(element)
        else:
            continue
        if shown and shown in seen:
            remove(element)
        seen.add(shown)


def _is_line(element: Element) -> bool:
    return all(
        inner.tag not in BLOCKS and inner.tag != "img" for inner in element.iterdescendants()
    )


def _drop_controls(box: Element, slides: set[Element]) -> None:
    """Remove buttons, counters and short lines outside of the slides."""
    for element in list(box.iterdescendants()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        if element.tag == "img" or not _is_line(element) or not (text := text_of(element)):
            continue
        signs = not any(sign.isalpha() for sign in text)
        if (
            element.tag == "button"
            or signs
            or (
                len(text) < _BUTTON
                and element.tag not in _HEADS
                and (slides.isdisjoint(element.iterancestors()) or link_density(element) > 0.9)
            )
        ):
            remove(element)


def _slide_of(image: Element, box: Element) -> Element:
    """Return the element of a gallery with one picture and its caption, else the largest."""
    slide = image
    for holder in image.iterancestors():
        if holder is box or next(islice(holder.iter("img"), 1, None), None) is not None:
            break
        slide = holder
        if holder.find(f".//*[@{_CAPTIONED}]") is not None:
            break
    return slide


def _as_figure(slide: Element, image: Element) -> None:
    """Put a picture into a figure with the caption of its slide; other text stays behind it."""
    figure = etree.Element("figure")
    image.addprevious(figure)
    figure.tail, image.tail = image.tail, None
    figure.append(image)
    _lift(figure)
    if (caption := _caption_of(slide)) is not None:
        remove(caption)
        caption.tag, caption.tail = "figcaption", None
        figure.append(caption)


def _caption_of(slide: Element) -> Element | None:
    """Return the caption in a slide: the element with that name, else its only line."""
    named = slide.find(f".//*[@{_CAPTIONED}]")
    if named is not None and text_of(named):
        return named
    lines = [
        element
        for element in slide.iterdescendants("p", "div", "span", "small", "em")
        if _is_line(element) and text_of(element)
    ]
    alone = lines and len(text_of(lines[0])) <= _CAPTION and text_of(slide) == text_of(lines[0])
    return lines[0] if alone else None


def _lift(figure: Element) -> None:
    """Move a figure out of the inline elements and paragraphs around it."""
    while (parent := figure.getparent()) is not None and parent.tag in _INLINE:
        if text_of(parent):
            return
        figure.tail, tail = None, figure.tail
        parent.addprevious(figure)
        figure.tail = tail
        remove(parent)

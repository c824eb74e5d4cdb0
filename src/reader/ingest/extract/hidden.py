"""Remove what a page hides, and show the text that its scripts would show.

Scripts stream text in hidden boxes, open the panels of tabs and accordions, and draw anew what
``noscript`` holds.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from reader.ingest.extract import words
from reader.ingest.extract.measure import (
    Element,
    length,
    matches,
    names,
    remove,
    text_of,
    words_of,
)
from reader.ingest.extract.running import Running

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMES = frozenset({"class", "id"})
_SIGNS = frozenset({"hidden", "style", "aria-hidden", "aria-modal", "role"})
_SIGNED = etree.XPath(
    "descendant::*[@hidden or @style or @aria-hidden or @role or @aria-controls or @aria-expanded]"
)
_LAID_OVER = ("dialog", "alertdialog")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OPENING = frozenset({"button", "a", "summary", "div", "span", "li", *_HEADINGS})
_HALF = 0.5  # of the running text of a page
_MOST = 0.65
_NEARLY_ALL = 0.85
_MOST_HIDDEN = 2 / 3
_PANEL = 60  # characters of running text
_LONG = 250  # characters
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "href")
_LETTERS = re.compile(r"[^\W_]")


def open_late(body: Element) -> None:
    """Show the text that scripts put in its place late, from hidden boxes or ``noscript``."""
    _streamed(body)
    boxes = [box for box in body.iter("noscript") if length(box) >= _LONG]
    running = Running(body) if boxes else None
    for box in boxes:
        if running and running.share(box) >= _MOST:
            box.tag = "div"


def show(body: Element) -> None:
    """Show the panels that a person opens on a page, and remove what it hides."""
    for element in [each for each in body.iterdescendants() if _is_laid_over(each)]:
        _keep_for_eyes(element)
        remove(element)
    running = Running(body)
    signed = _SIGNED(body)
    controlled = set(_controlled(signed))
    unseen = [
        each for each in signed if is_unseen(each) and not _is_text(each, controlled, running)
    ]
    needed = _needed(unseen, running)
    for element in unseen:
        if element not in needed:
            running.forget(element)
            remove(element)
    _buttons(body, running)
    for form in body.iter("form"):
        if running.share(form) >= _HALF:
            form.tag = "div"
    _forget_names(running)


def _streamed(body: Element) -> None:
    """Move boxes that React streams, ``<div hidden id="S:1">``, to their ``<template>``."""
    boxes = {
        name: box for box in body.iter("div") if (name := box.get("id") or "").startswith("S:")
    }
    if not boxes:
        return
    for template in list(body.iter("template")):
        kind, _, number = (template.get("id") or "").partition(":")
        box = boxes.get(f"S:{number}")
        if kind in ("B", "P") and box is not None and box not in template.iterancestors():
            remove(box)
            template.addprevious(box)
    for box in boxes.values():
        box.attrib.pop("hidden", None)


def _controlled(signed: Iterable[Element]) -> Iterator[str]:
    """Yield the ids of boxes that a button or a tab opens."""
    for element in signed:
        if element.tag not in _OPENING:
            continue
        if element.get("aria-controls") or element.get("aria-expanded") or element.get("role"):
            for name in _CONTROLS:
                yield from (element.get(name) or "").removeprefix("#").split()


def _is_text(element: Element, controlled: set[str], running: Running) -> bool:
    """Return whether a hidden element is a panel with text, a paragraph, or most of the page."""
    if element.get("hidden") is not None and element.tag != "p" and _is_most(element, running):
        return True
    panel = element.get("role") == "tabpanel" or element.get("id") in controlled
    if panel or (element.tag == "p" and element.get("hidden") is None and not element.get("style")):
        return running.of(element) >= _PANEL
    return running.share(element) >= _NEARLY_ALL


def _is_most(box: Element, running: Running) -> bool:
    """Return whether a box has half of the running text of the page, or of the article around it.

    Some sites hide most of an article until a script knows who reads it.
    """
    article = next(box.iterancestors("article"), None)
    most = article is not None and running.of(box) >= max(_PANEL, _HALF * running.of(article))
    return most or running.share(box) >= _HALF


def _needed(unseen: list[Element], running: Running) -> set[Element]:
    """Return the hidden boxes with running text if a page has little of it without them."""
    flagged = {each for each in unseen if running.of(each) and not _is_blank(each)}
    if sum(map(running.share, flagged)) <= _MOST_HIDDEN:
        return set()
    outer = (each for each in flagged if flagged.isdisjoint(each.iterancestors()))
    return flagged if sum(map(running.share, outer)) > _MOST_HIDDEN else set()


def _is_blank(element: Element) -> bool:
    """Return whether an element keeps its place on the page though nothing shows in it."""
    return "visibility" in (element.get("style") or "").lower()


def _is_laid_over(element: Element) -> bool:
    """Return whether an element is an overlay, or for screen readers only."""
    attributes = element.keys()
    if not attributes:
        return False
    if not _SIGNS.isdisjoint(attributes) and (
        element.get("aria-modal") == "true" or element.get("role") in _LAID_OVER
    ):
        return True
    return not _NAMES.isdisjoint(attributes) and matches(words.UNSEEN, names(element))


def _keep_for_eyes(heard: Element) -> None:
    """Keep the half for the eyes beside an element that is for screen readers only."""
    for seen in (heard.getprevious(), heard.getnext()):
        if seen is None or seen.get("aria-hidden") != "true":
            continue
        if seen.tag == "span" and _LETTERS.search(text_of(seen)):
            del seen.attrib["aria-hidden"]


def is_unseen(element: Element) -> bool:
    """Return whether an element is hidden."""
    attributes = element.keys()
    if not attributes or _SIGNS.isdisjoint(attributes):
        return False
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return element.tag != "img" and element.find(".//math") is None
    return element.get("aria-hidden") == "true" and _is_for_no_eyes(element)


def _is_for_no_eyes(element: Element) -> bool:
    """Return whether an element with ``aria-hidden`` is a sign; letters of a label are text."""
    if "fallback-image" in names(element) or _is_formula(element):
        return False
    parent = element.getparent()
    label = (parent.get("aria-label") or "") if parent is not None else ""
    return not (label and element.tag == "span" and text_of(element) in label)


def _is_formula(element: Element) -> bool:
    if element.tag == "math" or element.find(".//math") is not None:
        return True
    parent = element.getparent()
    drawn = "katex" in names(element)  # a visual copy of the MathML
    return drawn and (parent is None or parent.find(".//math") is None)


def _buttons(body: Element, running: Running) -> None:
    """Open buttons that hold running text or a heading, and those that are all of a heading."""
    for button in list(body.iter("button")):
        parent = button.getparent()
        if parent is None:
            continue
        if running.of(button) or next(button.iter(*_HEADINGS), None) is not None:
            button.tag = "div"
        elif parent.tag in _HEADINGS and text_of(parent) == text_of(button):
            button.tag = "span"


def _forget_names(running: Running) -> None:
    """Forget the names that speak against a box with most of the running text of a page."""
    for box in running.holders(_HALF):
        for key in ("class", "id"):
            said = words_of(box.get(key) or "")
            against = matches(words.UNLIKELY, said) or matches(words.BAD, said)
            if against and not matches(words.COMMENTS, said):
                del box.attrib[key]

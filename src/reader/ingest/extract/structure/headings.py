"""Headings: without the links to themselves and the buttons in them, and with their places."""

import re

from reader.ingest.extract.measure import Element, remove, text_of
from reader.ingest.extract.structure.index import Index

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMED = re.compile(
    r"(?:header|perma|anchor|hash|heading|direct|section|self|copy)-?_?links?|anchorjs|octicon-link|"
    r"(?:^|[\s_-])(?:header-|heading-|heading)?anchor(?:$|[\s_-])|headerlink|hash-?tag"
)
_SIGNS = re.compile(r"[\s#¶§🔗∞⚓⛓️\u200b\ufeff\xa0]*")
_TOP = re.compile(r"#(?:page[-_]?)?top(?:[-_](?:of[-_])?(?:the[-_])?page)?", re.IGNORECASE)
_LONGEST = 60
_LABEL = 300  # letters of a button that folds a text
_FOLDED = 80  # letters of a text that can be folded


def restructure(body: Element, index: Index) -> None:
    """Free headings of links and buttons, and make headings of what is one; the tree is changed."""
    for button in list(body.iter("button")):
        _open(button)
    _open_folds(body)
    places: set[str | None] | None = None
    for heading in list(body.iter(*_HEADINGS)):
        for link in _links_to_itself(heading):
            places = places or {each.get("id") for each in body.iter() if each.get("id")}
            _keep_place(heading, link, places)
            remove(link)
        for link in [each for each in heading.iter("a") if _TOP.fullmatch(each.get("href") or "")]:
            if text_of(link) != text_of(heading):
                remove(link)
    for link in index.named(_NAMED.search):  # beside terms and captions
        if link.tag == "a" and text_of(link) and _SIGNS.fullmatch(text_of(link)):
            remove(link)
    for link in list(body.iter("a")):
        _as_heading(link)


# ---- buttons


def _open(button: Element) -> None:
    """Keep the words of a button that is a heading, or that a page forgot to close."""
    heading = next(button.iterancestors(*_HEADINGS), None)
    if heading is not None and text_of(button) == text_of(heading):
        button.tag = "span"
    elif next(button.iterdescendants("p", "article", "h1", "h2", "ul", "ol"), None) is not None:
        button.tag = "div"


def _open_folds(body: Element) -> None:
    """Make the buttons that fold a text the headings of that text."""
    folding = [each for each in body.iter("button") if each.get("aria-controls")]
    if not folding:
        return
    wanted = {each.get("aria-controls") for each in folding}
    panels = {each.get("id"): each for each in body.iter() if each.get("id") in wanted}
    for button in folding:
        panel = panels.get(button.get("aria-controls"))
        if panel is None or button.getparent() is None or not 0 < len(text_of(button)) <= _LABEL:
            continue
        if _is_text(panel) and next(button.iterancestors("nav", "header", "form"), None) is None:
            button.tag = "h3"


def _is_text(panel: Element) -> bool:
    if panel.tag in ("nav", "ul", "form", "dialog", "menu"):
        return False
    return any(len(text_of(each)) >= _FOLDED for each in panel.iter("p"))


# ---- links


def _links_to_itself(heading: Element) -> list[Element]:
    whole = text_of(heading)
    inside = [link for link in heading.iter("a") if _is_own(link, whole)]
    beside = (heading.getnext(), heading.getprevious())
    return inside + [
        link
        for link in beside
        if link is not None
        and link.tag == "a"
        and _is_own(link, "")
        and not (link.tail or "").strip()
    ]


def _is_own(link: Element, whole: str) -> bool:
    """Return whether a link is a sign that leads to its heading."""
    words = text_of(link)
    if link.find(".//img") is not None and not _is_within(link):
        return False
    if _SIGNS.fullmatch(words):
        return _is_within(link) and (bool(words) or _is_named(link))
    return _is_named(link) and _is_within(link) and words != whole and len(words) <= _LONGEST


def _is_within(link: Element) -> bool:
    return "#" in (link.get("href") or "#")


def _is_named(link: Element) -> bool:
    return _NAMED.search((link.get("class") or "").lower()) is not None


def _keep_place(heading: Element, link: Element, places: set[str | None]) -> None:
    """Give a heading the name that the link in it leads to, unless another element has it."""
    place = link.get("id") or link.get("name")
    target = (link.get("href") or "").partition("#")[2]
    if not heading.get("id"):
        if target and target not in places:
            heading.set("id", target)
        elif place:
            heading.set("id", place)


def _as_heading(link: Element) -> None:
    """Make a line that is nothing but a link to itself a heading."""
    line = link.getparent()
    place = None if line is None else line.get("id")
    if line is None or not place or link.get("href") != f"#{place}":
        return
    alone = len(line) == 1 and not (line.text or "").strip() and not (link.tail or "").strip()
    if alone and line.tag in ("div", "p") and text_of(line):
        line.tag, link.tag = "h3", "span"

"""Trim the accepted article: named boxes, scraps at its beginning, and everything after its end."""

import re

from lxml import etree

from reader.ingest.extract import words
from reader.ingest.extract.measure import (
    Element,
    count_words,
    has_ancestor,
    is_data_table,
    is_quote,
    length,
    link_density,
    matches,
    names,
    remove,
    short_text,
    text_of,
)
from reader.ingest.extract.page import has_block

_BOX_TAGS = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "p",
    "nav",
    "header",
    "footer",
    "span",
    "figure",
    "dl",
)
_BOX_SHARE = 0.12
_BOX_WORDS = 120
_DATE_LINE = re.compile(
    r"^[\W]*(?:[^\W\d_]+,?\s+)?(?:\d{1,2}[./\s-]+(?:de\s+)?[^\W_]{1,10}\.?[./,\s-]+(?:de\s+)?\d{4}|"
    r"[^\W\d_]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d)(?:.{0,28}\d{1,2}[:.h]\d\d.{0,12})?\W*$",
    re.IGNORECASE,
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = (*_HEADS, "p", "li", "pre", "td", "dt", "dd", "figcaption")
_FIRST_LINES = 8
_END = 0.55
_INSET = (
    0.15  # of the text, after a heading that is not a heading by its tag: a box within the article
)
_LEAST_LEFT = 0.5
_BODY_TAGS = ("div", "section", "article")
_BODY_NAMES = re.compile(r"article(?:-|__)?body|(?:entry|post)-content|story-body")
_RUNNING = 0.9
_LAST_PART = 0.75
_NOTE = 420
_SHORT = 60
_LINKED = 0.5


def container(article: Element) -> Element:
    """Return the deepest named body inside an article that has nearly all of its running text."""
    named = [element for element in article.iterdescendants(*_BODY_TAGS) if _is_body(element)]
    whole = running(article) if named else 0
    holding = (box for box in reversed(named) if whole and running(box) >= _RUNNING * whole)
    return next(holding, article)


def _is_body(element: Element) -> bool:
    if element.tag == "article" or (element.get("itemprop") or "").lower() == "articlebody":
        return True
    return matches(_BODY_NAMES, names(element))


def lead(article: Element, body: Element) -> Element | None:
    """Return the figure before the body of an article, None if the body has its own."""
    within = set(body.iter("figure"))
    for element in article.iter("figure", body.tag):
        if element is body or element in within:
            break
        if element.tag == "figure" and element.find(".//img") is not None:
            return element
    return None


def running(element: Element) -> int:
    """Return the number of characters of an element in paragraphs that are not links."""
    return sum(
        length(paragraph)
        for paragraph in element.iter("p", "pre", "blockquote", "li")
        if link_density(paragraph) < 0.5
    )


def trim(article: Element, title: str, byline: str, whole: int) -> None:
    """Remove named boxes, scraps and all after the end; ``whole`` is the word count before."""
    _galleries(article, whole)
    _named_boxes(article, whole)
    _scraps(article)
    _link_lines(article)
    _link_lists(article)
    _closings(article)
    _beginning(article, title, byline)
    _ending(article)
    _end_notes(article)


def _named_boxes(article: Element, whole: int) -> None:
    most = max(_BOX_WORDS, int(_BOX_SHARE * whole))
    for element in list(article.iter(*_BOX_TAGS)):
        if element.getparent() is None or element is article:
            continue
        if not matches(words.NAMED, names(element)) or has_ancestor(element, *_HEADS):
            continue  # the id of a heading is the name of its subject
        count = count_words(text_of(element))
        if count > most or count > 0.4 * whole:
            continue
        if (
            element.tag == "figure"
            or is_quote(element)
            or (element.find(".//img") is not None and count < 5)
        ):
            continue
        remove(element)


def _galleries(article: Element, whole: int) -> None:
    """Reduce galleries to their pictures."""
    for element in list(article.iter("div", "section", "ul", "figure", "aside")):
        if element.getparent() is None or not matches(words.GALLERIES, names(element)):
            continue
        images = list(element.iter("img"))
        count = count_words(text_of(element)) - _captioned(element)
        if count > 0.6 * whole or (len(images) < 2 and count > _BOX_WORDS):
            continue
        chosen: dict[str, Element] = {}
        for image in images:
            if source := image.get("src"):
                chosen.setdefault(source, image)
        for child in list(element):
            element.remove(child)
        element.text = None
        element.tag = "div"
        for image in chosen.values():
            image.tail = None
            etree.SubElement(element, "p").append(image)


def _captioned(box: Element) -> int:
    """Return the number of words of a box that are captions by name; pages repeat them."""
    captions = {element for element in box.iterdescendants() if "caption" in names(element).lower()}
    outer = (caption for caption in captions if captions.isdisjoint(caption.iterancestors()))
    return sum(count_words(text_of(caption)) for caption in outer)


def _scraps(article: Element) -> None:
    for element in list(
        article.iter("p", "div", "span", "h2", "h3", "h4", "h5", "li", "small", "strong")
    ):
        if element.getparent() is None or len(element) > 3:
            continue
        text = short_text(element, 160)
        if not text or element.find(".//img") is not None:
            continue
        shouted = (
            element.tag == "p" and len(text) > 15 and text.isupper() and link_density(element) > 0.9
        )
        if shouted or words.SCRAPS.match(text):
            remove(element)


def _link_lists(article: Element) -> None:
    """Remove lists of nothing but links from the end; tables of contents are at the beginning.

    Lists under a heading for sources stay.
    """
    if next(article.iter("ul", "ol"), None) is None:
        return
    whole = length(article)
    seen = 0
    head = ""
    for element in list(article.iter("p", "ul", "ol", "h2", "h3", "h4", "pre", "blockquote")):
        if element.getparent() is None:
            continue
        if element.tag in ("ul", "ol"):
            if seen > 0.6 * whole and _leads_away(element) and not words.SOURCES.match(head):
                remove(element)
            continue
        text = text_of(element)
        if element.tag in _HEADS or (element.tag == "p" and len(text) < _SHORT):
            head = text
        seen += len(text)


def _leads_away(listed: Element) -> bool:
    items = list(listed.iterchildren("li"))
    return len(items) > 1 and all(link_density(item) > 0.9 for item in items)


def _link_lines(article: Element) -> None:
    for element in list(article.iter("p", "div", "li", "h2", "h3", "h4", "h5", "strong")):
        if element.getparent() is None or len(element) > 6:
            continue
        text = short_text(element, 220)
        if not words.LINK_LINES.match(text) or element.find(".//img") is not None:
            continue
        if element.tag in _HEADS and words.SOURCES.match(text):
            continue
        if link_density(element) > 0.4 or len(text) < 25:
            remove(element)


def _closings(article: Element) -> None:
    """Remove a closing heading and everything after it, if it is near the end."""
    lines = [(element, text_of(element)) for element in article.iter(*_LINES)]
    total = sum(len(line_text) for _, line_text in lines) or 1
    seen = 0
    for at, (each, line_text) in enumerate(lines):
        near = seen / total > _END and len(line_text) < 90
        if near and words.CLOSINGS.match(line_text) and _is_head(each):
            behind = sum(len(text) for line, text in lines[at + 1 :] if _is_running(line))
            if each.tag in _HEADS or behind <= _INSET * total:
                _cut_from(each, article)
                return
        seen += len(line_text)


def _is_running(line: Element) -> bool:
    return line.tag == "p" and link_density(line) < _LINKED


def _is_head(element: Element) -> bool:
    if element.tag in _HEADS:
        return True
    inner = [
        inner_element
        for inner_element in element.iter("strong", "b", "em")
        if length(inner_element) >= 0.8 * length(element)
    ]
    return element.tag in ("p", "dt") and (
        bool(inner) or text_of(element).endswith(":") or matches(words.TITLES, names(element))
    )


def _cut_from(element: Element, article: Element) -> None:
    """Remove an element and everything after it in the article."""
    each: Element | None = element
    while each is not None and each is not article:
        parent = each.getparent()
        following = each.getnext()
        while following is not None:
            nxt = following.getnext()
            remove(following)
            following = nxt
        if each is element:
            remove(each)
        each = parent


def _beginning(article: Element, title: str, byline: str) -> None:
    """Remove scraps before the first real line: title, author, date, buttons."""
    said_title = title.lower().strip()
    whole = _kept_whole(article)
    count = 0
    for element in list(article.iter()):
        if not _is_leaf(element) or element.getparent() is None:
            continue
        if element in whole or not whole.isdisjoint(element.iterancestors()):
            continue
        if element.find(".//img") is not None or element.tag in ("td", "th", "figcaption"):
            continue
        text = text_of(element)
        if not text:
            continue
        count += 1
        if count > _FIRST_LINES or len(text) > 160:
            return
        low = text.lower().strip()
        same = bool(said_title) and (low == said_title or (len(low) > 20 and low in said_title))
        if same or _is_byline(low, byline) or words.CRUMBS.match(text) or _DATE_LINE.match(text):
            remove(element)
        elif len(text) > 60 or element.tag in _HEADS:
            return


def _is_byline(low: str, byline: str) -> bool:
    who = byline.lower().strip().removeprefix("by ")
    if not who or len(low) > len(who) + 40:
        return False
    return low.removeprefix("by ").startswith(who[:40])


def _kept_whole(article: Element) -> set[Element]:
    """Return the boxes of code and data, in which no word is a scrap."""
    boxes = article.iter("pre", "table")
    return {box for box in boxes if box.tag == "pre" or is_data_table(box)}


def _is_leaf(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in _HEADS or element.tag in ("p", "li", "time", "figcaption", "pre", "td", "th"):
        return True
    return element.tag in ("div", "span", "a", "header") and not has_block(element)


def _ending(article: Element) -> None:
    """Remove trailing lines that are links or scraps."""
    whole = _kept_whole(article)
    for element in reversed(list(article.iter())):
        if not isinstance(element.tag, str) or element.getparent() is None or element is article:
            continue
        if element.tag in ("pre", "table", "iframe", "video", "math", "figcaption"):
            return
        if not whole.isdisjoint(element.iterancestors()):
            return
        if element.tag not in _LINES and not _is_leaf(element):
            continue
        text = text_of(element)
        if not text:
            continue
        if _is_scrap(element, text) and not (element.tag == "li" and _is_part_of_text(element)):
            remove(element)
            continue
        return


def _end_notes(article: Element) -> None:
    """Remove notes on reporters, newsletters, rights and labels from the last quarter."""
    most = (1 - _LAST_PART) * length(article)
    behind = 0
    for element in reversed(list(article.iter("p", "li", "div", "h4", "h5", "h6"))):
        if behind > most:
            return
        if has_block(element):
            continue
        text = text_of(element)
        behind += len(text)
        noted = len(text) <= _NOTE and (_is_note(text) or _files(element))
        if noted and element.find(".//img") is None:
            remove(element)


def _is_note(text: str) -> bool:
    low = text.lower()
    return bool(words.END_NOTES_BEGIN.match(low) or words.END_NOTES.search(low))


def _files(line: Element) -> bool:
    """Return whether a line lists the categories of the article."""
    label = next((text for piece in line.itertext() if (text := piece.strip())), "")
    return words.LABELS.match(label) is not None and link_density(line) > _LINKED


def _is_scrap(line: Element, text: str) -> bool:
    """Return whether a last line is an empty heading, a button, a note or a link elsewhere."""
    if line.tag in _HEADS or words.CRUMBS.match(text):
        return True
    if line.tag not in ("p", "li"):
        return False
    if len(text) < _NOTE and _is_note(text):
        return True
    parent = line.getparent()
    quoted = parent is not None and parent.tag == "blockquote"
    return link_density(line) > 0.9 and len(text) < 160 and not quoted


def _is_part_of_text(item: Element) -> bool:
    holder = item.getparent()
    if holder is None:
        return False
    return link_density(holder) < 0.6

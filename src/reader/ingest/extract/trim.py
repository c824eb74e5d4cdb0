"""Trim the accepted article: named boxes, scraps at its beginning, and everything after its end."""

import re

from reader.ingest.extract import words
from reader.ingest.extract.endings import (
    ends_sentence,
    is_leaf,
    is_sentence,
    kept_whole,
    trim_end,
)
from reader.ingest.extract.galleries import is_gallery, leads_away
from reader.ingest.extract.measure import (
    Element,
    count_words,
    has_ancestor,
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
from reader.ingest.extract.pointers import host_of

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
_OFFER_SHARE = 0.2
_LINKED = 0.5
_DATE_LINE = re.compile(
    r"^[\W]*(?:[^\W\d_]+[,:]?\s+){0,2}(?:\d{1,2}[./\s-]+(?:de\s+)?[^\W_]{1,10}\.?[./,\s-]+(?:de\s+)?\d{4}|"
    r"[^\W\d_]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d)(?:.{0,28}\d{1,2}[:.h]\d\d.{0,12})?\W*$",
    re.IGNORECASE,
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = ("span", "small", "strong", "b", "em", "i", "a")
_QUOTED = ("pre", "code", "table", "blockquote")
_MOST_PARTS = 6
_SCRAP, _LINE = 160, 220  # characters
_FIRST_LINES = 8
_TELLING = 20  # characters of a part of the title
_SAME = 0.8
_WORD = re.compile(r"\w+")
_BODY_TAGS = ("div", "section", "article")
_BODY_NAMES = re.compile(r"article(?:-|__)?body|(?:entry|post)-content|story-body")
_RUNNING = 0.9
_SUMMARY = (60, 600)  # characters


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


def leads(article: Element, body: Element) -> list[Element]:
    """Return the summary and the figure before the body of an article, if any."""
    figure: Element | None = None
    summary: Element | None = None
    for element in article.iter("figure", "p", "div", body.tag):
        if element is body:
            break
        if element.tag == "figure" and figure is None and element.find(".//img") is not None:
            figure = element
        elif element.tag != "figure" and summary is None and _is_summary(element):
            summary = element
    return [element for element in (summary, figure) if element is not None]


def _is_summary(line: Element) -> bool:
    """Return whether a line is a sentence with no link, as the standfirst of a news story."""
    if has_block(line) or not _SUMMARY[0] <= length(line) <= _SUMMARY[1]:
        return False
    if matches(words.NAMED, names(line)) or has_ancestor(line, "figure", "li", "table", most=0):
        return False
    return is_sentence(line) and line.find(".//a") is None


def running(element: Element) -> int:
    """Return the number of characters of an element in paragraphs that are not links."""
    return sum(
        length(paragraph)
        for paragraph in element.iter("p", "pre", "blockquote", "li")
        if link_density(paragraph) < 0.5
    )


def trim(article: Element, title: str, byline: str, whole: int, address: str = "") -> None:
    """Remove named boxes, scraps and all after the end.

    ``whole`` is the word count before. Links to other pages of the site at ``address`` lead away.
    """
    _offers(article, whole)
    _galleries(article, whole)
    _named_boxes(article, whole)
    _scraps(article)
    _beginning(article, title, byline)
    trim_end(article, host_of(address))


def _named_boxes(article: Element, whole: int) -> None:
    most = max(_BOX_WORDS, int(_BOX_SHARE * whole))
    for element in list(article.iter(*_BOX_TAGS)):
        if element.getparent() is None or element is article:
            continue
        if not _is_named(element) or has_ancestor(element, *_HEADS):
            continue
        count = count_words(text_of(element))
        if count > most or count > 0.4 * whole or _stays(element, count):
            continue
        remove(element)


def _is_named(element: Element) -> bool:
    """Return whether a box has a bad name; the id of a part with a heading is its subject."""
    by_class = matches(words.NAMED, element.get("class") or "")
    by_both = matches(words.NAMED, names(element))
    if by_class == by_both:  # of most boxes: no heading has to be searched
        return by_class
    headed = next(element.iter(*_HEADS), None) is not None
    return by_class if headed else by_both


def _stays(element: Element, count: int) -> bool:
    """Return whether an element belongs to the article whatever its name is."""
    if element.tag == "figure" or is_quote(element):
        return True
    if not has_block(element) and is_sentence(element):
        return True
    return element.find(".//img") is not None and count < 5


def _offers(article: Element, whole: int) -> None:
    """Remove the innermost boxes whose only links lead to a subscription or a consent."""
    if not any(_may_ask(link) for link in article.iter("a")):
        return
    for box in reversed(list(article.iter("div", "section", "aside", "figure"))):
        links = [link for link in box.iter("a") if length(link)]
        if box is article or not links or not all(_asks(link) for link in links):
            continue
        if link_density(box) > _LINKED:
            continue
        if count_words(text_of(box)) <= min(_BOX_WORDS, _OFFER_SHARE * whole):
            remove(box)


def _may_ask(link: Element) -> bool:
    href = (link.get("href") or "").lower()
    return (words.SERVICES.search(href) or words.CONSENT.search(href)) is not None


def _asks(link: Element) -> bool:
    """Return whether a link leads to a subscription, or from within a sentence to a consent."""
    href = (link.get("href") or "").lower()
    if words.SERVICES.search(href):
        return True
    within = not _is_alone(link, text_of(link))
    return within and words.CONSENT.search(href) is not None


def _galleries(article: Element, whole: int) -> None:
    """Remove galleries of other pages."""
    for box in list(article.iter(*_BOX_TAGS)):
        if box.getparent() is None or box is article or not is_gallery(box):
            continue
        if count_words(text_of(box)) <= 0.4 * whole and leads_away(box):
            remove(box)


def _scraps(article: Element) -> None:
    """Remove short lines that never belong to an article or only lead elsewhere.

    Those in code, data and quotations stay. The words are looked at first: few of them are scraps.
    """
    for element in list(article.iter(*_HEADS, "p", "div", "li", "span", "small", "strong")):
        if element.getparent() is None or len(element) > _MOST_PARTS:
            continue
        text = short_text(element, _LINE)
        if not text or not (_is_scrap(element, text) or _only_leads(element, text)):
            continue
        if element.find(".//img") is not None or has_ancestor(element, *_QUOTED, most=0):
            continue
        if element.tag not in _INLINE or _is_alone(element, text):
            remove(element)


def _is_scrap(element: Element, text: str) -> bool:
    if len(text) >= _SCRAP:
        return False
    shouted = element.tag == "p" and len(text) > 15 and text.isupper()
    if (shouted and link_density(element) > 0.9) or words.SCRAPS.match(text):
        return True
    return words.CREDITS.match(text) is not None and not ends_sentence(text)


def _only_leads(element: Element, text: str) -> bool:
    match = words.LINK_LINES.match(text)
    if match is None or (element.tag in _HEADS and words.SOURCES.match(text)):
        return False
    alone = not any(sign.isalnum() for sign in text[match.end() :])
    return alone or link_density(element) > 0.4


def _is_alone(element: Element, text: str) -> bool:
    """Return whether an inline element is all of its line."""
    holder = next((each for each in element.iterancestors() if each.tag not in _INLINE), None)
    return holder is not None and (has_block(holder) or text_of(holder) == text)


def _beginning(article: Element, title: str, byline: str) -> None:
    """Remove scraps before the first real line: title, author, date, buttons."""
    whole = kept_whole(article)
    count = 0
    for element in list(article.iter()):
        if not is_leaf(element) or element.getparent() is None:
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
        if _is_title(element, text, title) or _is_imprint(text, byline):
            remove(element)
        elif len(text) > 60 or element.tag in _HEADS:
            return


def _is_title(element: Element, text: str, title: str) -> bool:
    """Return whether a line is the title or a part of it, or a heading with the title in it."""
    low, said_title = text.lower(), title.lower().strip()
    if not said_title:
        return False
    if low == said_title or (len(low) > _TELLING and low in said_title):
        return True
    said = set(_WORD.findall(said_title))
    heads = set(_WORD.findall(low)) if element.tag in _HEADS else set()
    return len(said) > 3 and len(heads & said) >= _SAME * len(said)


def _is_imprint(text: str, byline: str) -> bool:
    """Return whether a line is the author, the date or a button."""
    if _is_byline(text.lower(), byline) or words.CRUMBS.match(text):
        return True
    return _DATE_LINE.match(text) is not None


def _is_byline(low: str, byline: str) -> bool:
    """Return whether a line has the author and hardly more."""
    who = byline.lower().strip().removeprefix("by ")
    return bool(who) and who in low and len(low) <= len(who) + 40

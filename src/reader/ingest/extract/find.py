"""Find the element with the article, by the method of Arc90's and Mozilla's Readability.

Paragraphs score by their length and commas; parents get the full score, grandparents half, further
ancestors less and less. Class names add or subtract points, links subtract. The best element wins,
together with those of its siblings that seem to be a part of it.
"""

import re
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from reader.ingest.extract import words
from reader.ingest.extract.endings import is_sentence
from reader.ingest.extract.measure import (
    SPEAKING,
    Element,
    class_weight,
    count_commas,
    has_ancestor,
    link_density,
    matches,
    remove,
    says,
    text_of,
    words_of,
)
from reader.ingest.extract.near_title import repeats, words_in
from reader.ingest.extract.page import has_block, is_empty, wrap_lines
from reader.ingest.extract.running import Running

_SCORED = frozenset({"section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"})
_SHORTEST = 25
_SHARES = (1.0, 1 / 2, 1 / 6, 1 / 9, 1 / 12)  # of parents, grandparents and so on
_CANDIDATES = 5
_NEAR = 0.75
_SHARING = 3
_SERIES = 0.7  # the greatest share of a series that its best box holds
_HALF, _ENOUGH = 0.5, 0.6  # of the running text of a page
_NEARLY_ALL = 0.8
_INTRODUCTION = 80  # characters of a paragraph above the best box
_LINKED = 0.25
_BONUS = {
    "div": 5, "pre": 3, "td": 3, "blockquote": 3, "address": -3, "ol": -3, "ul": -3, "dl": -3,
    "dd": -3, "dt": -3, "li": -3, "form": -3, "h1": -5, "h2": -5, "h3": -5, "h4": -5, "h5": -5,
    "h6": -5, "th": -5,
}  # fmt: skip
_KEPT = frozenset({"body", "html", "a", "article", "main"})
_HEADS = ("h1", "h2")
_HOLDERS = frozenset({"div", "section", "header", "h1", "h2", "h3", "h4", "h5", "h6"})
_BETWEEN = frozenset({"div", "article", "section", "p", "ol", "ul", "figure"})


class Leniency(NamedTuple):
    """The strictness of the search; a page that yields too little is searched more leniently."""

    drops_unlikely: bool = True
    weighs_names: bool = True
    cleans: bool = True


def find(body: Element, leniency: Leniency, title: str, running: Running) -> Element:
    """Return a new ``div`` with the article of a prepared page, removed from ``body``.

    ``running`` is the running text of the page; what is removed is taken from it.
    """
    scores = _Scores(_candidates_of(body, leniency, title, running), leniency)
    top = _whole(_best(body, scores, running), body, running)
    return _article(_joined(top, scores, running))


def take(box: Element, title: str) -> Element:
    """Return a new ``div`` with an element of a prepared page that is known to be the article."""
    _candidates_of(box, Leniency(drops_unlikely=False), title, Running(box))
    return _article([box])


def _article(elements: list[Element]) -> Element:
    article = etree.Element("div")
    for element in elements:
        element.tail = None
        if element.tag not in _BETWEEN:
            element.tag = "div"
        article.append(element)
    return article


def _candidates_of(
    body: Element, leniency: Leniency, title: str, running: Running
) -> list[Element]:
    candidates: list[Element] = []
    title_words = words_in(title)
    wrap_lines(body)
    each = _next(body, body)
    while each is not None:
        tag = each.tag
        if _is_needless(each, leniency, title_words, running):
            needless, each = each, _next(each, body, within=False)
            running.forget(needless)
            remove(needless)
            continue
        if tag == "div":
            _as_paragraphs(each, candidates)
        elif tag in _SCORED and (tag != "td" or len(text_of(each)) >= _SHORTEST):
            candidates.append(each)
        each = _next(each, body)
    return candidates


def _next(element: Element, body: Element, *, within: bool = True) -> Element | None:
    """Return the next element of a page in document order; ``within`` includes its children.

    A list of all elements would need more memory than the page.
    """
    if within and len(element):
        return element[0]
    here: Element | None = element
    while here is not None and here is not body:
        if (following := here.getnext()) is not None:
            return following
        here = here.getparent()
    return None


def _is_needless(
    element: Element, leniency: Leniency, title_words: set[str], running: Running
) -> bool:
    """Return whether an element repeats the title, is unlikely to hold text, or is empty."""
    tag = element.tag
    if tag in _HEADS and repeats(element, title_words):
        return True
    if leniency.drops_unlikely and tag not in _KEPT and _is_unlikely(element, running):
        return True
    return tag in _HOLDERS and is_empty(element)


def _is_unlikely(element: Element, running: Running) -> bool:
    if element.get("role") in words.ROLES:
        return True
    if element.tag in SPEAKING:
        return False
    return (
        says(words.UNLIKELY, element)
        and (not running.of(element) or says(words.APART, element))
        and not says(words.MAYBE, element)
        and not _is_named_by_heading(element)
        and not has_ancestor(element, "table", "code", most=0)
    )


def _is_named_by_heading(element: Element) -> bool:
    """Return whether only the id speaks against a part of a text, and it is its heading's words.

    Generators of documentation name a section ``respond-to-review-comments`` by its heading.
    """
    name = element.get("id") or ""
    if not name or matches(words.UNLIKELY, words_of(element.get("class") or "")):
        return False
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    said = "" if heading is None else text_of(heading)
    slug = "-".join(re.findall(r"\w+", said.lower()))
    return bool(slug) and words_of(name).endswith(slug) and not words.CLOSINGS.match(said)


def _as_paragraphs(box: Element, paragraphs: list[Element]) -> None:
    """Turn a box of loose lines into paragraphs, and a box that is a paragraph into a ``p``."""
    wrap_lines(box)
    children = list(box)
    if len(children) == 1 and children[0].tag == "p" and not (box.text or "").strip():
        if link_density(box) < 0.25:
            only = children[0]
            box.tag = "p"
            box.text = only.text
            if (name := only.get("id")) and not box.get("id"):
                box.set("id", name)  # a note reference can lead to it
            box.remove(only)
            for child in only:
                box.append(child)
            paragraphs.append(box)
    elif not has_block(box):
        box.tag = "p"
        paragraphs.append(box)


class _Scores:
    """The scores of boxes: their points, less the share of their text that is links.

    Links are only counted if they can affect the result, because that is slow in large boxes.
    """

    def __init__(self, scored: list[Element], leniency: Leniency) -> None:
        self._weighs = leniency.weighs_names
        self._points: dict[Element, float] = {}
        self._worth: dict[Element, float] = {}
        self._links: dict[Element, float] = {}
        for box in scored:
            self._add(box)

    def _add(self, element: Element) -> None:
        """Add the points of an element to the boxes around it."""
        if element.getparent() is None or len(text := text_of(element)) < _SHORTEST:
            return
        points = 2 + count_commas(text) + min(len(text) // 100, 3)
        for share, holder in zip(_SHARES, element.iterancestors(), strict=False):
            if holder.getparent() is None:
                break
            if holder not in self._points:
                self._points[holder] = self._first(holder)
            self._points[holder] += points * share

    def _first(self, holder: Element) -> float:
        return _BONUS.get(holder.tag, 0) + (class_weight(holder) if self._weighs else 0)

    def __contains__(self, element: Element) -> bool:
        return element in self._points

    def of(self, element: Element) -> float:
        """Return the score of an element, by its type and names if it has no points."""
        if element not in self._points:
            return self._first(element)
        if element not in self._worth:
            linked = link_density(element, self._links)
            self._worth[element] = self._points[element] * (1 - linked)
        return self._worth[element]

    def best(self, most: int) -> list[Element]:
        """Return the elements with the greatest scores, the best first."""
        ranked: list[Element] = []
        for element in sorted(self._points, key=lambda each: -self._points[each]):
            if len(ranked) == most and self.of(ranked[-1]) >= self._points[element]:
                break
            ranked = sorted([*ranked, element], key=lambda each: -self.of(each))[:most]
        return ranked


def _best(body: Element, scores: _Scores, running: Running) -> Element:
    ranked = _within_main(scores.best(_CANDIDATES), body, running)
    if not ranked or ranked[0] is body:
        return _all_of(body)
    top = _shared(ranked, scores)
    last = scores.of(top)
    least = last / 3
    for parent in top.iterancestors():
        if parent.tag == "body":
            break
        if parent not in scores:
            continue
        score = scores.of(parent)
        if score < least:
            break
        if score > last:
            top = parent
            break
        last = score
    while (parent := top.getparent()) is not None and parent.tag not in ("body", "html"):
        if len(parent) != 1:
            break
        top = parent
    return top


def _within_main(ranked: list[Element], body: Element, running: Running) -> list[Element]:
    """Return those of the best elements that are in the ``main`` element, if that has most text.

    It holds the dominant contents of a page (HTML, 4.4.14).
    """
    main = next(body.iter("main"), None)
    if main is None or running.share(main) < _ENOUGH:
        return ranked
    return [each for each in ranked if each is main or main in each.iterancestors()] or ranked


def _whole(top: Element, body: Element, running: Running) -> Element:
    """Return the box of a series if an element is one of its boxes, else the element.

    Page builders, forums and streams of answers spread a text over boxes beside each other.
    """
    parent = top.getparent()
    if parent is None:
        return top
    if parent is body:
        return _all_of(body) if running.share(top) < _HALF else top
    if running.share(parent) >= _ENOUGH:
        return parent if _is_of_series(top, parent, running) else top
    within = takewhile(lambda each: each is not body, top.iterancestors())
    return next((each for each in within if running.share(each) >= _NEARLY_ALL), top)


def _is_of_series(box: Element, parent: Element, running: Running) -> bool:
    """Return whether a box has half of the text around it at most, or a bit more with its like."""
    share = running.of(box) / (running.of(parent) or 1)
    like = (_is_like(box, each) for each in parent if each is not box and running.of(each))
    return share < (_SERIES if any(like) else _HALF)


def _is_like(box: Element, other: Element) -> bool:
    """Return whether two boxes have one tag and, if both have names, one first name."""
    one, two = ((each.get("class") or "").split()[:1] for each in (box, other))
    return box.tag == other.tag and (not one or not two or one == two)


def _shared(ranked: list[Element], scores: _Scores) -> Element:
    """Return an ancestor shared by several good candidates, else the best candidate."""
    top = ranked[0]
    near = [
        list(box.iterancestors())
        for box in ranked[1:]
        if scores.of(top) > 0 and scores.of(box) / scores.of(top) >= _NEAR
    ]
    if len(near) < _SHARING:
        return top
    for parent in top.iterancestors():
        if parent.tag in ("body", "html"):
            break
        if sum(parent in ancestors for ancestors in near) >= _SHARING:
            return parent
    return top


def _all_of(body: Element) -> Element:
    box = etree.Element("div")
    box.text, body.text = body.text, None
    for child in list(body):
        box.append(child)
    body.append(box)
    return box


def _joined(top: Element, scores: _Scores, running: Running) -> list[Element]:
    parent = top.getparent()
    if parent is None:
        return [top]
    least = max(10.0, scores.of(top) * 0.2)
    same = top.get("class") or ""
    figure = _leading(top)
    others = _others(top) if running.share(top) >= _ENOUGH else ()
    joined: list[Element] = []
    is_above = parent.tag in ("main", "article")
    for box in parent:
        is_above = is_above and box is not top
        if box in others:
            continue
        if box is top or box is figure or _belongs(box, least, same, scores):
            joined.append(box)
        elif is_above and running.of(box) >= _INTRODUCTION:
            joined += [each for each in box.iter("p") if _introduces(each, running)]
    return joined


def _others(top: Element) -> list[Element]:
    """Return the boxes behind one with most of the text that are of another kind than it."""
    return [
        box
        for box in top.itersiblings("div", "section")
        if box.get("class") != top.get("class") and not _is_like(top, box)
    ]


def _introduces(paragraph: Element, running: Running) -> bool:
    """Return whether a paragraph in a box above the text begins it: a sentence of some length."""
    return running.of(paragraph) >= _INTRODUCTION and is_sentence(paragraph)


def _leading(top: Element) -> Element | None:
    """Return the first figure before an element, among its siblings."""
    figures = (
        sibling for sibling in top.itersiblings("figure", preceding=True) if not is_empty(sibling)
    )
    return next(reversed(list(figures)), None)


def _belongs(each: Element, least: float, same: str, scores: _Scores) -> bool:
    if not isinstance(each.tag, str):
        return False
    bonus = least if same and each.get("class") == same else 0.0
    if each in scores and scores.of(each) + bonus >= least:
        return True
    if each.tag != "p":
        return False
    text, linked = text_of(each), link_density(each)
    if len(text) > 80:
        return linked < _LINKED
    return len(text) > 0 and linked == 0 and (". " in text or text.endswith("."))

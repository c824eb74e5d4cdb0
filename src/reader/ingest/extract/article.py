"""The article of a page: found, cleaned and trimmed, with an estimate of its certainty."""

from copy import deepcopy
from typing import NamedTuple

from reader.ingest.extract import captions, trim
from reader.ingest.extract.find import Leniency, find, take
from reader.ingest.extract.measure import (
    Element,
    count_words,
    length,
    link_density,
    raw_text,
    text_of,
)
from reader.ingest.extract.page import is_empty, prepare
from reader.ingest.extract.rivals import drop_comments, drop_next_articles
from reader.ingest.extract.running import Running
from reader.ingest.extract.structure.sparing import spared
from reader.ingest.extract.tidy import tidy
from reader.ingest.extract.told_body import Shingles, holder
from reader.ingest.extract.write import write

_ENOUGH = 500
_FEW_WORDS = 40
_HUGE = 20_000  # elements
_MOSTLY_LINKS = 0.6
_LEAST_KEPT = 1 / 3  # of the running text of a page

_TRIES = (
    Leniency(),
    Leniency(drops_unlikely=False),
    Leniency(drops_unlikely=False, weighs_names=False),
    Leniency(drops_unlikely=False, weighs_names=False, cleans=False),
)


class About(NamedTuple):
    """The title of a thread, and the author and date of its first post; ``""`` if unknown."""

    title: str = ""
    byline: str = ""
    published_at: str = ""


class Found(NamedTuple):
    """The article as HTML, ``""`` if there is none, and its first paragraph.

    ``unsure`` means that it may not be the article. ``thread`` is None if it is no thread.
    """

    html: str
    unsure: bool
    first: str = ""
    thread: About | None = None


def article_of(
    root: Element | None,
    title: str,
    byline: str,
    address: str = "",
    *,
    saved: bool = False,
    told: Shingles = frozenset(),
) -> Found:
    """Return the article of a parsed page; the tree is changed.

    ``address`` is the base of its links. The pictures of a ``saved`` page keep their names.
    ``told`` is a text that the page gives as data: the element with nearly all of it is taken.
    """
    if root is None:
        return Found("", True)
    box = holder(root, told) if told else None
    body = prepare(root)
    drop_next_articles(body, title)
    huge = sum(1 for _ in body.iter()) > _HUGE
    if huge:  # every further pass would take seconds
        found = find(body, Leniency(), title, Running(body))
        return Found("" if is_empty(found) else write(found, address, saved=saved), True)
    found, unsure, whole = _search(body, title, box)
    if found is None:
        return Found("", True)
    captions.repair(found)
    trimmed = deepcopy(found)
    kept = trim.container(trimmed)
    if kept is not trimmed:
        leads = trim.leads(trimmed, kept)
        kept.tail = None
        trimmed = kept
        for lead in reversed(leads):
            lead.tail, trimmed.text = trimmed.text, None
            trimmed.insert(0, lead)
    before = count_words(raw_text(found))
    with spared(trimmed):
        trim.trim(trimmed, title, byline, before, address)
    after = count_words(raw_text(trimmed))
    chosen = trimmed if after >= before / 2 else found
    first = next((text for element in chosen.iter("p") if (text := text_of(element))), "")
    unsure = unsure or after < _FEW_WORDS or link_density(chosen) > _MOSTLY_LINKS
    unsure = unsure or trim.running(chosen) < _LEAST_KEPT * whole
    return Found(write(chosen, address, saved=saved), unsure, first)


def _search(body: Element, title: str, box: Element | None) -> tuple[Element | None, bool, int]:
    """Return the article, whether it is unsure, and the length of the running text of the page.

    ``box`` is the element that is known to be the article, if any.
    """
    if box is not None and (box is body or body in box.iterancestors()):
        article = take(box, title)
        tidy(article, cleans=True, weighs_names=False)
        return article, False, 0
    best: Element | None = None
    longest, whole = -1, 0
    for number, leniency in enumerate(_TRIES):
        tree = deepcopy(body) if number < len(_TRIES) - 1 else body
        running = Running(tree)
        whole = running.of(tree)
        article = find(tree, leniency, title, running)
        tidy(article, cleans=leniency.cleans, weighs_names=leniency.weighs_names)
        size = length(article)
        if size >= _ENOUGH:
            return article, number > 1, whole
        if size > longest:
            best, longest = article, size
        if number == 0:
            drop_comments(body)
    shows = best is not None and (text_of(best) or best.find(".//img") is not None)
    return (best if shows else None), True, whole

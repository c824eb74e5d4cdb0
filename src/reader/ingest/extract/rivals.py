"""Texts below an article that may be longer than it: comments, and the next articles."""

import re
from itertools import takewhile

from reader.ingest.extract import words
from reader.ingest.extract.measure import Element, remove, says
from reader.ingest.extract.near_title import repeats, words_in
from reader.ingest.extract.running import Running

_BODIES = re.compile(r"(?<![a-z\d])(?:entry|post|article|e)-(?:content|body|text)(?![a-z\d])")
_LEAST = 250  # characters of running text of an article
_MOST = 20  # articles behind one
_BOXES = ("div", "section", "ol", "ul", "aside")


def drop_comments(body: Element) -> None:
    """Remove the comments from a page if it marks another box with running text as its article."""
    running = Running(body)
    comments = [each for each in body.iter(*_BOXES) if says(words.COMMENTS, each)]
    for each in reversed(comments):
        running.forget(each)
    within = {inner for each in comments for inner in each.iter()}
    articles = [
        each
        for each in body.iter("article", "div", "section")
        if each not in within and running.of(each) and _is_marked(each)
    ]
    holders = {holder for each in articles for holder in each.iterancestors()}
    for each in comments if articles else ():
        if each not in holders:
            remove(each)


def drop_next_articles(body: Element, title: str) -> None:
    """Remove the articles that a page loads behind its own, each with an ``h1`` of its own."""
    heads, words_of_title = list(body.iter("h1")), words_in(title)
    own = next((each for each in heads if repeats(each, words_of_title)), None)
    if own is None or own is heads[-1]:
        return
    around = {each.getparent(): each for each in (own, *own.iterancestors())}
    for head in heads[heads.index(own) + 1 :][:_MOST]:
        if head.getparent() is None or repeats(head, words_of_title):
            continue
        other = [head, *takewhile(lambda each: each not in around, head.iterancestors())][-1]
        before = around.get(other.getparent())
        if before is not None and before.tag == other.tag and _hold_articles(before, other):
            remove(other)


def _hold_articles(*boxes: Element) -> bool:
    return all(
        Running(box).of(box) >= _LEAST
        and any(map(_is_named, box.iter("article", "div", "section")))
        for box in boxes
    )


def _is_named(box: Element) -> bool:
    """Return whether a box is an article by its tag, by schema.org or by its names."""
    return box.tag == "article" or box.get("itemprop") == "articleBody" or says(_BODIES, box)


def _is_marked(box: Element) -> bool:
    """Return whether a box is an article by its names, or has an ``h1``."""
    before = box.getprevious()
    headed = (before is not None and before.tag == "h1") or box.find("h1") is not None
    return headed or _is_named(box)

"""What readers wrote below an article, which may be longer than the article."""

import re

from reader.ingest.extract import words
from reader.ingest.extract.measure import Element, remove, says
from reader.ingest.extract.running import Running

_BODIES = re.compile(r"(?<![a-z\d])(?:entry|post|article|e)-(?:content|body|text)(?![a-z\d])")
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


def _is_marked(box: Element) -> bool:
    """Return whether a box is an article by its tag, schema.org, its names or its ``h1``."""
    before = box.getprevious()
    return (
        box.tag == "article"
        or box.get("itemprop") == "articleBody"
        or says(_BODIES, box)
        or (before is not None and before.tag == "h1")
        or box.find("h1") is not None
    )

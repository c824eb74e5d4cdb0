"""The text that a page gives as data, ``articleBody`` or ``text`` of schema.org.

It stands for a page that shows none, and leads to the article on a page that shows more.
"""

import re
from collections import deque
from collections.abc import Iterator
from html import escape, unescape

from lxml import etree

from reader.ingest.extract.hidden import is_unseen
from reader.ingest.extract.linked_data import article_data
from reader.ingest.extract.measure import Element

Shingles = frozenset[tuple[str, ...]]
"""Every three words of a text that follow each other (Broder 1997)."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_LINES = re.compile(r"\s*[\r\n]\s*")
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_SILENT = frozenset({"script", "style", "template", "textarea", "head"})
_IN_A_SHINGLE = 3
_LEAST = 60  # words of a text that is a guide
_NEARLY_ALL = 0.85
_HIDING = ("hidden", "aria-hidden", "style")


def tells_body(html: str) -> bool:
    """Return whether a page gives its text as data, at no great cost."""
    return '"articleBody"' in html or ('"text"' in html and "ld+json" in html)


def told_body(root: Element, address: str) -> str:
    """Return the text of the article that a page gives as data, as HTML, ``""`` if none."""
    data = article_data(root, address)
    text = data.get("articleBody") or data.get("text")
    if not isinstance(text, str):
        return ""
    lines = _LINES.split(unescape(_TAG.sub("\n", text)).strip())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def guide(html: str) -> Shingles:
    """Return the shingles of a text in HTML, none if it has less than about 60 words."""
    made = _shingles(_plain(_plain(html)))  # it may be escaped twice
    return made if len(made) >= _LEAST else frozenset()


def share(told: Shingles, html: str) -> float:
    """Return the share of a text that is in a page or an article."""
    return len(told & _shingles(_plain(html))) / len(told)


def holder(body: Element, told: Shingles) -> Element | None:
    """Return the deepest element with nearly all of a text, None if there is none.

    What hides a part of the text does so no more.
    """
    spans = {each: (count, words) for each, count, words in _spans(body, told)}
    least = _NEARLY_ALL * len(told)
    box = next((each for each, (count, _) in spans.items() if count >= least), None)
    if box is None:
        return None
    within = (each for each in box.iter() if each in spans and 2 * spans[each][0] > spans[each][1])
    for each in [*box.iterancestors(), *within]:
        if is_unseen(each):
            for name in _HIDING:
                each.attrib.pop(name, None)
    return box


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text.lower())
    return frozenset(zip(*(words[start:] for start in range(_IN_A_SHINGLE)), strict=False))


def _spans(body: Element, told: Shingles) -> Iterator[tuple[Element, int, int]]:
    """Yield elements, inner ones first, each with two counts.

    The first is of the shingles that occur in it and not before, the second of its words.
    """
    last: deque[str] = deque(maxlen=_IN_A_SHINGLE)
    seen: set[tuple[str, ...]] = set()
    begun: list[tuple[int, int]] = []
    number = 0

    def read(text: str | None) -> int:
        words = _WORD.findall((text or "").lower())
        for word in words:
            last.append(word)
            if (shingle := tuple(last)) in told:
                seen.add(shingle)
        return len(words)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            begun.append((len(seen), number))
            number += read(None if element.tag in _SILENT else element.text)
        else:
            shingles, words = begun.pop()
            yield element, len(seen) - shingles, number - words
            number += read(element.tail)

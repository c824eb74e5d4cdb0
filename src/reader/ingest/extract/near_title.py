"""The title of a page on the page: its heading and the short lines around it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from reader.ingest.extract.measure import Element, is_data_table, text_of

_TAGS = ("p", "div", "span", "li", "td", "time", "h3", "h4", "h5", "h6", "a", "em")
_LONGEST_LINE = 100
_BEFORE, _BEHIND = 3, 8
_INNER = ("p", "div", "li", "td", "ul", "table")


def lines_near_title(root: Element) -> list[str]:
    """Return the lines behind the first h1 (else h2), then those before it, the nearest first.

    A longer text is ``-``. Tables with data are left out: they are about the subject.
    """
    headings = (element for tag in ("h1", "h2") for element in root.iter(tag))
    heading = next((element for element in headings if text_of(element)), None)
    if heading is None:
        return []
    facts = {element for element in root.iter("table") if is_data_table(element)}
    elements = list(root.iter("h1", "h2", *_TAGS))
    at = elements.index(heading)
    behind = _lines(elements[at + 1 :], {heading, *facts})
    before = _lines(reversed(elements[:at]), facts)
    return [*islice(behind, _BEHIND), *islice(before, _BEFORE)]


def _lines(elements: Iterable[Element], outside: set[Element]) -> Iterator[str]:
    """Yield the lines of elements that are not within those outside."""
    for element in elements:
        if (text := _line_of(element)) and outside.isdisjoint(element.iterancestors()):
            yield text


def _line_of(element: Element) -> str:
    """Return the text of an innermost box, ``-`` if it is longer than a line."""
    if next(element.iterdescendants(*_INNER), None) is not None:
        return ""
    text = text_of(element)
    return text if len(text) <= _LONGEST_LINE else "-"


def words_in(text: str) -> set[str]:
    """Return the words of a text, in lower case."""
    return set(re.findall(r"\w+", text.lower()))


def repeats(head: Element, title_words: set[str]) -> bool:
    """Return whether a heading is the title of a page, but for a few words."""
    said = words_in(text_of(head))
    return bool(said) and len(said & title_words) > 0.75 * max(len(said), len(title_words))

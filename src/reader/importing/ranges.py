"""Ranges of annotations in HTML: an XPath and an offset in its text, as browsers count them."""

import re
from typing import Any, NamedTuple

_STEP = re.compile(r"/([\w:-]+)(?:\[(\d{1,6})\])?")
_PATH = re.compile(r"(?:/[\w:-]+(?:\[\d{1,6}\])?){0,100}")
_AROUND = 60
_CONTEXT = 32
_LARGEST = 5_000_000


class Place(NamedTuple):
    """A place in a page: the path of an element, and the number of characters in it before."""

    path: str
    offset: int = 0


class Page:
    """The text of a page and the beginning of each element in it; it is read if it is needed."""

    def __init__(self, html: str) -> None:
        self._html = html if len(html) <= _LARGEST else ""
        self._root: Any = None
        self._text = ""
        self._starts: dict[Any, int] = {}

    def around(self, quote: str, start: Place, end: Place) -> tuple[str, str, str]:
        """Return the quotation of a range, and the words before and behind it.

        A quotation that is given counts; the words around it are only returned if the range has it.
        """
        first, last = self._place(start), self._place(end)
        if first is None or last is None or last < first:
            return quote, "", ""
        words = self._text[first:last]
        if quote and "".join(words.split()) != "".join(quote.split()):
            return quote, "", ""
        prefix = " ".join(self._text[max(0, first - _AROUND) : first].split())[-_CONTEXT:]
        suffix = " ".join(self._text[last : last + _AROUND].split())[:_CONTEXT]
        return quote or words.strip(), prefix, suffix

    def _place(self, place: Place) -> int | None:
        """Return the number of characters before a place, None if the page has none such."""
        if not place.path or not _PATH.fullmatch(place.path) or not self._is_read():
            return None
        element = self._root
        for name, number in _STEP.findall(place.path):
            if name.startswith("text"):
                break
            alike = [child for child in element if child.tag == name.lower()]
            at = int(number or 1) - 1
            if not 0 <= at < len(alike):
                return None
            element = alike[at]
        return self._starts[element] + place.offset

    def _is_read(self) -> bool:
        if self._root is None and self._html.strip():
            from lxml import etree, html

            try:
                self._root = html.fragment_fromstring(self._html, create_parent="div")
            except (etree.LxmlError, ValueError, AssertionError):
                self._html = ""
                return False
            self._measure()
        return self._root is not None

    def _measure(self) -> None:
        from lxml import etree

        parts: list[str] = []
        length = 0
        for event, element in etree.iterwalk(self._root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._starts[element] = length
                words = element.text
            else:
                words = None if element is self._root else element.tail
            if words:
                parts.append(words)
                length += len(words)
        self._text = "".join(parts)

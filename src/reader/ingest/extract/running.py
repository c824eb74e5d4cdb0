"""Running text: the lines of a page that are long enough to be read and do not lead elsewhere."""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from reader.ingest.extract.measure import INLINE, Element

_LINES = (
    "p", "li", "pre", "dd", "td", "blockquote", "div", "section", "article", "main", "body",
    "figcaption", "button", "noscript", "form", "center",
)  # fmt: skip
_ELSEWHERE = frozenset(
    {"a", "nav", "script", "style", "template", "select", "textarea", "svg", "head", "footer",
     "aside", "dialog"}
)  # fmt: skip
_WITHIN = INLINE - _ELSEWHERE - {"noscript", "button", "iframe", "label"}
_LEAST = 60  # characters of a line
_ENOUGH = 250  # characters of a page
_string = etree.XPath("string()", smart_strings=False)


class Running:
    """The number of characters of running text in each element of a page."""

    def __init__(self, body: Element) -> None:
        self._body = body
        self._sizes: dict[Element, int] = defaultdict(int)
        for line in body.iter(*_LINES):
            self._add(line)

    def _add(self, line: Element) -> None:
        size = _size(line)
        if size < _LEAST:
            return
        around = [line]
        while around[-1] is not self._body and (above := around[-1].getparent()) is not None:
            around.append(above)
        if not any(each.tag in _ELSEWHERE for each in around):
            for each in around:
                self._sizes[each] += size

    def of(self, element: Element) -> int:
        """Return the number of characters of running text in an element."""
        return self._sizes.get(element, 0)

    def share(self, element: Element) -> float:
        """Return the share of the running text of the page that an element holds."""
        whole = self.of(self._body)
        return self.of(element) / whole if whole >= _ENOUGH else 0.0

    def holders(self, share: float) -> Iterator[Element]:
        """Yield the boxes, except the whole page, that hold at least such a share."""
        yield from (
            each for each in self._sizes if each is not self._body and self.share(each) >= share
        )

    def forget(self, element: Element) -> None:
        """Take the running text of an element that is removed from the boxes around it."""
        size = self.of(element)
        if size:
            self._sizes[element] = 0
            for each in element.iterancestors():
                self._sizes[each] -= size


def _size(line: Element) -> int:
    """Return the number of characters in an element itself, outside links; 0 if it is short."""
    pieces = [line.text or ""]
    for child in line:
        if child.tag in _WITHIN:
            pieces.append(str(_string(child)) if len(child) else child.text or "")
        pieces.append(child.tail or "")
    text = "".join(pieces)
    return len(" ".join(text.split())) if len(text) >= _LEAST else 0

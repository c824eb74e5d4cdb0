"""The text of code as it is seen: one line for each box of a line, none doubled."""

import re
from itertools import pairwise

from reader.ingest.extract.measure import Element

_BOXES = frozenset("div p li tr ol ul table tbody section pre".split())
_LINES = re.compile(
    r"(?:^|[\s_-])(?:(?:token|code|view|cm|codemirror|ace|crayon)[-_])?line(?:$|\s)"
)
_FEWEST = 2
_GONE = frozenset({"script", "style", "button", "textarea", "select"})


def text_of_lines(code: Element) -> str:
    """Return the text of an element whose lines may be boxes, line breaks or both."""
    writer = _Writer(spans=has_line_spans(code))
    writer.inside(code)
    return "".join(writer.parts)


def has_line_spans(code: Element) -> bool:
    """Return whether each line is a span and nothing else parts it from the next one."""
    lines = [each for each in code.iterdescendants("span", "code") if _is_line(each)]
    if len(lines) < _FEWEST or next(code.iter("br"), None) is not None:
        return False
    texts = ("".join(line.itertext()) + (line.tail or "") for line in lines[:-1])
    return not any("\n" in text for text in texts)


def _is_line(element: Element) -> bool:
    if _LINES.search((element.get("class") or "").lower()):
        return True
    parent = element.getparent()
    return element.tag == "code" and parent is not None and parent.tag == "pre"


class _Writer:
    """Writes text; ``spans`` means that spans named lines are boxes too."""

    def __init__(self, *, spans: bool) -> None:
        self.parts: list[str] = []
        self._spans = spans

    def _is_fresh(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")

    def inside(self, element: Element) -> None:
        """Write the contents of an element; white space between boxes is not seen."""
        if mark := element.get("data-code-marker"):
            self.parts.append(mark)  # of a line that was added or removed
        self._text(element.text, between=len(element) > 0 and self._is_box(element[0]))
        for child, following in pairwise([*element, None]):
            if child is None or not isinstance(child.tag, str):
                continue
            self._element(child)
            apart = self._is_box(child) and (following is None or self._is_box(following))
            self._text(child.tail, between=apart)

    def _is_box(self, element: Element) -> bool:
        if element.tag in _BOXES:
            return True
        return self._spans and element.tag in ("span", "code") and _is_line(element)

    def _text(self, text: str | None, *, between: bool) -> None:
        if text and not (between and not text.strip()):
            self.parts.append(text)

    def _element(self, element: Element) -> None:
        if element.tag in _GONE:
            return
        if element.tag == "br":
            self.parts.append("\n")
            return
        if not self._is_box(element):
            self.inside(element)
            return
        if not self._is_fresh():
            self.parts.append("\n")
        before = len(self.parts)
        self.inside(element)
        if len(self.parts) == before or not self._is_fresh():
            self.parts.append("\n")

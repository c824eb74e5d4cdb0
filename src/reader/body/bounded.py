"""Bounds that keep Python-Markdown linear.

It scans a paragraph once for each character that may begin a construct. Those beyond the bound are
shown as they are written: no word is lost. Each block is read by itself.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import ETX, STX, AtomicString

_SIGNS = "[]()!<>&*_~=^`\\{@$%"
_WORK = 1_000_000
_MOST_SIGNS, _FEWEST_SIGNS = 300, 4
_BRACKET = re.compile(r"[\[\]()]")
_DEEPEST_BRACKETS = 30
_OWN = re.compile(f"{STX}[^{ETX}]*{ETX}")
"""Placeholders that Python-Markdown has already put into the text."""


class Lines(InlineProcessor):
    """Reads the lines of one block of a text after the other, not of all of them at once."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read the lines of a tree."""
        for block in tree:
            holder = Element(tree.tag)
            holder.append(block)
            super().run(holder, ancestors)
        return tree


class Signs(Treeprocessor):
    """Limits how many special characters of a paragraph are parsed, depending on its length."""

    def run(self, root: Element) -> None:
        """Escape the signs beyond the bound."""
        for element in root.iter():
            element.text = _bounded(element.text)
            element.tail = _bounded(element.tail)


def _bounded(text: Any) -> Any:
    if not text or isinstance(text, AtomicString) or len(text) <= _MOST_SIGNS:
        return text
    if text.count("[") > _DEEPEST_BRACKETS:
        text = _with_brackets_closed(text, max(2, min(_DEEPEST_BRACKETS, _WORK // len(text))))
    most = max(_FEWEST_SIGNS, min(_MOST_SIGNS, 4 * _WORK // len(text)))
    for sign in _SIGNS:
        if text.count(sign) > most:
            text = _with_sign_escaped(text, sign, most)
    return text


def _escaped(sign: str) -> str:
    return f"{STX}{ord(sign)}{ETX}"


def _with_brackets_closed(text: str, deepest: int) -> str:
    """Return the text with brackets escaped that are unclosed or nest too deep."""
    open_: list[int] = []
    bad: set[int] = set()
    for match in _BRACKET.finditer(text):
        if match[0] in "[(":
            (bad.add if len(open_) >= deepest else open_.append)(match.start())
        elif open_:
            open_.pop()
    bad.update(open_)
    return "".join(_escaped(sign) if place in bad else sign for place, sign in enumerate(text))


def _with_sign_escaped(text: str, sign: str, most: int) -> str:
    """Return the text with a character escaped after its first ``most`` occurrences."""
    own = {x for match in _OWN.finditer(text) for x in range(match.start(), match.end())}
    parts = text.split(sign)
    pieces = [parts[0]]
    place = len(parts[0])
    for count, part in enumerate(parts[1:]):
        pieces += (sign if count < most or place in own else _escaped(sign), part)
        place += 1 + len(part)
    return "".join(pieces)

"""The tags of loose markup, such as lists of bookmarks, in linear time.

It is made for files that no parser of HTML reads to their end: elements are never closed and nest a
hundred thousand deep, and addresses contain quotation marks and ampersands that are not escaped.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"<(/?[A-Za-z][\w:-]*+)((?:[^<]++|<(?!/?[A-Za-z]))*+)")
_ATTRIBUTE = re.compile(r"(?<![^\s\"'])([A-Za-z_][\w:.-]*)\s*=\s*(?:([\"'])|(?=[^\s\"'>]))")
_PAIR = re.compile(r"([A-Za-z_][\w:.-]*)=\"([^\"]*)\"")
_PAIRS = re.compile(r"(?:\s++[A-Za-z_][\w:.-]*+=\"[^\"]*+\")*+\s*/?")
"""Attributes as nearly all programs write them."""
_EMPTY = re.compile(r"(?<=[\s\"'])/\s*\Z")
_END = re.compile(r"[\"']\s*/?>")
_NAMED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_SPACES = 20
_LONGEST = 200_000
"""The characters of a tag; what is longer has a picture in it."""


class Tag(NamedTuple):
    """A tag: its name in small letters, with ``/`` if it ends an element; and the text behind it.

    ``line`` is that of the file. Attributes are read when they are asked for; their values are
    as they stand in the file.
    """

    name: str
    inside: str
    text: str
    line: int

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes by name in small letters; of two alike, the first."""
        return _attributes(self.inside)

    @property
    def is_empty(self) -> bool:
        """Return whether the element has no end of its own, as in XML."""
        return self.inside.rstrip().endswith("/")


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a text."""
    line, counted = 1, 0
    for match in _TAG.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        inside, behind = _cut(match[2])
        yield Tag(match[1].lower(), inside, behind, line)


def value(raw: str) -> str:
    """Return the value of an attribute; an ampersand that is not escaped stays as it is."""
    return _NAMED.sub(lambda match: unescape(match[0]), raw) if "&" in raw else raw


def words(text: str) -> str:
    """Return text between tags as it is displayed."""
    return unescape(text) if "&" in text else text


def _cut(rest: str) -> tuple[str, str]:
    """Return the inside of a tag and the text behind it.

    If a quotation is open at the first bracket, it ends at one behind a quotation mark.
    """
    inside, _, behind = rest.partition(">")
    if inside.count('"') % 2 and (end := _END.search(rest, len(inside))):
        return rest[: end.end() - 1], rest[end.end() :]
    return inside, behind


def _attributes(inside: str) -> dict[str, str]:
    """Return attributes: a quoted value ends at the mark before the next attribute."""
    if _PAIRS.fullmatch(inside):
        return {name.lower(): value for name, value in reversed(_PAIR.findall(inside))}
    inside = _EMPTY.sub("", inside[:_LONGEST])
    found: dict[str, str] = {}
    open_name, mark, start = "", "", 0
    for match in _ATTRIBUTE.finditer(inside):
        at = match.start()
        if mark and not inside[max(start, at - _SPACES) : at].rstrip().endswith(mark):
            continue  # it stands in a value
        before = inside[start:at].rstrip()
        found.setdefault(open_name, before[: -len(mark)] if mark else before)
        open_name, mark, start = match[1].lower(), match[2] or "", match.end()
    found.setdefault(open_name, inside[start:].rstrip().removesuffix(mark or "\0"))
    found.pop("", None)
    return found

"""The headings of an article, read from its canonical HTML without parsing the rest."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from reader.body.blocks import words_of
from reader.body.caveats import start_of_blocks

_HEADING = re.compile(r'<h([1-6])(?: id="[^"]*")?>(.*?)</h\1>', re.DOTALL)
_PICTURE = re.compile(r'<img\b[^>]*? alt="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 1000


class Headline(NamedTuple):
    """A heading: its text in one line, and the number of headings that it stands below."""

    text: str
    depth: int = 0


def headlines(html: str) -> list[Headline]:
    """Return the headings of canonical HTML in order, also those in quotes, lists and notes."""
    found, above = list[Headline](), list[str]()
    for level, inner in _HEADING.findall(html, start_of_blocks(html)):
        while above and above[-1] >= level:
            above.pop()
        found.append(Headline(_words(inner), len(above)))
        above.append(level)
    return found


def block_of(html: str, number: int) -> int:
    """Return the number of the top-level block that a heading is in."""
    start = start_of_blocks(html)
    match = next(islice(_HEADING.finditer(html, start), number, None))
    return html.count("\n", start, match.start())


def ends(found: Sequence[Headline]) -> list[int]:
    """Return for each heading the number of the first one that is not below it."""
    last, open_ = [len(found)] * len(found), list[int]()
    for number, headline in enumerate(found):
        while open_ and found[open_[-1]].depth >= headline.depth:
            last[open_.pop()] = number
        open_.append(number)
    return last


def _words(inner: str) -> str:
    if "<" in inner:
        inner = _PICTURE.sub(lambda picture: f" {words_of(picture[1])} ", inner)
        inner = _TAG.sub("", inner)
    if "&" in inner:
        from html import unescape  # its tables of entities would slow down each start

        inner = unescape(inner)
    return " ".join(inner[:_LONGEST].split())

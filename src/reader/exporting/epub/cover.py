"""The cover of a book: the lead picture of its article, else its title, drawn."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from reader.exporting.epub.package import Chapter
from reader.exporting.xhtml import text
from reader.ingest import draw
from reader.resources import resource

_WIDE, _HIGH = 1200, 1600
_ROOM = 960
_LONGEST = 300
_SIZES = ((110, 5), (88, 7), (70, 9), (56, 12))
"""The sizes of a title, and how many lines of each fit."""

_COVERS = (".jpg", ".png")


class Cover(NamedTuple):
    """The file of a cover."""

    name: str
    data: bytes


def cover_of(title: str, chapters: Sequence[Chapter], pictures: Mapping[str, Path]) -> Cover:
    """Return the cover of a book: a picture if it has one article with a picture for it."""
    if len(chapters) == 1:
        lead = pictures.get(chapters[0].article.lead)
        if lead is not None and lead.suffix in _COVERS:
            return Cover(f"cover{lead.suffix}", lead.read_bytes())
    below = _below(chapters)
    drawing = _drawing(_cut(" ".join(title.split()), _LONGEST) or "Article", below)
    made = draw.render("svg", drawing.encode(errors="replace"), resource("fonts"))
    return (
        Cover("cover.png", made) if made else Cover("cover.svg", drawing.encode(errors="replace"))
    )


def _below(chapters: Sequence[Chapter]) -> str:
    if len(chapters) > 1:
        return f"{len(chapters)} articles"
    article = chapters[0].article
    return article.byline or article.site


def _drawing(title: str, below: str) -> str:
    size, lines = _fitted(title)
    top = 560 - len(lines) * size * 0.6
    words = "".join(
        f'<text x="600" y="{top + number * size * 1.2:.0f}" font-family="Literata" '
        f'font-weight="700" font-size="{size}" fill="#1f2328" text-anchor="middle">'
        f"{text(each)}</text>"
        for number, each in enumerate(lines)
    )
    name = _cut(below, 46)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{_HIGH}" '
        f'viewBox="0 0 {_WIDE} {_HIGH}"><rect width="{_WIDE}" height="{_HIGH}" fill="#f6f2ea"/>'
        f'<rect x="60" y="60" width="{_WIDE - 120}" height="{_HIGH - 120}" fill="none" '
        f'stroke="#0b57b0" stroke-width="4"/>{words}'
        f'<rect x="540" y="1240" width="120" height="4" fill="#0b57b0"/>'
        f'<text x="600" y="1330" font-family="Inter" font-size="40" fill="#57606a" '
        f'text-anchor="middle">{text(name)}</text></svg>'
    )


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits, and its lines."""
    for size, most in _SIZES:
        lines = _lines(title, _ROOM / size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], _cut(lines[most - 1], len(lines[most - 1]) - 1, always=True)]


def _lines(title: str, room: float) -> list[str]:
    """Break a title into lines of ``room`` em."""
    lines, line = [], ""
    for word in title.split(" "):
        while _width(word) > room:  # such as a title in Chinese, or an address
            fits = max(1, sum(width <= room for width in accumulate(map(_width, word))))
            lines += [*filter(None, [line]), word[:fits]]
            line, word = "", word[fits:]
        joined = f"{line} {word}".strip()
        if _width(joined) > room:
            lines.append(line)
            joined = word
        line = joined
    return [*lines, line] if line else lines


def _width(words: str) -> float:
    return sum(0.56 if ord(sign) < 0x2E80 else 1.0 for sign in words)


def _cut(words: str, most: int, *, always: bool = False) -> str:
    return f"{words[:most].rstrip()}…" if always or len(words) > most else words

"""Words marked with ``==`` in Markdown, which are the highlights of other programs.

A footnote that is referred to directly behind a mark is the note on it.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice
from typing import NamedTuple

from reader.entries import COLOURS, Highlight

_FENCE = re.compile(r" {0,3}(?:> ?)*(`{3,}|~{3,})")
_TICKS = re.compile(r"`+")
_TARGET = re.compile(r"\]\([^()\s]*\)?|https?://[^\s<>]+")
_SIGN = re.compile(r"(?<!=)==(?!=)")
_BLANK = re.compile(r"\n[ \t>]*\n")
_REFERENCE = re.compile(r"(?:[*_]{1,3}|~~)? ?\[\^([^\]\s]{1,80})\]")
_DEFINITION = re.compile(
    r"^\[\^([^\]\s]{1,80})\]:[ \t]*(.*(?:\n(?:[ \t]*\n)*(?: {2,}|\t).*)*)\n?", re.M
)
_LINK = re.compile(
    r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|(!?)\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"
)
_NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]")
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`[^`\n]+`)")
_STYLE = re.compile(r"(?<!\\)(?:\*{1,3}|__|~~|==|`+)|(?<![\w\\])_(?=\S)|(?<=\S)_(?!\w)")
_LINE_START = re.compile(
    r"^[ \t]*(?:(?:>|#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+)+(?:\[[ xX]\][ \t]|\[![\w-]+\][+-]?)?", re.M
)
_MOST = 5_000
"""The marks of a text that become highlights; further ones stay in it."""
_AROUND = 60
_CONTEXT = 32
_OTHER_COLOURS = {"red": "pink", "orange": "yellow", "violet": "purple", "cyan": "blue"}


def colour(name: object) -> str:
    """Return the colour of a highlight that is nearest to that of another program."""
    wanted = name.strip().lower() if isinstance(name, str) else ""
    wanted = _OTHER_COLOURS.get(wanted, wanted)
    return wanted if wanted in COLOURS else COLOURS[0]


class Marked(NamedTuple):
    """Marked words: ``start`` and ``end`` enclose the signs and the reference to the note."""

    start: int
    end: int
    inner: str
    note: str = ""

    @property
    def quote(self) -> str:
        """Return the words as they are read."""
        return plain(self.inner)


def marks(text: str) -> Iterator[Marked]:
    """Yield the marked words of a Markdown text, without those in code and addresses."""
    hidden = masked(text)
    start = -1
    for sign in _SIGN.finditer(hidden):
        opens = hidden[sign.end() : sign.end() + 1].strip() != ""
        closes = hidden[sign.start() - 1 : sign.start()].strip() != "" and sign.start() > 0
        if start >= 0 and _BLANK.search(hidden, start, sign.start()):
            start = -1
        if start >= 0 and closes:
            reference = _REFERENCE.match(hidden, sign.end())
            end = reference.end() if reference else sign.end()
            inner = text[start + 2 : sign.start()]
            yield Marked(start, end, inner, reference[1] if reference else "")
            start = -1
        elif opens:
            start = sign.start()


def highlights(text: str) -> tuple[str, tuple[Highlight, ...]]:
    """Return a Markdown text without its marks, and its highlights with their notes.

    Footnotes stay, because they may be those of the article.
    """
    found = list(islice(marks(text), _MOST))
    if not found:
        return text, ()
    notes = {name: plain(words) for name, words in _DEFINITION.findall(text)}
    taken = tuple(
        Highlight(
            each.quote,
            notes.get(each.note, ""),
            prefix=_before(text, each.start),
            suffix=_behind(text, each.end),
        )
        for each in found
        if each.quote
    )
    return without(text, lambda _: True), taken


def without(
    text: str, is_highlight: Callable[[str], bool], is_note: Callable[[str], bool] | None = None
) -> str:
    """Return a text without the marks of highlights, and without the footnotes that note them."""
    found = [each for each in islice(marks(text), _MOST) if is_highlight(each.quote)]
    named = dict(_DEFINITION.findall(text)) if is_note else {}
    dropped = {each.note for each in found if is_note and is_note(plain(named.get(each.note, "")))}
    parts, at = [], 0
    for each in found:
        kept = text[each.start : each.end].rpartition("==")[2]
        kept = _NOTE.sub("", kept).rstrip() if each.note in dropped else kept
        parts += [text[at : each.start], each.inner, kept]
        at = each.end
    left = "".join((*parts, text[at:]))
    if not dropped:
        return left
    return _DEFINITION.sub(lambda match: "" if match[1] in dropped else match[0], left)


def plain(text: str) -> str:
    """Return Markdown as the words that are read, for comparison."""
    if "[" in text:
        text = _LINK.sub(_words_of_link, _NOTE.sub("", text))
    parts = _CODE.split(_LINE_START.sub("", text))
    parts[::2] = [_STYLE.sub("", part) for part in parts[::2]]
    text = "".join(part.strip("`") for part in parts)
    if "<" in text:
        text = _ELEMENT.sub("", text)
    return " ".join(unescape(_ESCAPED.sub(r"\1", text)).split())


def _words_of_link(match: re.Match[str]) -> str:
    return match[1] or ("" if match[2] else match[3] or "")


def _before(text: str, at: int) -> str:
    _, gap, inner = text[max(0, at - _AROUND) : at].rpartition("\n\n")
    is_cut = not gap and at > _AROUND
    return plain(inner.partition(" ")[2] if is_cut else inner)[-_CONTEXT:]


def _behind(text: str, at: int) -> str:
    inner, gap, _ = text[at : at + _AROUND].partition("\n\n")
    is_cut = not gap and at + _AROUND < len(text)
    return plain(inner.rpartition(" ")[0] if is_cut else inner)[:_CONTEXT]


def masked(text: str) -> str:
    """Return a Markdown text of the same length with other signs in place of code and addresses."""
    lines = text.split("\n")
    fence = ""
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence or match:
            lines[at] = "x" * len(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
    hidden = _TARGET.sub(lambda match: "x" * len(match[0]), "\n".join(lines))
    return _without_code(hidden)


def _without_code(text: str) -> str:
    """Return a text with other signs in place of the code between equal runs of backticks."""
    runs = list(_TICKS.finditer(text))
    following: dict[int, int] = {}
    partner = [-1] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        length = len(runs[at][0])
        partner[at] = following.get(length, -1)
        following[length] = at
    parts, done, at = [], 0, 0
    while at < len(runs):
        other = partner[at]
        if other < 0 or _BLANK.search(text, runs[at].end(), runs[other].start()):
            at += 1
            continue
        start, end = runs[at].start(), runs[other].end()
        parts += [text[done:start], "x" * (end - start)]
        done, at = end, other + 1
    return "".join((*parts, text[done:]))

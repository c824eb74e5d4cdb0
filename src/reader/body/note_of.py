"""A note of an article, read from its canonical HTML without the rest of it."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from reader.body.blocks import (
    Block,
    Callout,
    Definitions,
    Figure,
    List,
    Note,
    Paragraph,
    Quote,
    Text,
)
from reader.body.from_html import parts

_SIGN = re.compile(
    r"[\[(]?(?:\d{1,3}[a-z]?|[*†‡§¶#]{1,3}|(?:n|nb|note|fn)\.? ?\d{1,3})[\])]?"
    r"|[\[(](?:[a-z]|[ivxlc]{1,6})[\])]",
    re.IGNORECASE,
)
"""The text of a link that marks a note: a number, a sign, or a letter in brackets."""

_LONGEST = 600


class Found(NamedTuple):
    """A note: the place of the article at which it stands, and its blocks."""

    place: str
    blocks: tuple[Block, ...]


def note_of(html: str, name: str, sign: str) -> Found | None:
    """Return the note that a link within an article leads to, None if it leads elsewhere.

    ``name`` is the place that the link names, ``sign`` its text. Notes that Reader has recognized
    are found by their place. A paragraph counts as a note if it is short, stands below the link,
    and the link has the form of a mark.
    """
    if name.startswith("n-") and (note := _note(html, name[2:])):
        return Found(name, note.blocks)
    if not _SIGN.fullmatch(sign.strip()):
        return None
    at, mark = html.find(f' id="{escape(name)}"'), html.find(f'href="#{escape(name)}"')
    if not 0 <= mark < at:
        return None
    for each in _paragraphs(parts(_line(html, at))):
        if each.anchor == name:
            text = "".join(run.text for run in each.runs if isinstance(run, Text)).strip()
            is_note = len(sign.strip()) < len(text) <= _LONGEST
            return Found(name, (each._replace(anchor=""),)) if is_note else None
    return None


def _note(html: str, name: str) -> Note | None:
    at = html.find(f'<div role="doc-endnote" id="{escape(name)}">')
    if at < 0:
        return None
    return next((each for each in parts(_line(html, at)) if isinstance(each, Note)), None)


def _line(html: str, at: int) -> str:
    """Return the line at a place: canonical HTML has one top-level block on each."""
    end = html.find("\n", at)
    return html[html.rfind("\n", 0, at) + 1 : end if end >= 0 else None]


def _paragraphs(blocks: Iterable[Block | Note]) -> Iterator[Paragraph]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Quote() | Callout() | Figure() | Note():
                yield from _paragraphs(block.blocks)
            case List() | Definitions():
                for item in block.items:
                    yield from _paragraphs(item.blocks)
            case _:
                pass

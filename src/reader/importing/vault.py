"""The links between the notes of a vault, as Obsidian shows them: embedded notes, and titles."""

import re
from collections.abc import Callable

from reader.importing.marks import masked

_EMBED = re.compile(
    r"^[ \t]*!\[\[([^\[\]|#\n]{1,300})(#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\][ \t]*$", re.M
)
_LINK = re.compile(r"(?<!!)\[\[[^\[\]|#\n]*/([^\[\]|#/\n]+)(?=[\]|#])")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_MOST = 100
"""The embedded notes of a text; further ones stay names."""
_LONGEST = 100_000

Find = Callable[[str], str]
"""Returns the text of the note that a name means, ``""`` if there is none."""


def shown(text: str, find: Find) -> str:
    """Return a note with the notes that it embeds as quotations, and its links without folders.

    Notes that are embedded by embedded ones stay names.
    """
    if "[[" not in text:
        return text
    hidden = masked(text)
    parts, at, left = [], 0, _MOST
    for match in _EMBED.finditer(hidden):
        inner = find(match[1].strip()) if left else ""
        if match[2] and inner:
            inner = _section(inner, match[2])
        if inner.strip():
            parts += [text[at : match.start()], _quoted(match[1], inner[:_LONGEST])]
            at, left = match.end(), left - 1
    return _with_titles("".join((*parts, text[at:])))


def _with_titles(text: str) -> str:
    """Return a note whose links have no folders; code stays as it is."""
    parts, at = [], 0
    for match in _LINK.finditer(masked(text)):
        parts += [text[at : match.start(1)].removesuffix(text[match.start() + 2 : match.start(1)])]
        at = match.start(1)
    return "".join((*parts, text[at:]))


def _quoted(name: str, text: str) -> str:
    title = name.strip().rpartition("/")[2].removesuffix(".md")
    lines = [f"**{title}**", "", *text.strip("\n").split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def _section(text: str, place: str) -> str:
    """Return the text below a heading, or the paragraph that has a name (``#^name``)."""
    wanted = place.rpartition("#")[2].strip()
    if wanted.startswith("^"):
        named = (part for part in text.split("\n\n") if part.rstrip().endswith(wanted))
        return next(named, "").rstrip().removesuffix(wanted)
    lines = text.split("\n")
    level, found = 0, list[str]()
    for line in lines:
        heading = _HEADING.fullmatch(line)
        if heading and level and len(heading[1]) <= level:
            break
        if level:
            found.append(line)
        elif heading and heading[2].casefold() == wanted.casefold():
            level = len(heading[1])
    return "\n".join(found)

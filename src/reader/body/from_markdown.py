"""Read a body from Markdown, through the HTML that Python-Markdown produces.

Raw HTML in it is treated as safely as any page. Input that the parser cannot handle, such as
thousands of nested quotes, is shown as plain paragraphs: nothing is lost.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reader.body import clean
from reader.body.blocks import MAX_LIST_DEPTH, Body, Paragraph, Text
from reader.body.from_html import FindPicture, from_html, library_picture

_EXTENSIONS = [
    "tables", "footnotes", "def_list", "attr_list", "md_in_html", "sane_lists", "abbr",
    "pymdownx.highlight", "pymdownx.superfences",
    "pymdownx.tasklist", "pymdownx.tilde", "pymdownx.mark",
    "pymdownx.magiclink",
]  # fmt: skip
_SETTINGS: dict[str, dict[str, Any]] = {
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.magiclink": {"hide_protocol": False},
}
_OF_MARKDOWN = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]*\bmarkdown\b[^<>]*>")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ITEM = re.compile(r"^( *)([-*+]|\d{1,9}[.)]) +\S")
_LARGE = 200_000
_PORTION = 100_000
_GIANT_LINE = 2 * _PORTION
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]: *\S.*$", re.M)
_REFERENCE = re.compile(r"\[([^\]\[\n]{1,200})\]")

_log = logging.getLogger(__name__)


def from_markdown(text: str, *, picture: FindPicture = library_picture, address: str = "") -> Body:
    """Return the body of a Markdown text without front matter."""
    text = clean.text(text).expandtabs(4)
    if len(text) <= _LARGE:
        return _read(text, picture, address, whole=True)
    bodies = [_read(portion, picture, address) for portion in _portions(text)]
    notes = {note.name: note for body in bodies for note in body.notes}
    return Body(tuple(block for body in bodies for block in body.blocks), tuple(notes.values()))


def _read(text: str, picture: FindPicture, address: str, *, whole: bool = False) -> Body:
    try:
        html = _html(text)
    except Exception:  # its parser fails on some input, such as thousands of nested elements
        _log.info("a text is shown plain, because its Markdown could not be parsed")
        return _plain(text)
    return from_html(html, picture=picture, address=address, whole=whole)


def _portions(text: str) -> Iterator[str]:
    """Yield a very long text in parts, each with the definitions that it refers to.

    Python-Markdown scans the whole text repeatedly, which would block the window for seconds and
    take a gigabyte. A part ends outside of lists, quotes and code, or at any line if there is no
    such place.
    """
    defined = {match[1]: match[0] for match in _DEFINITION.finditer(text)}
    everywhere = {*_REFERENCE.findall(_DEFINITION.sub("", text))}
    gathered: list[str] = []
    size, fence = 0, ""
    for line in _lines(text):
        if gathered and not fence and _may_end(size, gathered[-1], line):
            yield from _with_definitions("\n".join(gathered), defined, everywhere)
            gathered, size = [], 0
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        gathered.append(line)
        size += len(line) + 1
    yield from _with_definitions("\n".join(gathered), defined, everywhere)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; very long ones are split between words if possible."""
    for line in text.split("\n"):
        start = 0
        while len(line) - start > _GIANT_LINE:
            end = line.rfind(" ", start + _PORTION, start + _GIANT_LINE)
            if end < 0:
                break  # most likely an embedded picture
            yield line[start:end]
            start = end + 1
        yield line[start:] if start else line


def _may_end(size: int, before: str, line: str) -> bool:
    if size + len(line) > _GIANT_LINE:
        return True
    apart = size > _PORTION and not before.strip() and line.strip()
    return bool(apart) and line[0] not in " >-*+" and not line[0].isdigit()


def _with_definitions(part: str, defined: dict[str, str], everywhere: set[str]) -> Iterator[str]:
    """Yield a part with the definitions it uses, without those at its end that only others use."""
    used = {*_REFERENCE.findall(_DEFINITION.sub("", part))}
    kept, others = part.split("\n"), everywhere - used
    while kept and (not kept[-1].strip() or _defines(kept[-1], others)):
        kept.pop()
    there = {*kept}
    missing = [defined[name] for name in sorted(used & {*defined}) if defined[name] not in there]
    if kept:
        yield "\n\n".join(["\n".join(kept), *missing])


def _defines(line: str, names: set[str]) -> bool:
    match = _DEFINITION.fullmatch(line)
    return match is not None and match[1] in names


def _html(text: str) -> str:
    import markdown

    from reader.body.bounded import Bounded

    return markdown.markdown(
        _with_ends(_with_four_spaces(text)),
        extensions=[*_EXTENSIONS, Bounded()],
        extension_configs=_SETTINGS,
    )


def _with_ends(text: str) -> str:
    """Return the text with the missing end tags of its elements that contain Markdown.

    Python-Markdown loses the content of an element that is not closed.
    """
    names = {name.lower() for name in _OF_MARKDOWN.findall(text)}
    ends = []
    for name in sorted(names):
        begun = len(re.findall(rf"<{name}(?=[\s>])", text, re.IGNORECASE))
        ends += [f"</{name}>"] * (begun - text.lower().count(f"</{name}"))
    return "\n\n".join([text, *ends]) if ends else text


def _plain(text: str) -> Body:
    paragraphs = re.split(r"\n[>\s]*\n", text)
    texts = (" ".join(paragraph.replace(">", " ").split()) for paragraph in paragraphs)
    return Body(tuple(Paragraph((Text(paragraph),)) for paragraph in texts if paragraph))


def _with_four_spaces(text: str) -> str:
    """Indent the contents of list items by four spaces a level, as Python-Markdown requires.

    Authors and CommonMark align them with the text of the item. A list right after a paragraph gets
    the empty line that Python-Markdown requires.
    """
    lines: list[str] = []
    items: list[_Item] = []
    fence, moved, apart = "", 0, True
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            lines.append("")
            apart = True
            continue
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        else:
            item, inside = _ITEM.match(line), bool(items)
            if item or apart or indent:
                items = [open_item for open_item in items if open_item.holds(indent)]
            moved = _shift(items, indent, bool(item))
            if item and not apart and _needs_gap(item, lines[-1], inside):
                lines.append("")
            if item:
                items.append(_Item(indent, indent + len(item[2]) + 1))
            fence = mark[1] if mark else ""
        lines.append(_moved(line, moved))
        apart = False
    return "\n".join(lines)


def _needs_gap(item: re.Match[str], before: str, inside: bool) -> bool:
    if _ITEM.match(before):
        return False
    # In the middle of a paragraph, only the number 1 begins a list.
    return inside or not item[2][0].isdigit() or item[2][:-1] == "1"


class _Item(NamedTuple):
    """An open list item: the columns of its marker and of its text."""

    sign: int
    text: int

    def holds(self, indent: int) -> bool:
        """Return whether a line with this indent belongs to the item."""
        return indent >= min(self.text, self.sign + 2)


def _shift(items: list[_Item], indent: int, is_item: bool) -> int:
    if not items:
        return -indent if is_item and indent < 4 else 0
    depth = min(len(items), MAX_LIST_DEPTH)  # deeper items move up
    inside = items[0].sign // 4 * 4 + 4 * depth  # a list may stand in a note or a definition
    if is_item:
        return inside - indent
    return inside - min(items[-1].text, indent)


def _moved(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]

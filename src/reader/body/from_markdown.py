"""Markdown becomes a body, by way of the HTML that Python-Markdown makes of it.

Raw HTML in it is read as safely as any page. What its parser cannot bear (thousands of
nested quotes) is shown as plain paragraphs: nothing is lost.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reader.body import clean
from reader.body.blocks import Body, Paragraph, Text
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
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ITEM = re.compile(r"^( *)([-*+]|\d{1,9}[.)]) +\S")
_LARGE = 1_000_000
_PORTION = 200_000
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]: *\S.*$", re.M)
_REFERENCE = re.compile(r"\[([^\]\[\n]{1,200})\]")
_BRACKET = re.compile(r"[\[\]()]")
_MANY_BRACKETS = 500
_DEEP_BRACKETS = 30
_DEEP = re.compile(r"^(?:\s{0,3}>\s?){40,}", re.M)


def from_markdown(text: str, *, picture: FindPicture = library_picture, address: str = "") -> Body:
    """Return what Markdown text (without front matter) says."""
    text = clean.text(text).expandtabs(4)
    if len(text) <= _LARGE:
        return _read(text, picture, address, whole=True)
    bodies = [_read(each, picture, address) for each in _portions(text)]
    notes = {note.name: note for body in bodies for note in body.notes}
    return Body(tuple(block for body in bodies for block in body.blocks), tuple(notes.values()))


def _read(text: str, picture: FindPicture, address: str, *, whole: bool = False) -> Body:
    if _DEEP.search(text):
        return _plain(text)
    try:
        html = _html(text)
    except RecursionError:
        return _plain(text)
    return from_html(html, picture=picture, address=address, whole=whole)


def _portions(text: str) -> Iterator[str]:
    """Yield a giant text in parts, each with the definitions that it refers to.

    Python-Markdown goes over the whole text again and again, which would hold up the
    window for seconds and take a gigabyte. Parts end where no list, quote or code goes on.
    """
    defined = {match[1]: match[0] for match in _DEFINITION.finditer(text)}
    gathered: list[str] = []
    size, fence = 0, ""
    for line in text.split("\n"):
        ended = size > _PORTION and not fence and gathered and not gathered[-1].strip()
        if ended and line.strip() and line[0] not in " >-*+" and not line[0].isdigit():
            yield _with_definitions("\n".join(gathered), defined)
            gathered, size = [], 0
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        gathered.append(line)
        size += len(line) + 1
    yield _with_definitions("\n".join(gathered), defined)


def _with_definitions(part: str, defined: dict[str, str]) -> str:
    used = {name for name in _REFERENCE.findall(part) if name in defined}
    missing = [defined[name] for name in sorted(used) if defined[name] not in part]
    return "\n\n".join([part, *missing])


def _html(text: str) -> str:
    import markdown

    return markdown.markdown(
        _with_brackets_closed(_with_four_spaces(text)),
        extensions=_EXTENSIONS,
        extension_configs=_SETTINGS,
    )


def _plain(text: str) -> Body:
    paragraphs = re.split(r"\n[>\s]*\n", text)
    said = (" ".join(each.replace(">", " ").split()) for each in paragraphs)
    return Body(tuple(Paragraph((Text(each),)) for each in said if each))


def _with_brackets_closed(text: str) -> str:
    """Write brackets that nothing closes as entities, where there are very many.

    Python-Markdown looks for the end of each to the end of the paragraph.
    """
    blocks = text.split("\n\n")
    return "\n\n".join(
        _closed(block) if block.count("[") > _MANY_BRACKETS else block for block in blocks
    )


def _closed(block: str) -> str:
    open_: list[int] = []
    bad: set[int] = set()
    for match in _BRACKET.finditer(block):
        sign, place = match[0], match.start()
        if sign in "[(":
            (bad.add if len(open_) > _DEEP_BRACKETS else open_.append)(place)
        elif open_:
            open_.pop()
    bad.update(open_)
    return "".join(f"&#{ord(sign)};" if place in bad else sign for place, sign in enumerate(block))


def _with_four_spaces(text: str) -> str:
    """Indent what belongs to list items by four spaces a level, as Python-Markdown wants it.

    People (and CommonMark) indent it to where the text of the item begins. A list right
    after a paragraph gets the empty line that Python-Markdown needs.
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
                items = [each for each in items if each.holds(indent)]
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
    # In the middle of a paragraph, a number begins a list only where it is 1.
    return inside or not item[2][0].isdigit() or item[2][:-1] == "1"


class _Item(NamedTuple):
    """An open list item: the columns of its sign and of its text."""

    sign: int
    text: int

    def holds(self, indent: int) -> bool:
        """Return whether a line with this indent belongs to it."""
        return indent >= min(self.text, self.sign + 2)


def _shift(items: list[_Item], indent: int, is_item: bool) -> int:
    if not items:
        return -indent if is_item and indent < 4 else 0
    if is_item:
        return 4 * len(items) - indent
    return 4 * len(items) - min(items[-1].text, indent)


def _moved(line: str, by: int) -> str:
    if by >= 0:
        return " " * by + line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]

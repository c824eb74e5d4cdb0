"""The blocks of CommonMark and GFM, as a block parser of Python-Markdown.

A line continues the containers that are open, then begins others, and the rest of it is text:
the method of https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy. Python-Markdown reads
the text of lines. The dialects of other tools add their own beginnings (``markdown_dialects``).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from reader.body import markdown_html, markdown_paragraph
from reader.body.blocks import MAX_DEPTH

TAKEN = "\n"
"""Returned by a beginning that took all of its line."""

_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: +|$|(?<=##)(?=[^\W\d_]))(.*)")
_CLOSING = re.compile(r"(?:^| +)#+ *$")
_RULE = re.compile(r" {0,3}(?:(?:- *+){3,}+|(?:\* *+){3,}+|(?:_ *+){3,}+)$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_ITEM = re.compile(r"( {0,3})([-+*]|(\d{1,9})[.)])( +|$)")
_ANY_ITEM = re.compile(r" *([-+*]|\d{1,9}[.)]) ")
_FENCE = re.compile(r"( {0,3})(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,100})\]: *")
_MEANING = re.compile(r" {0,3}: +(?=\S)")
_LANGUAGE = re.compile(r"[{ .]*([\w+#-][\w+#.-]*)")
_CODE_COLUMNS = 4


@dataclass(slots=True)
class Open:
    """An open container: its element, its kind, and the column at which its contents begin."""

    element: Element
    kind: str
    indent: int = 0
    column: int = 0
    sign: str = ""


@dataclass(slots=True)
class Leaf:
    """The open block at the end: a paragraph, code, a fence, HTML or a formula."""

    kind: str
    lines: list[str] = field(default_factory=list)
    end: re.Pattern[str] | None = None
    indent: int = 0
    info: str = ""
    ended: bool = False

    def takes(self, line: str) -> bool:
        """Take a line that belongs to the block without any mark; return whether it does."""
        blank = not line.strip()
        if self.kind == "paragraph" or (self.kind == "html" and self.end is None and blank):
            return False
        if self.kind == "code":
            if not blank and columns(line) < _CODE_COLUMNS:
                return False
            self.lines.append(line[_CODE_COLUMNS:])
            return True
        self.ended = self.end is not None and self.end.search(line) is not None
        if self.kind != "fence":
            self.lines.append(line)
        elif not self.ended:
            self.lines.append(line[min(self.indent, columns(line)) :])
        return True


Begin: TypeAlias = "Callable[[Blocks, str, int], str | None]"
"""Begins a block with the rest of a line in the containers before a number.

Returns the rest of the line for the contents, ``TAKEN``, or None if no such block begins.
"""


class Blocks(BlockParser):
    """The block parser; ``begins`` are the beginnings by the first character of a line."""

    def __init__(self, md: Markdown, begins: dict[str, tuple[Begin, ...]]) -> None:
        super().__init__(md)
        self._begins = {
            sign: (*begins.get(sign, ()), *_BEGINS.get(sign, ())) for sign in {*begins, *_BEGINS}
        }
        self.open: list[Open] = []
        self.leaf: Leaf | None = None
        self.notes: dict[str, Element] = {}
        self.lines: list[str] = []
        self.at = 0
        self._signs: dict[Element, str] = {}
        self._last: dict[re.Pattern[str], int] = {}

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Return the tree of a whole text."""
        self.root = Element(self.md.doc_tag)
        self.open, self.leaf, self.notes = [Open(self.root, "document")], None, {}
        self.lines = list(lines)
        for number, line in enumerate(self.lines):
            self.at = number
            self._read(line)
        self.parent(1)
        self._end_notes()
        return ElementTree(self.root)

    def _end_notes(self) -> None:
        if self.notes:
            section = SubElement(self.root, "section", {"role": "doc-endnotes"})
            SubElement(section, "ol").extend(self.notes.values())

    def note(self, text: str) -> str:
        """Add a note that stands in its line, and return its name."""
        if not self.notes:
            SubElement(SubElement(self.root, "section", {"role": "doc-endnotes"}), "ol")
        name = f"^{len(self.notes)}"
        self.notes[name] = SubElement(self.root[-1][0], "li", {"id": f"fn:{name}"})
        SubElement(self.notes[name], "p").text = text
        return name

    # ---- one line

    def _read(self, line: str) -> None:
        kept, rest = self._continued(line)
        if self.leaf is not None and kept == len(self.open) and self.leaf.takes(rest):
            if self.leaf.ended:
                self.close_leaf()
            return
        if self.leaf is not None and self.leaf.kind != "paragraph" and kept == len(self.open):
            self.close_leaf()
        while (left := self._begun(rest, kept)) is not None:
            if left is TAKEN:
                return
            kept, rest = len(self.open), left
        self._text(rest, kept)

    def _continued(self, line: str) -> tuple[int, str]:
        """Return how many open containers a line continues, and the rest of it inside of them."""
        kept = 1
        for container in self.open[1:]:
            left = self._inside(container, line)
            if left is None:
                break
            line, kept = left, kept + 1
        return kept, line

    def _inside(self, container: Open, line: str) -> str | None:
        if container.kind == "quote":
            match = _QUOTE.match(line)
            return line[match.end() :] if match else None
        if container.kind == "fenced":
            return line
        if not line.strip():
            empty = len(container.element) == 0 and self.leaf is None and container.kind == "item"
            return None if empty else ""
        wide = columns(line)
        if wide >= container.indent:
            return line[container.indent :]
        if container.kind == "item" and wide >= container.column + 2:
            match = _ANY_ITEM.match(line)  # CommonMark wants more below a number; people do not
            if match and match[1][-1] != container.sign:
                return line[wide:]
        return None

    def _begun(self, line: str, kept: int) -> str | None:
        stripped = line.lstrip(" ")
        if not stripped:
            return None
        if len(line) - len(stripped) >= _CODE_COLUMNS:
            if self.leaf is not None and self.leaf.kind == "paragraph":
                return None
            self.begin_leaf(Leaf("code", [line[_CODE_COLUMNS:]]), kept)
            return TAKEN
        for begin in self._begins.get(stripped[0], ()):
            left = begin(self, line, kept)
            if left is not None:
                return left
        return None

    def _text(self, line: str, kept: int) -> None:
        if not line.strip():
            self.close_to(kept)
            self.close_leaf()
        elif self.leaf is not None and self.leaf.kind == "paragraph":
            self.leaf.lines.append(line.lstrip(" "))  # also in a container that it leaves
        else:
            self.begin_leaf(Leaf("paragraph", [line.lstrip(" ")]), kept)

    # ---- for what begins

    def continues_paragraph(self, kept: int) -> bool:
        """Return whether a line in these containers would continue a paragraph."""
        return self.leaf is not None and self.leaf.kind == "paragraph" and kept == len(self.open)

    def parent(self, kept: int) -> Element:
        """Close all but some containers, and return the element of the last of those."""
        self.close_to(kept)
        self.close_leaf()
        return self.open[-1].element

    def begin(self, container: Open) -> None:
        """Open a container; its parent has been closed to."""
        self.open.append(container)

    def begin_leaf(self, leaf: Leaf, kept: int) -> None:
        """Open a block of lines in the containers before a number."""
        self.parent(kept)
        self.leaf = leaf

    def has_below(self, end: re.Pattern[str]) -> bool:
        """Return whether a pattern is in this line or in one below it."""
        if end not in self._last:
            found = [number for number, line in enumerate(self.lines) if end.search(line)]
            self._last[end] = found[-1] if found else -1
        return self._last[end] >= self.at

    def is_full(self) -> bool:
        """Return whether no further container may be opened."""
        return len(self.open) > MAX_DEPTH

    def raw(self, html: str, parent: Element) -> None:
        """Add HTML as it is."""
        SubElement(parent, "p").text = AtomicString(self.md.htmlStash.store(html))

    def item(self, sign: str, number: str, kept: int) -> Element:
        """Return a new item in the list that the last element is, else in a new one."""
        parent = self.parent(kept)
        last = parent[-1] if len(parent) else None
        if last is None or self._signs.get(last) != sign:
            last = SubElement(parent, "ol" if number else "ul")
            self._signs[last] = sign
            if number:
                last.set("start", str(int(number)))
        return SubElement(last, "li")

    # ---- the end of blocks

    def close_to(self, kept: int) -> None:
        """Close the containers from a number on, and the block of lines inside of them."""
        if kept < len(self.open):
            self.close_leaf()
            del self.open[kept:]

    def close_leaf(self) -> None:
        """Close the block of lines."""
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return
        parent = self.open[-1].element
        if leaf.kind == "paragraph":
            markdown_paragraph.add(self.md, parent, leaf.lines)
        elif leaf.kind == "html":
            self.raw("\n".join(leaf.lines), parent)
        elif leaf.kind == "formula" or leaf.info == "math":
            SubElement(parent, "p").text = AtomicString(_formula(leaf))
        elif leaf.kind in ("code", "fence"):
            self.raw(_code(leaf), parent)


def columns(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _formula(leaf: Leaf) -> str:
    text = "\n".join(leaf.lines).strip()
    if text.startswith("\\["):
        text = text[2:-2].strip()
    return text if text.startswith("$$") else f"$$\n{text}\n$$"


def _code(leaf: Leaf) -> str:
    match = _LANGUAGE.match(leaf.info)
    kind = f' class="language-{escape(match[1])}"' if match else ""
    return f"<pre><code{kind}>{escape(chr(10).join(leaf.lines))}\n</code></pre>"


# ---- what begins


def _quote(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _QUOTE.match(line)
    if match is None:
        return None
    if blocks.is_full():
        return line.lstrip(" >") if blocks.leaf is None else None
    blocks.begin(Open(SubElement(blocks.parent(kept), "blockquote"), "quote"))
    return line[match.end() :]


def _heading(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _HEADING.match(line)
    below = blocks.lines[blocks.at + 1] if "|" in line and blocks.at + 1 < len(blocks.lines) else ""
    if match is None or ("|" in below and markdown_paragraph.is_ruler(below)):
        return None
    text = _CLOSING.sub("", match[2]).strip()
    markdown_paragraph.add_heading(blocks.parent(kept), len(match[1]), text)
    return TAKEN


def _underlined(blocks: Blocks, line: str, kept: int) -> str | None:
    if not blocks.continues_paragraph(kept) or not _UNDERLINE.match(line):
        return None
    leaf = blocks.leaf
    if leaf is None or not (lines := markdown_paragraph.without_definitions(blocks.md, leaf.lines)):
        return None
    blocks.leaf = None
    level = 1 if line.strip()[0] == "=" else 2
    markdown_paragraph.add_heading(blocks.open[-1].element, level, "\n".join(lines))
    return TAKEN


def _rule(blocks: Blocks, line: str, kept: int) -> str | None:
    if not _RULE.match(line):
        return None
    SubElement(blocks.parent(kept), "hr")
    return TAKEN


def _fence(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _FENCE.match(line)
    if match is None:
        return None
    marks, info = match[2] or match[4], match[3] or match[5] or ""
    end = re.compile(rf"^ {{0,3}}{marks[0]}{{{len(marks)},}} *$")
    blocks.begin_leaf(Leaf("fence", [], end, len(match[1]), info.strip()), kept)
    return TAKEN


def _html(blocks: Blocks, line: str, kept: int) -> str | None:
    kind = markdown_html.begun(line, blocks.continues_paragraph(kept))
    if kind is None or (kind.end and not blocks.has_below(kind.end)):
        return None  # without its end, it would swallow all of the text
    blocks.begin_leaf(Leaf("html", [line], kind.end), kept)
    if kind.is_one_line(line):
        blocks.close_leaf()
    return TAKEN


def _item(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _ITEM.match(line)
    if match is None or blocks.is_full():
        return None
    text = line[match.end() :]
    if blocks.continues_paragraph(kept) and (not text or match[3] not in (None, "1")):
        return None  # in the middle of a paragraph, only the number 1 begins a list
    sign, spaces = match[2], len(match[4])
    wide = match.end(2) + (spaces if text and spaces <= _CODE_COLUMNS else 1)
    element = blocks.item(sign[-1], match[3] or "", kept)
    blocks.begin(Open(element, "item", wide, len(match[1]), sign[-1]))
    return line[wide:]


def _note(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _NOTE.match(line)
    if match is None or blocks.is_full():
        return None
    blocks.parent(kept)
    name = match[1]
    note = blocks.notes.setdefault(name, Element("li", {"id": f"fn:{name}"}))
    blocks.begin(Open(note, "note", _CODE_COLUMNS))
    return line[match.end() :]


def _meaning(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _MEANING.match(line)
    if match is None or blocks.is_full():
        return None
    element = markdown_paragraph.definition(blocks.parent(kept))
    if element is None:
        return None
    blocks.begin(Open(element, "definition", min(match.end(), _CODE_COLUMNS)))
    return line[match.end() :]


_BEGINS: dict[str, tuple[Begin, ...]] = {
    ">": (_quote,),
    "#": (_heading,),
    "=": (_underlined,),
    "-": (_underlined, _rule, _item),
    "*": (_rule, _item),
    "_": (_rule,),
    "+": (_item,),
    "`": (_fence,),
    "~": (_fence,),
    "<": (_html,),
    "[": (_note,),
    ":": (_meaning,),
    **dict.fromkeys("0123456789", (_item,)),
}

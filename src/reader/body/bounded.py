"""Bounds that keep Python-Markdown linear.

Its parser scans a block once for each level of nesting, and a paragraph once for each character
that may begin a construct. Anything beyond the bounds is shown as it is written: no word is lost.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

from reader.body.blocks import MAX_COLUMNS, MAX_DEPTH

_ALONE = re.compile(
    r"^(?: {0,3}#{1,6}[^#\n].*"  # a heading
    r"|.+\n {0,3}(?:=+|-+) *"  # an underlined heading
    r"| {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})"  # a rule
    r"|(?P<begins> {0,3}\*?\[[^\]\n]+\]:.*))$",  # a definition, which may continue
    re.M,
)
_MANY_ALONE = 20
_LONGEST_BLOCK = 50_000
_SIGNS = "[]()!<>&*_~=^`\\{@"
_WORK = 1_000_000
_MOST_SIGNS, _FEWEST_SIGNS = 300, 4
_BRACKET = re.compile(r"[\[\]()]")
_DEEPEST_BRACKETS = 30
_ENDLESS = re.compile(r"<(?=[a-zA-Z!?/][^<>]*+(?:<|\Z))")
_MANY_ENDLESS = 300
_OWN = re.compile(f"{STX}[^{ETX}]*{ETX}")
"""Placeholders that Python-Markdown has already put into the text."""


class Bounded(Extension):
    """An extension with all bounds; it must be registered last."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the bounds."""
        blocks = md.parser.blockprocessors
        blocks.register(_Blocks(md.parser), "bounded", 200)
        config = {"use_align_attribute": True}
        blocks.register(_Table(md.parser, config), "table", 75)
        md.preprocessors.register(_Endless(md), "bounded", 21)
        md.treeprocessors.register(_Signs(md), "bounded", 20.5)
        md.treeprocessors.deregister("abbr")  # a body has no place for their meanings
        md.ESCAPED_CHARS += [sign for sign in ":@" if sign not in md.ESCAPED_CHARS]


class _Blocks(BlockProcessor):
    """Treats blocks that nest too deep as text, and splits blocks that are too long."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return (
            len(self.parser.state) > MAX_DEPTH
            or len(block) > _LONGEST_BLOCK
            or (block.count("\n") > _MANY_ALONE and len(_ALONE.findall(block)) > _MANY_ALONE)
        )

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        block = blocks.pop(0)
        if len(self.parser.state) > MAX_DEPTH:
            self._as_text(parent, block)
            return None
        parts = list(_parted(block))
        if len(parts) < 2:
            blocks.insert(0, block)
            return False
        blocks[:0] = parts
        return None

    def _as_text(self, parent: Element, block: str) -> None:
        lines = (line.lstrip(" >") for line in block.split("\n"))
        SubElement(parent, "p").text = AtomicString("\n".join(lines))


def _parted(block: str) -> Iterator[str]:
    """Yield the parts of a block: each heading, rule and definition alone, and no part too long."""
    start = 0
    for match in _ALONE.finditer(block):
        yield from _cut(block[start : match.start()])
        start = match.start()
        if match["begins"] is None:
            yield match[0]
            start = match.end()
    yield from _cut(block[start:])


def _cut(text: str) -> Iterator[str]:
    text = text.strip("\n")
    while len(text) > _LONGEST_BLOCK and not _is_table(text):
        end = text.find("\n", _LONGEST_BLOCK // 2)
        if end < 0:
            break
        yield text[:end]
        text = text[end + 1 :]
    if text.strip():
        yield text


def _is_table(text: str) -> bool:
    second = text.split("\n", 2)[1:2]
    return bool(second) and "|" in second[0] and set(second[0]) <= set("|:- ")


class _Table(TableProcessor):
    """A table that is not padded: superfluous cells join the last one.

    A head of empty cells is how Markdown writes a table without one.
    """

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows = blocks[0].strip("\n").count("\n") - 1
        super().run(parent, blocks)
        table = parent[-1]
        for part, is_written in zip([*table], (_has_text(table[0]), rows > 0), strict=True):
            if not is_written:
                table.remove(part)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        line = SubElement(parent, "tr")
        written: list[str] = self._split_row(row)  # type: ignore[attr-defined]  # not in the stubs
        cells = [text.strip(" ") for text in written]
        most = min(len(align), MAX_COLUMNS)
        if len(cells) > most:
            cells[most - 1 :] = [" ".join(filter(None, cells[most - 1 :]))]
        for text, where in zip(cells, align, strict=False):
            cell = SubElement(line, "th" if parent.tag == "thead" else "td")
            cell.text = text
            if where:
                cell.set("align", where)


def _has_text(part: Element) -> bool:
    return any(cell.text for cell in part.iter("th"))


class _Endless(Preprocessor):
    """Treats unclosed tags as text; otherwise the parser searches for the end of each."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if text.count("<") <= _MANY_ENDLESS or len(_ENDLESS.findall(text)) <= _MANY_ENDLESS:
            return lines
        return _ENDLESS.sub(_escaped("<"), text).split("\n")


class _Signs(Treeprocessor):
    """Limits how many special characters of a paragraph are parsed, depending on its length."""

    def run(self, root: Element) -> None:
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

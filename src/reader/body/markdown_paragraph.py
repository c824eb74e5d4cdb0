"""The lines of a paragraph of Markdown: definitions of links, a table, terms, a task, words."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from reader.body.blocks import MAX_COLUMNS

_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
_REFERENCE = re.compile(
    r"\[(?!\^)((?:[^\\\[\]]|\\.){1,999})\]: *\n? *(?:<((?:[^<>\\\n]|\\.)*)>|([^\s<]\S*))"
    rf"(?:(?: +| *\n *)({_TITLE}))? *(?:\n|\Z)",
    re.DOTALL,
)
_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]: ?.*(?:\n|\Z)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ATTRIBUTES = re.compile(r"\{:? *((?:[#.][\w:-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}]+)| +)+)\}")
_NAME = re.compile(r"(?:^|\s)#([\w:.-]+)")
_SIDE = re.compile(r"\b(width|height)=[\"']?([\d.]+(?:px)?)(?=[\"'\s]|$)")
_RULER = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_PLACE = re.compile(r"(?:^|\s)\^([a-zA-Z0-9-]+)\s*$")
_PROPERTY = re.compile(r"id:: [0-9a-f-]{36}|collapsed:: (?:true|false)")
"""What Logseq notes below the words of a block."""

_CONTENTS = re.compile(r"\[(?:\[_?)?toc(?:_?\])?\]", re.IGNORECASE)
"""Where other tools put a table of contents."""

_INSIDE = re.compile(
    r"(?<!\\)(?:\{\{[<%] *(?:rel)?ref +\"(?P<ref>[^\"]*)\" *[>%]\}\}"
    r"|\{%-? *(?:link|post_url) +(?P<post>\S+) *-?%\}"
    r"|\{\{-? *[\"'](?P<words>[^\"'{}]*)[\"'] *\|[^{}]*\}\}|\{\{-? *(?:site|page)\.[^{}]*\}\}"
    r"|\{\{[<%][^{}]*[>%]\}\}|\{%-? *(?:end)?(?:raw|include|if|else)\b[^{}]*%\}"
    r")"
)
_TICKS = re.compile("`+")
_LONGEST = 50_000


def add(md: Markdown, parent: Element, lines: list[str]) -> None:
    """Add the lines of a paragraph to an element as text, a table or definitions."""
    lines = without_definitions(md, without_commands("\n".join(lines)).split("\n"))
    lines = [line for at, line in enumerate(lines) if not at or not _PROPERTY.fullmatch(line)]
    head = _ruled(lines)
    if head:
        add(md, parent, lines[: head - 1])
        _add_table(parent, lines[head - 1 :])
    elif lines:
        for part in parted("\n".join(lines).rstrip()):
            _add_text(parent, part)


def parted(text: str) -> Iterator[str]:
    """Yield a text in parts that Python-Markdown can read, cut between lines."""
    while len(text) > _LONGEST and (end := text.find("\n", _LONGEST // 2)) >= 0:
        yield text[:end]
        text = text[end + 1 :]
    yield text


def without_definitions(md: Markdown, lines: list[str]) -> list[str]:
    """Return the lines without the definitions at their begin, which are remembered."""
    text, at = "\n".join(lines), 0
    while match := _REFERENCE.match(text, at) or _ABBREVIATION.match(text, at):
        if match.re is _REFERENCE:
            label = name_of(match[1])
            link = match[3] if match[2] is None else match[2]
            title = (match[4] or "")[1:-1]
            if label:
                md.references.setdefault(label, (_ESCAPED.sub(r"\1", link), title))
        at = match.end()
    return text[at:].split("\n") if at < len(text) else []


def name_of(label: str) -> str:
    """Return the name that a label of a link stands for."""
    return " ".join(label.casefold().split())


def add_heading(parent: Element, level: int, text: str) -> None:
    """Add a heading; attributes at its end, as of Pandoc and Hugo, can name it."""
    heading = SubElement(parent, f"h{level}")
    if text.endswith("}") and (match := _ATTRIBUTES.fullmatch(text, max(0, text.rfind("{")))):
        text = text[: match.start()].rstrip()
        if name := _NAME.search(match[1]):
            heading.set("id", name[1])
    heading.text = text


def without_attributes(element: Element) -> None:
    """Remove attributes in braces after an element; a size is that of the element."""
    match = _ATTRIBUTES.match(element.tail or "")
    if match is not None:
        element.tail = (element.tail or "")[match.end() :]
        for side, size in _SIDE.findall(match[1]):
            element.set(side, size)


def _add_text(parent: Element, text: str) -> None:
    if not text or _CONTENTS.fullmatch(text):
        return
    paragraph = SubElement(parent, "p")
    task = _TASK.match(text) if parent.tag == "li" and len(parent) == 1 else None
    if place := _PLACE.search(text):
        paragraph.set("id", f"^{place[1]}")
        text = text[: place.start()]
    if task is None:
        paragraph.text = text
        return
    box = SubElement(paragraph, "input", {"type": "checkbox"})
    if task[1] != " ":
        box.set("checked", "checked")
    box.tail = text[task.end() :]


def definition(parent: Element) -> Element | None:
    """Return the element of a definition whose terms are the paragraph before, None without one."""
    last = parent[-1] if len(parent) else None
    if last is None or last.tag not in ("p", "dl") or (last.tag == "p" and not last.text):
        return None
    if last.tag == "dl":
        return SubElement(last, "dd")
    parent.remove(last)
    before = parent[-1] if len(parent) else None
    list_ = before if before is not None and before.tag == "dl" else SubElement(parent, "dl")
    for term in (last.text or "").split("\n"):
        SubElement(list_, "dt").text = term.strip()
    return SubElement(list_, "dd")


# ---- tables


def _ruled(lines: list[str]) -> int:
    """Return the number of the line that makes its lines a table, 0 if there is none."""
    for number, line in enumerate(lines[1:], 1):
        if is_ruler(line) and ("|" in line or "|" in lines[number - 1]):
            wide, head = len(cells_of(line)), len(cells_of(lines[number - 1]))
            if head == wide or (wide > 1 and head > 1):
                return number
    return 0


def is_ruler(line: str) -> bool:
    """Return whether a line can stand below the head of a table."""
    return "-" in line and _RULER.fullmatch(line) is not None


def _add_table(parent: Element, lines: list[str]) -> None:
    sides = [_side(cell) for cell in cells_of(lines[1])][:MAX_COLUMNS]
    table = SubElement(parent, "table")
    head = cells_of(lines[0])
    if any(head):  # empty cells are how a table without a head is written
        _add_row(SubElement(table, "thead"), "th", head, sides)
    if len(lines) > 2:
        body = SubElement(table, "tbody")
        for line in lines[2:]:
            _add_row(body, "td", cells_of(line), sides)


def _add_row(parent: Element, name: str, cells: list[str], sides: list[str]) -> None:
    row = SubElement(parent, "tr")
    if len(cells) > len(sides):  # superfluous cells join the last one
        cells = [*cells[: len(sides) - 1], " ".join(filter(None, cells[len(sides) - 1 :]))]
    for text, side in zip(cells, sides, strict=False):
        cell = SubElement(row, name, {"align": side} if side else {})
        cell.text = text


def _side(ruler: str) -> str:
    left, right = ruler.startswith(":"), ruler.endswith(":")
    return "center" if left and right else "left" if left else "right" if right else ""


def cells_of(line: str) -> list[str]:
    """Return the cells of a row; ``\\|`` is a pipe, as is one within code."""
    line = line.strip().removeprefix("|")
    cells = [""]
    for piece in _pieces(line):
        if piece == "|":
            cells.append("")
        else:
            cells[-1] += piece.replace("\\|", "|")
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [cell.strip() for cell in cells]


_PIECE = re.compile(r"\\.|`+|\||[^\\`|]+|\\")


def _pieces(line: str) -> Iterator[str]:
    at = 0
    while match := _PIECE.match(line, at):
        at = match.end()
        if match[0][0] == "`" and (end := _closed(line, match)):
            at = end
        yield line[match.start() : at]


def _closed(line: str, ticks: re.Match[str]) -> int:
    """Return the end of the code that ticks begin, 0 if they begin none."""
    return next((x.end() for x in _TICKS.finditer(line, ticks.end()) if x[0] == ticks[0]), 0)


# ---- commands of Hugo, Jekyll and kramdown


def without_commands(text: str) -> str:
    """Return the text of a paragraph without commands in braces, except in code."""
    if "{{" not in text and "{%" not in text and "{:" not in text:
        return text
    parts, at = "", 0
    for ticks in _TICKS.finditer(text):
        if ticks.start() >= at and (end := _closed(text, ticks)):
            parts += _INSIDE.sub(_meant, text[at : ticks.start()]) + text[ticks.start() : end]
            at = end
    return parts + _INSIDE.sub(_meant, text[at:])


def _meant(match: re.Match[str]) -> str:
    return match["ref"] or match["post"] or match["words"] or ""

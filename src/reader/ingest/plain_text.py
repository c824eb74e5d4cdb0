"""Plain text: its paragraphs, and the metadata in its head."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr
from html import escape
from itertools import groupby, pairwise

from reader.body import clean
from reader.body.blocks import MAX_DEPTH
from reader.ingest.metadata import Metadata, iso_date

_HEAD_LINES = 40
_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+){0,3}): +(\S.*)")
_TITLE, _AUTHOR, _DATE = ("title", "subject"), ("author", "from"), ("date",)
_CENTRED = re.compile(r" {8,}\S")
_HEAD_BLOCKS = 4
_UNDERLINE = re.compile(r"[ ]*([=*~-])\1{2,}[ ]*")
_LONGEST_HEADING = 100
_WRAPPED = 45
_LONGEST_WRAPPED = 240
_ROOM = 0.85
"""The part of the widest line up to which a line can be full: people wrap by eye as well."""

_ITEM = re.compile(r" {0,3}(?:[-*+•] +|(\d{1,4})[.)] +)(?=\S)")
_DRAWN = re.compile(r"\S {3,}\S|^\s*[|+].*[|+]\s*$|[─-╿]|\S\t+\S")
_EMPHASIS = re.compile(r"(?<!\w)_(?=[^\s_])([^_]{1,500})(?<=[^\s_])_(?!\w)")
_SENTENCE_ENDS = re.compile(r"[.,;:!?…—–\-][\"'”’»)\]]*$")
_OPENINGS = frozenset("\"'“‘«„([—–")
_BOOK_STARTS = re.compile(r"^\*\*\* ?START OF TH(?:E|IS) PROJECT GUTENBERG.*$", re.M | re.I)
_BOOK_ENDS = re.compile(
    r"^(?:\*\*\* ?END OF TH(?:E|IS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg).*$",
    re.M | re.I,
)
_PAGE_BREAK = re.compile(
    r"(?P<before>\S)[ \t]*(?:\n\s*[^\n]*\[Page \d+\][ \t]*)?\n*\f\n?"
    r"(?:RFC [^\n]*\n|[^\n]{0,200} {3,}[^\n]*\n)?\s*(?P<after>\S)"
)
_BLANK = re.compile(r"\n[ \t]*\n")


def about_text(text: str) -> Metadata:
    """Return the metadata from fields at the head of a text, or from a centred line there.

    Books of Project Gutenberg, e-mails and RFCs begin like this.
    """
    head = text[: _HEAD_LINES * 200].split("\n", _HEAD_LINES)[:_HEAD_LINES]
    matches = [match for match in map(_FIELD.fullmatch, map(str.rstrip, head)) if match]
    fields = {match[1].lower(): match[2] for match in reversed(matches)}
    if len(fields) < 2:
        return Metadata(title=_centred("\n".join(head)))
    return Metadata(
        title=_said(fields, _TITLE),
        byline=_person(_said(fields, _AUTHOR)),
        published_at=iso_date(_said(fields, _DATE)),
    )


def _said(fields: dict[str, str], names: tuple[str, ...]) -> str:
    raw = next((fields[name] for name in names if name in fields), "")
    try:
        return clean.line(str(make_header(decode_header(raw))))
    except (HeaderParseError, LookupError, ValueError):
        return clean.line(raw)


def _person(value: str) -> str:
    name, address = parseaddr(value)
    return (name or address or value) if "@" in value else value


def _centred(head: str) -> str:
    """Return a separate centred line below the first lines of a text."""
    blocks = [x for x in _BLANK.split(head) if x.strip()][:_HEAD_BLOCKS]
    if not blocks or "\n" not in blocks[0].strip("\n"):
        return ""
    for block in blocks[1:]:
        line = block.strip("\n")
        if "\n" not in line and _CENTRED.match(line) and len(line.strip()) <= _LONGEST_HEADING:
            return clean.line(line)
    return ""


def as_html(text: str) -> str:
    """Return plain text as HTML; wrapped lines become paragraphs again."""
    text = _PAGE_BREAK.sub(_over_page, text) if "\f" in text else text
    return _blocks(_without_licence(clean.text(text).replace("\t", "    ")))


def _blocks(text: str, depth: int = 0) -> str:
    blocks = (part for block in _BLANK.split(text) for part in _parted(block))
    return "\n".join(_block(part, depth) for part in blocks if part.strip())


def _over_page(match: re.Match[str]) -> str:
    """Return what joins the text on both sides of a page break: nothing within a sentence."""
    ends, goes_on = match["before"], match["after"]
    within = ends.isalnum() or ends == ","
    return f"{ends}\n{goes_on}" if within and goes_on.islower() else f"{ends}\n\n{goes_on}"


def _without_licence(text: str) -> str:
    """Return a book of Project Gutenberg without its head and licence."""
    start, end = _BOOK_STARTS.search(text), _BOOK_ENDS.search(text)
    if start is None:
        return text
    return text[start.end() : end.start() if end and end.start() > start.end() else len(text)]


def _parted(block: str) -> list[str]:
    """Return the paragraphs of a block, and what it quotes, each by itself."""
    lines = block.strip("\n").split("\n")
    quoted = [line.startswith(">") for line in lines]
    if any(quoted) and not all(quoted):
        groups = groupby(zip(quoted, lines, strict=True), key=lambda each: each[0])
        return ["\n".join(line for _, line in group) for _, group in groups]
    if max(map(len, lines)) > _LONGEST_WRAPPED:
        return lines  # a paragraph in each line
    indented = [line.startswith("  ") for line in lines]
    if not indented[0] or all(indented) or block.lstrip("\n").startswith(" " * 8):
        return [block]
    return re.split(r"\n(?= {2,}\S)", block)


def _block(block: str, depth: int) -> str:
    lines = block.strip("\n").split("\n")
    if len(lines) == 2 and len(lines[0]) <= _LONGEST_HEADING and _UNDERLINE.fullmatch(lines[1]):
        level = 2 if lines[1].strip()[0] in "-~" else 1
        return f"<h{level}>{escape(lines[0].strip())}</h{level}>"
    if len(lines) > 1 and all(line.startswith("    ") for line in lines):
        return f"<pre>{escape(chr(10).join(line[4:] for line in lines))}</pre>"
    if depth < MAX_DEPTH and all(line.startswith(">") for line in lines):
        inner = "\n".join(line[1:].removeprefix(" ") for line in lines)
        return f"<blockquote>{_blocks(inner, depth + 1)}</blockquote>" if inner.strip() else ""
    if _is_drawn(lines):
        return f"<pre>{escape(chr(10).join(lines))}</pre>"
    return _list(lines) or f"<p>{_joined(lines)}</p>"


def _is_drawn(lines: list[str]) -> bool:
    """Return whether lines are a table that is drawn with spaces or signs."""
    drawn = sum(1 for line in lines if _DRAWN.search(line))
    return len(lines) > 1 and drawn * 4 >= len(lines) * 3


def _list(lines: list[str]) -> str:
    """Return the list that lines are, ``""`` if they are none."""
    signs = [_ITEM.match(line) for line in lines]
    if signs[0] is None or sum(1 for sign in signs if sign) < 2:
        return ""
    items: list[list[str]] = []
    for line, sign in zip(lines, signs, strict=True):
        if sign and bool(sign[1]) == bool(signs[0][1]):
            items.append([line[sign.end() :]])
        else:
            items[-1].append(line)
    name, start = ("ol", f' start="{int(signs[0][1])}"') if signs[0][1] else ("ul", "")
    return f"<{name}{start}>{''.join(f'<li>{_joined(item)}</li>' for item in items)}</{name}>"


def _joined(lines: list[str]) -> str:
    """Return lines as the text of a paragraph: wrapped ones as one, those of verse each alone."""
    joint = " " if _is_wrapped([line.strip() for line in lines]) else "<br>"
    text = joint.join(escape(line.strip()) for line in lines)
    return _EMPHASIS.sub(r"<em>\1</em>", text)


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether most lines end only because the next word has no room in them."""
    if len(lines) < 2 or _is_verse(lines):
        return False
    wide = max(_WRAPPED, *(len(line) for line in lines)) * _ROOM
    full = [len(line) + 1 + len(after.split(" ")[0]) > wide for line, after in pairwise(lines)]
    return (
        sum(full) * 4 >= len(full) * 3
        if len(full) > 2
        else all(len(line) >= _WRAPPED for line in lines[:-1])
    )


def _is_verse(lines: list[str]) -> bool:
    """Return whether lines are verse: each ends with a sign or begins with a capital letter."""
    ends = sum(1 for line in lines if _SENTENCE_ENDS.search(line))
    begins = sum(1 for line in lines if line[:1].isupper() or line[:1] in _OPENINGS)
    return len(lines) > 3 and (ends == len(lines) or begins == len(lines))

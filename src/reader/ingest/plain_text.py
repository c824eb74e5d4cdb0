"""Plain text: its paragraphs, and the metadata in its head."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr
from html import escape

from reader.body import clean
from reader.ingest.metadata import Metadata, iso_date

_HEAD_LINES = 40
_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+){0,3}): +(\S.*)")
_TITLE, _AUTHOR, _DATE = ("title", "subject"), ("author", "from"), ("date",)
_CENTRED = re.compile(r" {8,}\S")
_HEAD_BLOCKS = 4
_UNDERLINE = re.compile(r"[ ]*([=*~-])\1{2,}[ ]*")
_LONGEST_HEADING = 100
_WRAPPED = 45
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
    blocks = _BLANK.split(clean.text(text).replace("\t", "    "))
    return "\n".join(_block(part) for block in blocks for part in _parted(block) if part.strip())


def _parted(block: str) -> list[str]:
    """Return the paragraphs of a block if each of them begins with an indented line."""
    indented = [line.startswith("  ") for line in block.strip("\n").split("\n")]
    if not indented[0] or all(indented) or block.lstrip("\n").startswith(" " * 8):
        return [block]
    return re.split(r"\n(?= {2,}\S)", block)


def _block(block: str) -> str:
    lines = block.strip("\n").split("\n")
    if len(lines) == 2 and len(lines[0]) <= _LONGEST_HEADING and _UNDERLINE.fullmatch(lines[1]):
        level = 2 if lines[1].strip()[0] in "-~" else 1
        return f"<h{level}>{escape(lines[0].strip())}</h{level}>"
    if len(lines) > 1 and all(line.startswith("    ") for line in lines):
        return f"<pre>{escape(chr(10).join(line[4:] for line in lines))}</pre>"
    wrapped = all(len(line) >= _WRAPPED for line in lines[:-1])
    joint = " " if wrapped else "<br>"
    return f"<p>{joint.join(escape(line.strip()) for line in lines)}</p>"

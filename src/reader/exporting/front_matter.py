"""The front matter of a note, in YAML: values are written as JSON, which it reads alike."""

import json
import re

from reader.exporting.about import about, address_of
from reader.exporting.pieces import Piece

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_TIMES = ("published", "created", "opened", "read")


def front_matter(piece: Piece) -> str:
    """Return the front matter of an article, between its two lines of dashes."""
    lines = ["---"]
    values = about(piece)
    if not address_of(piece.article):
        values["reader-address"] = piece.article.url  # by which an import knows it again
    for name, value in values.items():
        if name == "highlights" and isinstance(value, list):
            lines += ["highlights:", *(f"  - {_yaml(each)}" for each in value)]
        elif name in _TIMES and _TIME.fullmatch(str(value)):
            lines.append(f"{name}: {value}")  # Obsidian shows it as a date
        else:
            lines.append(f"{name}: {_yaml(value)}")
    return "\n".join([*lines, "---", ""])


def _yaml(value: object) -> str:
    # YAML knows more line ends than JSON, and forbids some characters.
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def _escaped(sign: str) -> str:
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"

"""The blocks of HTML in a Markdown text: https://spec.commonmark.org/0.31.2/#html-blocks."""

import re
from typing import NamedTuple

_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option "
    "p param picture search section summary table tbody td tfoot th thead title tr track ul video"
)
_INLINE = (
    "a abbr acronym audio b bdi bdo big br button canvas cite code data datalist del dfn em embed "
    "font i img input ins kbd label map mark math meter nobr object output picture pre progress q "
    "rb rp rt rtc ruby s samp script select slot small source span strike strong style sub sup svg "
    "template textarea time tt u var wbr"
)
_KNOWN = frozenset([*_NAMES.split(), *_INLINE.split()])
_NAME = re.compile(r"\s*</?([a-zA-Z][\w:.-]*)")
_ATTRIBUTE = r"\s++[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?"
_KINDS = (
    (r"<(?:script|pre|style|textarea)(?:[\s>]|$)", r"</(?:script|pre|style|textarea)>"),
    ("<!--", "-->"),
    (r"<\?", r"\?>"),
    ("<!(?=[a-z])", ">"),
    (r"<!\[CDATA\[", r"\]\]>"),
    (rf"</?(?:{'|'.join(_NAMES.split())})(?:\s|/?>|$)", ""),
)
_ALONE = re.compile(
    rf" {{0,3}}(?:<[a-z][\w-]*+(?:{_ATTRIBUTE})*+\s*/?>|</[a-z][\w-]*+\s*>)\s*$", re.I
)
_OF_MARKDOWN = re.compile(r"\s*<[a-z][a-z0-9]*\s[^<>]*\bmarkdown\b[^<>]*>\s*$", re.I)


class Kind(NamedTuple):
    """How a block of HTML ends; None for ``end`` means at an empty line."""

    end: re.Pattern[str] | None

    def is_one_line(self, line: str) -> bool:
        """Return whether the block ends in its first line, as if its contents are Markdown."""
        if self.end is None:
            return _OF_MARKDOWN.match(line) is not None
        return self.end.search(line.lstrip()[2:]) is not None


_BEGINNINGS = tuple(
    (re.compile(f" {{0,3}}{begin}", re.I), Kind(re.compile(end, re.I) if end else None))
    for begin, end in _KINDS
)


def begun(line: str, in_paragraph: bool) -> Kind | None:
    """Return the kind of the block that a line begins, None if it begins none."""
    for begin, kind in _BEGINNINGS:
        if begin.match(line):
            return kind
    return Kind(None) if not in_paragraph and _ALONE.match(line) and is_element(line) else None


def is_element(tag: str) -> bool:
    """Return whether a tag is of HTML or of another vocabulary, not a word such as ``<name>``."""
    match = _NAME.match(tag)
    return match is None or match[1].lower() in _KNOWN or "-" in match[1] or ":" in match[1]

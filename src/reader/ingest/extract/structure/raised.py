"""Raised numbers without links: those before a last paragraph are linked to those in the text."""

import re

from lxml import etree

from reader.ingest.extract.measure import Element, text_of

_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_LINES = ("p", "li", "div", "dd")


def link(body: Element) -> None:
    """Link raised numbers to the notes that begin with them; the tree is changed.

    The notes must be numbered from 1 on, each number once, and each must be raised in the text
    before them: a power or the name of an isotope is no mark.
    """
    marks: dict[int, Element] = {}
    notes: dict[int, Element] = {}
    for raised in body.iter("sup"):
        text = raised.text or ""
        if len(raised) or not _NUMBER.fullmatch(text) or _is_linked(raised):
            continue
        line = _line_begun_by(raised)
        (marks if line is None else notes).setdefault(int(text), raised if line is None else line)
    if not notes or [*notes] != [*range(1, len(notes) + 1)] or not notes.keys() <= marks.keys():
        return
    for number, line in notes.items():
        name = line.get("id") or f"raised-{number}"
        line.set("id", name)
        mark = etree.SubElement(marks[number], "a", href=f"#{name}", rel="footnote")
        mark.text, marks[number].text = marks[number].text, None


def _is_linked(raised: Element) -> bool:
    return next(raised.iterancestors("a"), None) is not None


def _line_begun_by(raised: Element) -> Element | None:
    """Return the line that begins with a number, None if text stands before that."""
    line = raised.getparent()
    if line is None or line.tag not in _LINES or line[0] is not raised:
        return None
    is_first = not (line.text or "").strip() and text_of(line) != text_of(raised)
    return line if is_first else None

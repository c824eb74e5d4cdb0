"""Footnotes: each mark leads to its note, and each note stands near the text that it belongs to.

Marks and notes get the roles of DPUB-ARIA (W3C, Digital Publishing WAI-ARIA Module 1.1), by which
the rest of the program knows them; links back and repeated numbers go.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from reader.ingest.extract.measure import Element, length, remove, text_of
from reader.ingest.extract.structure.near import bring_near

_NAMED = re.compile(
    r"footnote-?ref|footnoteref|noteref|footnote-anchor|fnref|footnotecite|footnote-link|"
    r"(?:^|\s)footnote(?:$|\s)|(?:^|\s)xref-fn(?:$|\s)|footnote_?(?:plugin_)?(?:reference|link)"
)
_PLACE = re.compile(
    r"#_?(?:s?d?f(?:oo)?t?n(?:t|ote)?|e(?:nd|d)n(?:ote)?|note|cite_note|easy-footnote-bottom|"
    r"[\w-]*footnote)[\w:.-]*\d[\w-]*",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"[\[({]?\s*(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})\s*[\])}]?[,.]?", re.IGNORECASE
)
_NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,4}|[*†‡§¶]{1,3})\s*[\])]?[.:]?")
_AFTER_NUMBER = re.compile(r"^\s*[.\])](?=\s)")
_IS_BACK = re.compile(r"back-?(?:ref|link)|reversefootnote|footnote-?(?:back|return)|cite-?back")
_HOLDERS = frozenset({"li", "p", "div", "aside", "section", "dd", "details"})
_CLIMB = 4
_LONGEST = 6_000
_MOST_SIGN = 8


class Pair(NamedTuple):
    """A mark and the element that its link leads to."""

    mark: Element
    place: Element


def restructure(body: Element) -> None:
    """Connect the footnotes of a page with their marks; the tree is changed."""
    taken: dict[Element, str] = {}
    marks: list[Element] = []
    for mark, place in list(_pairs(body)):
        holder = _holder(place)
        if holder is None or holder in mark.iterancestors() or not _is_note(holder, taken):
            continue
        _drop_brackets(mark)
        name = taken.setdefault(holder, _name(holder, mark))
        origin = mark.get("id") or mark.get("name")
        mark.attrib.clear()
        if origin:
            mark.set("id", origin)  # links back lead to it
        mark.set("role", "doc-noteref")
        mark.set("href", f"#{name}")
        marks.append(mark)
    known = frozenset(marks)
    for holder in taken:
        _clean(holder, known)
    if marks:
        bring_near(list(taken), marks)


def _pairs(body: Element) -> Iterator[Pair]:
    links = [link for link in body.iter("a") if (link.get("href") or "").startswith("#")]
    marks = [link for link in links if _is_mark(link)]
    if not marks:
        return
    wanted = {(mark.get("href") or "")[1:] for mark in marks}
    places: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for number, element in enumerate(body.iter()):
        name = element.get("id") or element.get("name")
        if name in wanted:
            places.setdefault(name, element)
        if name in wanted or element.tag == "a":
            order[element] = number
    for mark in marks:
        place = places.get((mark.get("href") or "")[1:])
        # Of two that lead to each other, the second one is the link back.
        if place is not None and order[place] > order[mark]:
            yield Pair(mark, place)


def _is_mark(link: Element) -> bool:
    kind = " ".join(link.get(name) or "" for name in ("class", "rel", "role", "epub:type")).lower()
    if _IS_BACK.search(kind):
        return False
    if _NAMED.search(kind) or link.get("data-component-name") == "FootnoteAnchorToDOM":
        return True
    words = "".join(link.itertext()).strip()
    if len(words) > _MOST_SIGN or _SIGN.fullmatch(words) is None:
        return False
    parent = link.getparent()
    raised = (parent is not None and parent.tag == "sup") or link.find("sup") is not None
    return raised or _PLACE.fullmatch(link.get("href") or "") is not None


def _holder(place: Element) -> Element | None:
    """Return the block that holds the note at a place, None if there is none."""
    if place.tag == "dt":
        return _defined(place)
    if place.tag == "table":
        return _cell(place)
    here: Element | None = place
    for _ in range(_CLIMB):
        if here is None or here.tag in _HOLDERS:
            break
        here = here.getparent()
    while here is not None and _is_only(here):
        here = here.getparent()
    return here if here is not None and here.tag in _HOLDERS else None


def _defined(term: Element) -> Element | None:
    """Return the definition of a term that is only a number, which is removed."""
    following = term.getnext()
    if following is None or following.tag != "dd" or not _SIGN.fullmatch(text_of(term)):
        return None
    following.set("id", term.get("id") or "")
    remove(term)
    return following


def _cell(table: Element) -> Element | None:
    """Return the last cell of a table that is one note, as a box in its place."""
    rows = list(islice(table.iter("tr"), 2))
    parent = table.getparent()
    if len(rows) != 1 or len(rows[0]) != 2 or parent is None:
        return None
    box = rows[0][1]
    box.tag, box.tail = "div", table.tail
    box.attrib.clear()
    box.set("id", table.get("id") or "")
    parent.replace(table, box)
    return box


def _is_only(element: Element) -> bool:
    """Return whether an element is all that a box holds."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag == "div"
        and len(parent) == 1
        and not ((parent.text or "").strip() or (element.tail or "").strip())
    )


def _is_note(holder: Element, taken: Mapping[Element, str]) -> bool:
    if holder in taken:
        return True
    if any(each in taken for each in holder.iterancestors()):
        return False
    if next(holder.iterdescendants("h1", "h2", "h3", "article", "main"), None) is not None:
        return False
    return length(holder) <= _LONGEST


def _drop_brackets(mark: Element) -> None:
    """Remove the brackets around a mark."""
    parent, before, after = mark.getparent(), mark.getprevious(), (mark.tail or "").lstrip()
    if parent is None or after[:1] not in ("]", ")"):
        return
    leading = ((parent.text if before is None else before.tail) or "").rstrip()
    if leading[-1:] not in ("[", "("):
        return
    mark.tail = after[1:]
    if before is None:
        parent.text = leading[:-1]
    else:
        before.tail = leading[:-1]


def _name(holder: Element, mark: Element) -> str:
    if not holder.get("id"):
        holder.set("id", (mark.get("href") or "")[1:])
    holder.set("role", "doc-endnote")
    return holder.get("id") or ""


def _clean(holder: Element, marks: frozenset[Element]) -> None:
    """Remove the numbers before a note; links back stay, by which others know it."""
    for link in list(holder.iter("a")):
        if link in marks:
            continue
        words = "".join(link.itertext()).strip()
        within = (link.get("href") or "").startswith("#")
        if within and _SIGN.fullmatch(words) and _is_first(link, holder):
            _remove_alone(link, holder)
        elif not within and not words and link.get("name"):
            remove(link)
    _drop_number(holder)


def _drop_number(holder: Element) -> None:
    """Remove the number with which a note begins, and the sign behind it."""
    for number in list(islice(holder.iterdescendants("sup", "span", "b", "strong"), 1)):
        words = text_of(number)
        if (not words or _NUMBER.fullmatch(words)) and _is_first(number, holder):
            remove(number)
    for first in islice((each for each in holder.iter() if (each.text or "").strip()), 1):
        first.text = _AFTER_NUMBER.sub("", first.text or "")


def _is_first(element: Element, holder: Element) -> bool:
    """Return whether no text of a note stands before an element."""
    here: Element | None = element
    while here is not None and here is not holder:
        before = here.getprevious()
        while before is not None:
            if text_of(before) or (before.tail or "").strip():
                return False
            before = before.getprevious()
        here = here.getparent()
        if here is not None and (here.text or "").strip():
            return False
    return True


def _remove_alone(link: Element, holder: Element) -> None:
    """Remove a link, and the element around it if that holds nothing else."""
    parent = link.getparent()
    remove(link)
    if parent is None or parent is holder or parent.tag not in ("sup", "span", "p", "b"):
        return
    if not text_of(parent).strip(" [](),.;^") and next(parent.iter("img"), None) is None:
        remove(parent)

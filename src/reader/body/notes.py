"""Footnotes of a page: the notes, the references to them, and the links back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_HOLDERS = frozenset({"li", "p", "div", "aside", "section", "dd", "td"})
_BACK = frozenset("↩ ↩︎ ↩\ufe0e ↑ ^ ⏎ ⤴ ↵ back return".split())
_REFERENCES = ("footnote-ref", "footnoteref", "noteref", "footnote-anchor", "fnref")


@dataclass(slots=True)
class Notes:
    """The notes of a page by their elements, and the names that references use for them."""

    names: dict[str, etree._Element] = field(default_factory=dict)
    holders: dict[etree._Element, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def is_back_link(self, element: etree._Element) -> bool:
        """Return whether a link leads from a note back to its reference."""
        href = element.get("href") or ""
        if "backref" in (element.get("class") or "") or element.get("role") == "doc-backlink":
            return True
        if not href.startswith("#"):
            return False
        words = "".join(element.itertext()).strip().lower()
        return href[1:] in self.marks or words in _BACK

    def without_text(self, element: etree._Element) -> bool:
        """Return whether a section holds only notes, so that it is removed with them."""
        kind = f"{element.get('class') or ''} {element.get('role') or ''}"
        if "footnotes" not in kind and "endnotes" not in kind and "footnote" not in kind.split():
            return False
        if element in self.holders:
            return False
        return any(inner in self.holders for inner in element.iter())


def find(root: etree._Element) -> Notes:
    """Return the notes that the references of a page lead to."""
    links = [element for element in root.iter("a") if (element.get("href") or "").startswith("#")]
    marks = [link for link in links if _is_mark(link)]
    if not marks:
        return Notes()
    wanted = {mark.get("href", "")[1:] for mark in marks}
    places = {element.get("id"): element for element in root.iter() if element.get("id") in wanted}
    known = set(marks)
    page_notes = Notes(marks=frozenset(_places_of(marks)))
    for name in dict.fromkeys(mark.get("href", "")[1:] for mark in marks):
        holder = _holder(places.get(name), known)
        if holder is not None and holder not in page_notes.holders:
            page_notes.names[name] = holder
            page_notes.holders[holder] = name
    return page_notes


def _is_mark(link: etree._Element) -> bool:
    kind = f"{link.get('class') or ''} {link.get('rel') or ''} {link.get('role') or ''}".lower()
    if "doc-noteref" in kind or "footnote" in kind.split() or any(x in kind for x in _REFERENCES):
        return "back" not in kind
    if "back" in kind:
        return False
    parent, child = link.getparent(), link[0] if len(link) else None
    inside = parent is not None and parent.tag == "sup"
    around = child is not None and child.tag == "sup"
    return (inside or around) and len("".join(link.itertext()).strip()) <= 6


def _places_of(marks: list[etree._Element]) -> Iterator[str]:
    for mark in marks:
        element: etree._Element | None = mark
        for _ in range(3):
            if element is None:
                break
            if place := element.get("id") or element.get("name"):
                yield place
            element = element.getparent()


def _holder(place: etree._Element | None, marks: set[etree._Element]) -> etree._Element | None:
    for _ in range(3):
        if place is None:
            return None
        if place.get("role") == "doc-endnote":
            return place
        if place.tag in _HOLDERS:
            # A paragraph that holds a reference itself is the target of a link back, not a note,
            # unless it stands among the notes.
            refers = any(element in marks for element in place.iter("a"))
            return None if refers and not _is_among_notes(place) else place
        place = place.getparent()
    return None


def _is_among_notes(element: etree._Element) -> bool:
    for around in element.iterancestors("div", "section", "ol", "aside"):
        kinds = f"{around.get('class') or ''} {around.get('role') or ''}".split()
        if not {"footnote", "footnotes", "endnotes", "doc-endnotes"}.isdisjoint(kinds):
            return True
    return False

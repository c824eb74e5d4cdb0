"""Notes near their text: what stands beside an article is brought to its end."""

from collections.abc import Sequence

from lxml import etree

from reader.ingest.extract.measure import Element

_LISTS = frozenset({"ol", "ul", "dl", "div", "section", "aside", "footer"})


def bring_near(notes: Sequence[Element], marks: Sequence[Element]) -> None:
    """Mark the boxes of notes as such, and move those that stand outside of the text into it."""
    common, last = holder_of(marks)
    if common is None or last is None:
        return
    known = frozenset(notes)
    for note in notes:
        box = _box_of(note, known)
        if common not in note.iterancestors() and box not in common.iterancestors():
            last.addnext(box)  # lxml takes the text behind it along
            last = box


def holder_of(marks: Sequence[Element]) -> tuple[Element | None, Element | None]:
    """Return the innermost box of all marks, and the part of it that holds the last one."""
    first, *others = marks
    shared = list(first.iterancestors())[1:] or [first]
    for other in others:
        around = set(other.iterancestors())
        shared = [box for box in shared if box in around]
    while shared and shared[0].tag not in _LISTS | {"body", "article", "main", "td", "center"}:
        shared = shared[1:]
    if not shared:
        return None, None
    path = [marks[-1], *marks[-1].iterancestors()]
    at = path.index(shared[0])
    return shared[0], path[at - 1]


def _box_of(note: Element, notes: frozenset[Element]) -> Element:
    """Return the box that holds nothing but notes, else the note in a box of its own."""
    parent = note.getparent()
    if parent is not None and parent.get("role") == "doc-endnotes":
        return parent
    is_list = parent is not None and (note.tag == "li" or len(parent) > 1)
    if is_list and parent.tag in _LISTS and all(each in notes for each in parent):
        parent.set("role", "doc-endnotes")
        return parent
    if note.tag == "li":
        box = etree.Element("ol", role="doc-endnotes")
        note.addprevious(box)
        note.tail = None
        box.append(note)
        return box
    return note

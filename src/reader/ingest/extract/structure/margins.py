"""Notes in the margin: what a page sets beside a sentence is lifted out of it into a note."""

import re

from lxml import etree

from reader.ingest.extract.measure import Element, remove, text_of
from reader.ingest.extract.structure.index import Index
from reader.ingest.extract.structure.near import holder_of

_NOTES = re.compile(
    r"(?:^|\s)(?:(?:side|margin)-?note(?:-(?:content|text|body|wrapper|container))?|ltx_note|"
    r"modern-footnotes-footnote__note|inline-footnote__content)(?:$|\s)"
)
_PARTS = re.compile(
    r"(?:number|toggle|ltx_note_mark|ltx_tag_note|(?:side|margin)-?note-(?:ref|mark|label|anchor)|"
    r"modern-footnotes-footnote(?:$|\s))"
)
_TAGS = ("span", "aside", "small", "div", "p", "section")
_LINES = frozenset(
    {"p", "li", "dd", "td", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption"}
)
_LONGEST = 4_000
_SIGN = 6  # letters of a number or a sign that opens a note


def lift(index: Index) -> None:
    """Move the notes in the margin of a page out of its sentences; the tree is changed."""
    notes = [each for each in index.named(_NOTES.search, "note") if each.tag in _TAGS]
    known = set(notes)
    outer = [note for note in notes if known.isdisjoint(note.iterancestors())]
    made = [(_mark_for(note, number), note) for number, note in enumerate(outer, 1)]
    lifted = [(mark, note) for mark, note in made if mark is not None]
    if not lifted:
        return
    _, last = holder_of([mark for mark, _ in lifted])
    box = etree.Element("ol", role="doc-endnotes")
    for mark, note in lifted:
        box.append(_written(note, (mark.get("href") or "")[1:]))
    if last is not None:
        last.addnext(box)


def _mark_for(note: Element, number: int) -> Element | None:
    """Return the mark that is put in the place of a note, None if it stands beside no text."""
    if not 0 < len(text_of(note)) <= _LONGEST:
        return None
    line = next((each for each in note.iterancestors() if each.tag in _LINES), None)
    before = note.getprevious()
    if line is None and (before is None or before.tag not in _LINES or note.tag == "p"):
        return None
    mark = etree.Element("a", role="doc-noteref", href=f"#{note.get('id') or f'margin-{number}'}")
    mark.text = str(number)
    raised = etree.Element("sup")
    raised.append(mark)
    if line is None:
        assert before is not None
        before.append(raised)
    else:
        _drop_openers(note)
        note.addprevious(raised)
    tail, note.tail = note.tail, None
    if line is not None:
        raised.tail = tail
    remove(note)
    return mark


def _drop_openers(note: Element) -> None:
    """Remove the number, the label and the box to be ticked before a note."""
    before = note.getprevious()
    while before is not None and _is_opener(before) and not (before.tail or "").strip():
        opener, before = before, before.getprevious()
        remove(opener)


def _is_opener(element: Element) -> bool:
    if element.tag in ("label", "input"):
        return True
    words = text_of(element)
    named = _PARTS.search((element.get("class") or "").lower()) is not None
    return len(words) <= _SIGN and (named or element.tag == "sup")


def _written(note: Element, name: str) -> Element:
    """Return a note as an item, without its number."""
    inner = next((x for x in note.iter() if x.get("class") == "ltx_note_content"), note)
    for part in [part for part in inner.iterdescendants() if part.getparent() is not None]:
        if (_is_opener(part) and part.tag != "sup") or _is_number(part):
            remove(part)
    item = etree.Element("li", id=name, role="doc-endnote")
    item.text = inner.text
    for child in list(inner):
        item.append(child)
    return item


def _is_number(element: Element) -> bool:
    return element.tag == "sup" and text_of(element).isdecimal() and element.getprevious() is None

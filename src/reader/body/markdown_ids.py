"""The targets of links within a Markdown text: headings, named as GitHub does, and notes."""

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from reader.body.markdown_paragraph import without_attributes
from reader.body.slugs import Slugs, slug

_WITH_ATTRIBUTES = frozenset({"a", "img", "code", "em", "strong"})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_STASHED = re.compile("\x02[^\x03]*\x03")


class Ids(Treeprocessor):
    """Names the headings to which a link leads; a name that is taken gets a number."""

    def run(self, root: Element) -> None:
        """Remove attributes, name the headings, and lead each link to the heading that it means."""
        from urllib.parse import unquote

        for element in root.iter():
            if element.tag in _WITH_ATTRIBUTES and (element.tail or "").startswith("{"):
                without_attributes(element)
        links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
        _keep_unused_notes(root, {(link.get("href") or "")[1:] for link in links})
        if not links:
            return
        named = self._named(root)
        for link in links:
            place = unquote((link.get("href") or "")[1:])
            names = (place, place.removeprefix("user-content-"), place.lower(), slug(place))
            name = next((name for name in names if name in named), "")
            if name:
                link.set("href", f"#{name}")
                named[name].set("id", name)

    def _named(self, root: Element) -> dict[str, Element]:
        named: dict[str, Element] = {}
        slugs = Slugs()
        for heading in root.iter():
            if heading.tag not in _HEADINGS:
                continue
            if own := heading.get("id"):
                slugs.take(own)
            name = own or slugs.next(_STASHED.sub("", "".join(heading.itertext())))
            named.setdefault(name, heading)
        return named


def _keep_unused_notes(root: Element, used: set[str]) -> None:
    """Move the notes that no reference leads to into the text."""
    if len(root) and root[-1].get("role") == "doc-endnotes":
        for note in [note for note in root[-1][0] if note.get("id") not in used]:
            root[-1][0].remove(note)
            note.tag = "div"
            root.insert(len(root) - 1, note)

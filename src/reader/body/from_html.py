"""Read a body from HTML: whole pages, fragments, and our own canonical HTML.

Never raises, whatever the input. Visible text is kept; elements that the tree does not know are
dropped.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from reader.body import clean, notes, places
from reader.body.blocks import PICTURE_NAME, Block, Body, Given, Note, Picture, Style
from reader.body.caveats import attribute_of, caveats_of, start_of_blocks
from reader.body.flatten import flatten
from reader.body.flow import Flow
from reader.body.shadow_roots import open_shadow_roots
from reader.body.walk import Element, FindPicture, Walk

__all__ = [
    "FindPicture",
    "count_pictures",
    "from_html",
    "library_picture",
    "parts",
    "stored_pictures",
    "tree_of",
]

_FIRST_CHUNK = 4_000
_CHUNK = 60_000
_MAX_SIDE = 1_000_000
_BRACED = etree.XPath("descendant-or-self::*[@*[contains(name(), '{')]]")
_IMAGE = re.compile(r"<img\b[^<>]*>")  # in canonical HTML, attributes are escaped
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_PLAIN_LINE = re.compile("<p>([^<>&]*+(?:&(?:amp|lt|gt);[^<>&]*+)*+)</p>")
"""A paragraph of nothing but text, as most are: it needs no parser."""

_GIVEN = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(px|em|x)", re.ASCII)
_PLAIN_NAME = re.compile(r"[a-zA-Z_][\w:.-]*", re.ASCII)


def library_picture(attributes: Mapping[str, str]) -> Picture | None:
    """Return the picture of the library that an ``<img>`` names, None for any other source."""
    name = attributes.get("src", "")
    if name and not PICTURE_NAME.fullmatch(name):
        return None
    width, height = (_side(attributes.get(side, "")) for side in ("width", "height"))
    alt = " ".join(clean.text(attributes.get("alt", "")).split())
    origin = attributes.get("data-address", "")
    known = origin.startswith(("https://", "http://"))
    given = _given(attributes) if "data-width" in attributes else Given()
    return Picture(name, width, height, alt, address=origin if known else "", given=given)


def _given(attributes: Mapping[str, str]) -> Given:
    """Return the size given in canonical HTML; a side that cannot be is 0."""
    sides = [_GIVEN.fullmatch(attributes.get(f"data-{side}", "")) for side in ("width", "height")]
    wide, high = (float(side[1]) if side else 0.0 for side in sides)
    return Given(wide, high, sides[0][2] if sides[0] else "px") if wide or high else Given()


def from_html(
    html: str,
    *,
    picture: FindPicture = library_picture,
    address: str = "",
    whole: bool = False,
) -> Body:
    """Return the body of a page; ``address`` is the base of its relative links.

    ``picture`` is called with the attributes of each ``<img>`` and returns None to leave it out.
    ``whole`` means that the HTML is a complete article: links to places outside of it become text.
    """
    root = _parse(html)
    if root is None:
        return Body()
    page_notes = notes.find(root)
    aliases = places.move_names(root, page_notes) if whole else {}
    walk = Walk(picture, address, page_notes)
    top = _top(root)
    blocks = walk.blocks(top)
    named = tuple(walk.note(page_notes.names[name], name) for name in page_notes.names)
    language, direction = _tongue(root)
    body = Body(blocks, tuple(note for note in named if note.blocks), language, direction)
    return places.resolved(body, {**walk.aliases, **aliases}) if whole else body


def count_pictures(html: str) -> tuple[int, int]:
    """Return the number of missing pictures and of all pictures in canonical HTML."""
    # Only a picture can be written like this: text is escaped.
    return html.count('<img src=""'), html.count("<img src=")


def stored_pictures(html: str) -> Iterator[Picture]:
    """Yield the pictures of canonical HTML that are in the library, without parsing the rest."""
    from html import unescape  # its tables of entities would slow down each start

    for tag in _IMAGE.finditer(html):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[0])}
        picture = library_picture(attributes)
        if picture is not None and picture.name:
            yield picture


def parts(html: str, first: int = _FIRST_CHUNK) -> Iterator[Block | Note]:
    """Yield the blocks and then the notes of canonical HTML, parsing only as far as consumed.

    ``first`` is how much is parsed at first.
    """
    walk = Walk(library_picture, "", notes.Notes(), trusting=True)
    for chunk in _chunks(html, first):
        lines = chunk.split("\n")
        plain = [_PLAIN_LINE.fullmatch(line) for line in lines]
        tops = _tops("\n".join(line for line, alone in zip(lines, plain, strict=True) if not alone))
        if len(tops) != plain.count(None):  # not written by Reader, or damaged
            tops, plain = _tops(chunk), [None] * len(_tops(chunk))
        left = iter(tops)
        for alone in plain:
            flow = Flow()
            if alone is not None:
                flow.text(clean.spaced(_unescaped(alone[1])), Style.PLAIN, "")
            elif (element := next(left)).get("role") == "doc-endnote":
                yield walk.note(element, element.get("id") or "")
                continue
            else:
                walk.part(element, flow)
            flow.close()
            yield from flow.blocks


def parts_from(html: str, part: int) -> Iterator[Block | Note]:
    """Yield the parts of canonical HTML from one on: one stands in each line."""
    start = 0
    for _ in range(part):
        start = html.find("\n", start) + 1
        if not start:
            return iter(())
    return parts(html[start:])


def _tops(html: str) -> list[Element]:
    """Return the elements of canonical HTML, which are one a line."""
    root = _parse(html)
    return [] if root is None else [each for each in _top(root) if isinstance(each.tag, str)]


def _unescaped(text: str) -> str:
    """Return a text as it was before ``to_html`` wrote it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def body_of(html: str) -> Body:
    """Return the body from which canonical HTML was written."""
    read = list(parts(html, _CHUNK))
    notes = tuple(part for part in read if isinstance(part, Note))
    blocks = tuple(part for part in read if not isinstance(part, Note))
    return Body(blocks, notes, attribute_of(html, "lang"), direction_of(html), caveats_of(html))


def direction_of(html: str) -> str:
    """Return the direction of canonical HTML, ``""`` if it has none."""
    return attribute_of(html, "dir")


def _chunks(html: str, size: int) -> Iterator[str]:
    start = start_of_blocks(html)
    while start < len(html):
        end = html.find("\n", start + size)
        end = len(html) if end < 0 else end
        yield html[start:end]
        start, size = end + 1, _CHUNK


def tree_of(text: str) -> Element | None:
    """Return the parsed tree of clean, flat HTML, None if it is empty."""
    if not text.strip():
        return None
    # A new parser for each call, because it keeps its last document alive.
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(text.encode(), parser)
    if root is not None and "{" in text:
        _drop_braces(root)
    if root is not None and "shadow" in text:
        open_shadow_roots(root)
    return root


def _drop_braces(root: Element) -> None:
    """Drop attributes with a brace in their name, which lxml takes for a namespace."""
    for element in _BRACED(root):
        kept = [(name, value) for name, value in element.items() if _PLAIN_NAME.fullmatch(name)]
        element.attrib.clear()
        for name, value in kept:
            element.set(name, value)


def _parse(html: str) -> Element | None:
    text = flatten(clean.text(html))
    return tree_of(f"<div>{text}</div>" if text.strip() and _bare(text) else text)


def _bare(text: str) -> bool:
    start = text.lstrip()[:200].lower()
    return not start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body"))


def _top(root: Element) -> Element:
    """Return the element that holds the content of the page."""
    body = root.find("body")
    top = root if body is None else body
    while len(top) == 1 and top[0].tag in ("div", "article") and not (top.text or "").strip():
        if (top[0].tail or "").strip() or top[0].get("role"):
            break
        top = top[0]
    return top


def _tongue(root: Element) -> tuple[str, str]:
    language = direction = ""
    for element in (root, root.find("body"), _top(root)):
        if element is not None:
            language = (
                element.get("lang")
                or element.get("{http://www.w3.org/XML/1998/namespace}lang")
                or language
            )
            direction = (element.get("dir") or direction).lower()
    kept = "".join(x for x in language.strip() if x.isascii() and (x.isalnum() or x == "-"))[:35]
    return kept, direction if direction in ("ltr", "rtl") else ""


def _side(value: str) -> int:
    value = value.strip()
    return (
        min(int(value), _MAX_SIDE)
        if value.isascii() and value.isdecimal() and len(value) < 9
        else 0
    )

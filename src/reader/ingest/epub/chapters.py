"""The chapters of a book as one page: links between them stay links, notes stay notes."""

from collections.abc import Iterator, Mapping
from html import escape

from lxml import etree

from reader.body import clean
from reader.ingest.epub import xml
from reader.ingest.epub.package import Chapter
from reader.ingest.epub.parts import Parts, resolved
from reader.ingest.epub.xml import local

_PART = "part:"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOTES = frozenset({"footnote", "endnote", "rearnote", "note"})
_DROPPED = frozenset({"script", "style", "link", "meta", "head", "title", "object", "iframe"})
_EXTERNAL = ("http://", "https://", "mailto:")
_NEAR = 400
"""The letters at the beginning of a chapter in which its title is looked for."""


def joined(parts: Parts, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    """Yield the chapters as HTML; ``path_of`` reads the sources of their pictures."""
    numbers = {chapter.path: number for number, chapter in enumerate(chapters)}
    for number, chapter in enumerate(chapters):
        root = xml.page(parts.read(chapter.path))
        if root is None:
            parts.whole = False
            continue
        top = next((each for each in root.iter() if local(each) == "body"), root)
        _rewrite(top, chapter.path, numbers)
        inner = etree.tostring(top, method="html", encoding="unicode", with_tail=False)
        title = "" if _has_title(top, chapter.title) else f"<h2>{escape(chapter.title)}</h2>"
        language = escape(_language(root, top))
        yield f'<section id="{_place(number)}" lang="{language}">{title}{inner}</section>'


def source_of(path: str) -> str:
    """Return the source of a picture of the book: its path, safe from all rewriting."""
    return f"{_PART}{path.encode().hex()}"


def path_of(source: str) -> str:
    """Return the path of a picture of the book, ``""`` if its source is another one."""
    try:
        return bytes.fromhex(source.removeprefix(_PART)).decode()
    except ValueError:
        return ""


def _place(number: int, fragment: str = "") -> str:
    return f"c{number}-{fragment}" if fragment else f"c{number}"


def _rewrite(top: etree._Element, path: str, numbers: Mapping[str, int]) -> None:
    """Name the places, links and pictures of a chapter as they are named in the whole."""
    number = numbers[path]
    for element in [*top.iter()]:
        name = local(element)
        if not name or name in _DROPPED:
            _drop(element, top)
            continue
        element.tag = "div" if element is top or name == "svg" else name
        kind = (element.get(_EPUB_TYPE) or element.get("epub:type") or "").split()
        href = next((value for each in _HREF if (value := element.get(each))), "")
        source = element.get("src") or (href if name == "image" else "")
        place = element.get("id") or (element.get("name") if name == "a" else None)
        kept = {each: element.get(each) for each in _kept(element)}
        element.attrib.clear()
        for each, value in kept.items():
            element.set(each, value)
        if place:
            element.set("id", _place(number, place))
        if name in ("img", "image") and source:
            element.tag = "img"
            element.set("src", _source(path, source))
        elif name == "a" and href:
            _link(element, path, href, numbers)
        if "noteref" in kind:
            element.set("role", "doc-noteref")
        elif _NOTES & set(kind):
            element.set("role", "doc-endnote" if name != "a" else "doc-noteref")


def _kept(element: etree._Element) -> list[str]:
    return [
        name
        for name in element.attrib
        if isinstance(name, str)
        and name.isidentifier()
        and name not in ("id", "name", "href", "src")
    ]


def _drop(element: etree._Element, top: etree._Element) -> None:
    """Remove an element or comment, but not the words behind it."""
    parent = element.getparent()
    if parent is None or element is top:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _source(path: str, source: str) -> str:
    if source.startswith(("http://", "https://", "data:")):
        return source
    found, _ = resolved(path, source)
    return source_of(found)


def _link(element: etree._Element, path: str, href: str, numbers: Mapping[str, int]) -> None:
    if href.lower().startswith(_EXTERNAL):
        element.set("href", href)
        return
    target, fragment = resolved(path, href)
    if target in numbers:
        element.set("href", f"#{_place(numbers[target], fragment)}")


def _has_title(top: etree._Element, title: str) -> bool:
    """Return whether a chapter has a heading, or begins with its title, or needs none."""
    if not title or any(local(each) in _HEADINGS for each in top.iter()):
        return True
    words = clean.line(" ".join(top.itertext())[: 4 * _NEAR], _NEAR).casefold()
    return not words or title.casefold() in words


def _language(root: etree._Element, top: etree._Element) -> str:
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    return root.get("lang") or root.get(name) or top.get("lang") or ""

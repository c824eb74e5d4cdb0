"""The package of a book: its title, its chapters in order, their titles, its cover."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.epub import xml
from reader.ingest.epub.parts import Parts, resolved, same
from reader.ingest.epub.xml import local

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXTS = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "image/svg+xml"})
_PAGE = re.compile(r"\.(?:x?html?|xht)$", re.IGNORECASE)
_DATE = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MOST_CHAPTERS = 20_000
_LONGEST = 500


class Chapter(NamedTuple):
    """A file of a book with a chapter, and its title in the table of contents."""

    path: str
    title: str = ""


class Package(NamedTuple):
    """A book: its metadata, its chapters in order, and the path of its cover picture."""

    title: str = ""
    byline: str = ""
    language: str = ""
    published_at: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    cover: str = ""


class _Item(NamedTuple):
    """A file of the manifest."""

    path: str
    media_type: str
    properties: frozenset[str]


def read_package(parts: Parts) -> Package:
    """Return the package of a book. Raises IngestError if it is protected or has no text."""
    path = _package_path(parts)
    root = xml.tree(parts.read(path)) if path else None
    if root is None:
        parts.whole = False
        found = _without_package(parts)
    else:
        found = _read(parts, path, root)
    if not found.chapters:
        raise IngestError("There is no text in this book.")
    _check_protection(parts, found)
    return found


def _package_path(parts: Parts) -> str:
    root = xml.tree(parts.read(_CONTAINER))
    for element in () if root is None else root.iter():
        if local(element) == "rootfile":
            path, _ = resolved("", element.get("full-path") or "")
            if path in parts:
                return path
    return next((name for name in sorted(parts.names) if name.lower().endswith(".opf")), "")


def _without_package(parts: Parts) -> Package:
    """Return the pages of a book without a package, ordered by their names."""
    pages = sorted((name for name in parts.names if _PAGE.search(name)), key=_by_number)
    return Package(chapters=tuple(map(Chapter, pages[:_MOST_CHAPTERS])))


def _by_number(name: str) -> list[object]:
    return [(each.isdecimal(), each.zfill(9)) for each in re.split(r"(\d+)", name)]


def _check_protection(parts: Parts, book: Package) -> None:
    root = xml.tree(parts.read(_ENCRYPTION))
    locked = set[str]()
    for element in () if root is None else root.iter():
        if local(element) != "EncryptedData":
            continue
        inner = {local(each): each for each in element.iter()}
        method, place = inner.get("EncryptionMethod"), inner.get("CipherReference")
        how = "" if method is None else method.get("Algorithm") or ""
        if how not in _FONTS and place is not None:
            locked.add(resolved("", place.get("URI") or "")[0])
    if any(chapter.path in locked for chapter in book.chapters):
        raise IngestError(
            "This book is protected against copying, so it can only be read in the program or on "
            "the device that it was bought for."
        )


# ---- the package document


def _read(parts: Parts, path: str, root: etree._Element) -> Package:
    items = dict(_manifest(root, path))
    spine = [each for each in root.iter() if local(each) == "itemref"]
    ordered = sorted(spine, key=lambda each: each.get("linear") == "no")
    skipped = {item.path for item in items.values() if "nav" in item.properties} | _contents(
        root, path
    )
    wanted = [items[id] for each in ordered if (id := each.get("idref") or "") in items]
    if not wanted:
        parts.whole = False
        wanted = [item for item in items.values() if item.media_type in _TEXTS]
    if any(item.path not in parts for item in wanted):
        parts.whole = False
    titles = _titles(parts, root, items)
    paths = dict.fromkeys(item.path for item in wanted if item.path in parts)
    kept = [each for each in paths if each not in skipped or len(paths) == 1]
    return _about(root)._replace(
        chapters=tuple(Chapter(each, titles.get(each, "")) for each in kept[:_MOST_CHAPTERS]),
        cover=_cover(root, items),
    )


def _manifest(root: etree._Element, base: str) -> Iterator[tuple[str, _Item]]:
    for element in root.iter():
        if local(element) == "item" and element.get("id"):
            path, _ = resolved(base, element.get("href") or "")
            properties = frozenset((element.get("properties") or "").split())
            if path:
                yield element.get("id"), _Item(path, element.get("media-type") or "", properties)


def _contents(root: etree._Element, base: str) -> set[str]:
    """Return the pages that only list the contents."""
    listed = (each for each in root.iter() if local(each) == "reference")
    return {
        resolved(base, each.get("href") or "")[0] for each in listed if each.get("type") == "toc"
    }


def _cover(root: etree._Element, items: Mapping[str, _Item]) -> str:
    marked = [each.path for each in items.values() if "cover-image" in each.properties]
    for element in root.iter():
        if local(element) == "meta" and element.get("name") == "cover":
            item = items.get(element.get("content") or "")
            if item is not None and item.media_type.startswith("image/"):
                marked.append(item.path)
    return marked[0] if marked else ""


def _about(root: etree._Element) -> Package:
    told: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{http://purl.org/dc/"):
            told.setdefault(local(element), []).append(element)
    creators = told.get("creator", [])
    roles = {id(each): _role(root, each) for each in creators}
    authors = [each for each in creators if roles[id(each)] in ("", "aut")] or creators
    dates = told.get("date", [])
    published = [each for each in dates if "publication" in each.attrib.values()] or dates
    return Package(
        title=_first(told.get("title", [])),
        byline=", ".join(dict.fromkeys(filter(None, map(_line, authors))))[:_LONGEST],
        language=_first(told.get("language", []))[:35],
        published_at=_date(_first(published)),
        description=_first(told.get("description", [])),
        subjects=tuple(dict.fromkeys(filter(None, map(_line, told.get("subject", []))))),
    )


def _role(root: etree._Element, creator: etree._Element) -> str:
    own = next((value for name, value in creator.items() if name.endswith("role")), "")
    name = creator.get("id")
    for element in root.iter() if name and not own else ():
        if element.get("refines") == f"#{name}" and element.get("property") == "role":
            return (element.text or "").strip()
    return own


def _date(text: str) -> str:
    found = _DATE.match(text)
    return "-".join(filter(None, found.groups())) if found and found[1] != "0000" else ""


def _first(elements: list[etree._Element]) -> str:
    return next(filter(None, map(_line, elements)), "")


def _line(element: etree._Element) -> str:
    return clean.line("".join(element.itertext()), _LONGEST)


# ---- the table of contents


def _titles(parts: Parts, root: etree._Element, items: Mapping[str, _Item]) -> dict[str, str]:
    """Return the titles of files in the table of contents."""
    nav = next((item.path for item in items.values() if "nav" in item.properties), "")
    found = dict(reversed([*_in_nav(parts, nav)])) if nav else {}
    if found:
        return found
    spine = next((each for each in root.iter() if local(each) == "spine"), None)
    named = items.get(spine.get("toc") or "") if spine is not None else None
    by_type = (item for item in items.values() if item.media_type == "application/x-dtbncx+xml")
    ncx = named or next(by_type, None)
    return dict(reversed([*_in_ncx(parts, ncx.path)])) if ncx else {}


def _in_nav(parts: Parts, path: str) -> Iterator[tuple[str, str]]:
    root = xml.page(parts.read(path))
    lists = [] if root is None else [each for each in root.iter() if local(each) == "nav"]
    wanted = [each for each in lists if "toc" in " ".join(each.attrib.values()).split()] or lists
    for link in wanted[0].iter() if wanted else ():
        if local(link) == "a":
            yield resolved(path, link.get("href") or "")[0], _line(link)


def _in_ncx(parts: Parts, path: str) -> Iterator[tuple[str, str]]:
    root = xml.tree(parts.read(path))
    for point in () if root is None else root.iter():
        if local(point) == "navPoint":
            inner = [each for each in point if local(each) in ("navLabel", "content")]
            label = next((_line(each) for each in inner if local(each) == "navLabel"), "")
            src = next((each.get("src") or "" for each in inner if local(each) == "content"), "")
            if label:
                yield resolved(path, src)[0], label


__all__ = ["Chapter", "Package", "read_package", "same"]

"""Lists of bookmarks in the format of Netscape, which browsers and services write."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.entries import Entry, Highlight, Unread
from reader.importing import values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.lines import text_of
from reader.importing.shapes import Shape, members
from reader.importing.tags import Tag, tags, value, words
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.outcomes import Where
from reader.reasons import Remark

_DOCTYPE = re.compile(r"netscape-bookmark-file", re.IGNORECASE)
_LIST = re.compile(r"<dl\b.{0,2000}?<dt>\s*<(?:a|h3)\b", re.IGNORECASE | re.DOTALL)
_OWN_NOTES = re.compile(r"\[linkding-notes\](.*?)\[/linkding-notes\]", re.DOTALL)
_EXCERPTS = re.compile(r"raindrop", re.IGNORECASE)
"""The programs whose descriptions are those of the pages, not of the user."""
_ARCHIVED = frozenset({"linkding:archived", "linkding:bookmarks.archived"})
_SECTIONS = {"favorite": "favourite", "archived": "archived", "uncategorized": ""}
"""The only folders of Readeck, which are no folders."""
_ROOTS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
"""The attributes of folders that every browser has."""
_DEEPEST = 40
"""The depth from which on folders are those above them."""


class _Bookmark(NamedTuple):
    """A bookmark as it stands in the file: its attributes, and its title and description."""

    attributes: dict[str, str]
    folders: tuple[str, ...]
    line: int
    title: list[str]
    about: list[str]


def fits(bundle: Bundle) -> float:
    """Return how sure it is that there is a list of bookmarks."""
    found = [_certainty(member.head) for member in members(bundle) if member.shape is Shape.MARKUP]
    return max(found, default=0.0)


def read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the bookmarks of all lists."""
    for member in members(bundle):
        if member.shape is Shape.MARKUP and (_certainty(member.head) or len(bundle.names) == 1):
            yield from _in_file(bundle, member.name)


def _certainty(head: str) -> float:
    if _DOCTYPE.search(head):
        return 0.95
    return 0.7 if _LIST.search(head) else 0.0


def _in_file(bundle: Bundle, name: str) -> Iterator[Entry | Unread]:
    where, text = bundle.where(name), text_of(bundle, name)
    if isinstance(text, Unread):
        yield text
        return
    of_pages = bool(_EXCERPTS.search(text[:1000]))
    for bookmark in _bookmarks(text):
        yield _entry(bookmark, where.file, of_pages)


def _bookmarks(text: str) -> Iterator[_Bookmark]:
    """Yield the bookmarks of a list with the names of their folders."""
    places = _Folders()
    present: _Bookmark | None = None
    into: list[str] | None = None
    for tag in tags(text):
        if tag.name in ("a", "dt", "dl", "/dl", "h3", "hr"):
            if present and tag.name != "dt":
                yield present
                present = None
            into = None if tag.name != "h3" else places.named(tag)
        if tag.name == "a":
            into = []
            present = _Bookmark(tag.attributes, places.path, tag.line, into, [])
        elif tag.name in ("/a", "/h3", "dd", "/dd"):
            into = present.about if present and tag.name == "dd" else None
        elif tag.name in ("dl", "/dl"):
            places.enter() if tag.name == "dl" else places.leave()
        if into is not None:
            into.append(words(tag.text))
    if present:
        yield present


class _Folders:
    """The folders around a bookmark while a list is read."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, ...]] = []
        self._name: list[str] = []
        self._is_root = False
        self.path: tuple[str, ...] = ()

    def named(self, tag: Tag) -> list[str]:
        """Expect the name of the next folder."""
        attributes = tag.attributes
        self._is_root = any(attributes.get(root) == "true" for root in _ROOTS)
        self._name = []
        return self._name

    def enter(self) -> None:
        """Enter the folder that was named last; one without a name is that around it."""
        self._stack.append(self.path)
        name = values.line("".join(self._name))
        if name and not self._is_root and len(self.path) < _DEEPEST:
            self.path = (*self.path, name)
        self._name, self._is_root = [], False

    def leave(self) -> None:
        """Leave a folder, if there is one."""
        self.path = self._stack.pop() if self._stack else ()


def _entry(bookmark: _Bookmark, file: str, of_pages: bool) -> Entry:
    attributes = bookmark.attributes
    remarks: list[Remark] = []
    names = tuple(map(value, values.split(attributes.get("tags", ""), ",")))
    section = _section(bookmark.folders)
    excerpt, notes = _description("".join(bookmark.about), of_pages or "toread" in attributes)
    archived = section == "archived" or not _ARCHIVED.isdisjoint(names)
    return Entry(
        Clipping(
            value(attributes.get("href", "")).strip(),
            values.line("".join(bookmark.title)),
            excerpt=excerpt,
            tags=tuple(name for name in names if name not in _ARCHIVED),
        ),
        Where(file, bookmark.line),
        State.ARCHIVE if archived else State.QUEUE,
        section == "favourite" or attributes.get("favourite") == "1",  # in Reader's own
        time_of(attributes.get("add_date"), remarks),
        folders=(bookmark.folders,) if bookmark.folders and section is None else (),
        highlights=notes,
        from_feed="feedurl" in attributes,
        remarks=tuple(remarks),
    )


def _section(folders: tuple[str, ...]) -> str | None:
    return _SECTIONS.get(folders[0].lower()) if len(folders) == 1 else None


def _description(written: str, of_page: bool) -> tuple[str, tuple[Highlight, ...]]:
    """Return the description of the page and the notes of the user."""
    if not written:
        return "", ()
    notes = "\n\n".join(_OWN_NOTES.findall(written))
    about = values.text(_OWN_NOTES.sub("", written))
    if of_page:
        return about, values.note(notes)
    return "", values.note("\n\n".join(filter(None, (about, notes))))


BOOKMARKS = Format("bookmarks", fits, read)

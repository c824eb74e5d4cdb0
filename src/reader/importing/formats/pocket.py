"""Pocket's exports: CSV files with annotations and collections beside them, and the older page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reader.entries import Entry, Highlight, Unread
from reader.errors import ReaderError
from reader.importing import csv_rows, json_items, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import Item
from reader.importing.lines import text_of
from reader.importing.shapes import Member, Shape, members, objects, tables
from reader.importing.tags import tags, value, words
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.outcomes import Where
from reader.reasons import Remark

_COLUMNS = ("title", "url", "time_added")
_ARCHIVED = frozenset({"archive", "archived", "read"})
_NO_TITLE = "Problem loading page"
_PAGE = "<title>pocket export</title>"


class _Beside(NamedTuple):
    """The knowledge of other files than the list about articles, by their addresses.

    ``entries`` are those articles by themselves, in case that the list lacks them.
    """

    highlights: Mapping[str, list[Highlight]]
    folders: Mapping[str, list[tuple[str, ...]]]
    entries: Mapping[str, Entry]


def _fits(bundle: Bundle) -> float:
    if tables(bundle, *_COLUMNS):
        return 0.95
    return 0.9 if _annotations(bundle) or _collections(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the rows of all parts, then articles only in annotations and collections."""
    beside, unread = _others(bundle)
    met: set[str] = set()
    for name in tables(bundle, *_COLUMNS):
        for row in csv_rows.rows(bundle, name):
            if isinstance(row, Unread):
                yield row
                continue
            entry = _entry(row)
            if beside.entries:
                key = _key(entry.clipping.url)
                entry = entry if key in met else _completed(entry, beside, key)
                met.add(key)
            yield entry
    for key, entry in beside.entries.items():
        if key not in met:
            yield _completed(entry, beside, key)
    yield from unread


def _entry(row: Row) -> Entry:
    remarks = list(row.remarks)
    url, title = row.get("url"), values.line(row.get("title"))
    named = title not in (url, _NO_TITLE)
    return Entry(
        Clipping(url, title if named else "", tags=values.split(_tags(row.get("tags")), "|")),
        row.where,
        State.ARCHIVE if row.get("status").lower() in _ARCHIVED else State.QUEUE,
        values.truth(row.get("favourite")),  # in Reader's own lists
        added_at=time_of(row.get("time_added"), remarks),
        remarks=tuple(remarks),
    )


def _tags(joined: str) -> str:
    """Return tags as Pocket joins them; other programs save the file with commas."""
    return joined if "|" in joined else joined.replace(",", "|")


def _key(url: str) -> str:
    """Return an address as it is compared: files differ in scheme, fragment and the last slash."""
    return url.partition("://")[2].partition("#")[0].rstrip("/") or url


def _completed(entry: Entry, beside: _Beside, key: str) -> Entry:
    """Return an entry with its annotations, and with its collections as folders."""
    return entry._replace(
        highlights=tuple(beside.highlights.get(key, ())), folders=tuple(beside.folders.get(key, ()))
    )


def _annotations(bundle: Bundle) -> list[str]:
    return objects(bundle, "url", "highlights", "quote")


def _collections(bundle: Bundle) -> list[str]:
    return objects(bundle, "slug", "items", listed=False)


def _others(bundle: Bundle) -> tuple[_Beside, list[Unread]]:
    """Read annotations and collections, and those items of them that are not readable."""
    highlights: defaultdict[str, list[Highlight]] = defaultdict(list)
    folders: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    entries: dict[str, Entry] = {}
    unread: list[Unread] = []
    for name in _annotations(bundle):
        for item in json_items.items(bundle, name):
            if isinstance(item, Unread):
                unread.append(item)
                continue
            key = _noted(entries, item)
            highlights[key] += _highlights(item.value.get("highlights"))
    for name in _collections(bundle):
        title = _title_of(bundle, name)
        for item in json_items.items(bundle, name, "items"):
            if isinstance(item, Unread):
                unread.append(item)
                continue
            key = _noted(entries, item)
            folders[key].append((title,))
            highlights[key] += values.note(item.value.get("note"))
    return _Beside(highlights, folders, entries), unread


def _noted(entries: dict[str, Entry], item: Item) -> str:
    """Note an article that the list may lack; return its key."""
    url = values.line(item.value.get("url"))
    clipping = Clipping(
        url,
        values.line(item.value.get("title")),
        excerpt=values.text(item.value.get("excerpt")),
    )
    key = _key(url)
    entries.setdefault(key, Entry(clipping, item.where, State.ARCHIVE))
    return key


def _highlights(found: Any) -> Iterator[Highlight]:
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict) and (quote := values.text(each.get("quote"))):
            yield Highlight(
                quote, values.text(each.get("note")), made_at=time_of(each.get("created_at"), [])
            )


def _title_of(bundle: Bundle, name: str) -> str:
    try:
        found = json_items.document(bundle, name)
        return values.line(found.get("title")) or values.line(found.get("slug"))
    except (ReaderError, ValueError, AttributeError):
        return "Pocket"


def _is_page(member: Member) -> bool:
    return member.shape is Shape.MARKUP and _PAGE in member.head.lower()


def _page_fits(bundle: Bundle) -> float:
    return 0.95 if any(map(_is_page, members(bundle))) else 0.0


def _read_page(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the links of the pages; their state is in the heading above them."""
    for member in members(bundle):
        if member.shape is not Shape.MARKUP or not (_is_page(member) or len(bundle.names) == 1):
            continue
        text = text_of(bundle, member.name)
        if isinstance(text, Unread):
            yield text
        else:
            yield from _links(text, bundle.where(member.name).file)


def _links(text: str, file: str) -> Iterator[Entry]:
    state = State.QUEUE
    for tag in tags(text):
        if tag.name == "h1":
            state = State.ARCHIVE if "archive" in tag.text.lower() else State.QUEUE
        if tag.name != "a":
            continue
        attributes = tag.attributes
        remarks: list[Remark] = []
        url = value(attributes.get("href", "")).strip()
        title = values.line(words(tag.text))
        yield Entry(
            Clipping(
                url,
                title if title not in (url, _NO_TITLE) else "",
                tags=values.split(value(attributes.get("tags", "")), ","),
            ),
            Where(file, tag.line),
            state,
            added_at=time_of(attributes.get("time_added"), remarks),
            remarks=tuple(remarks),
        )


POCKET = Format("pocket", _fits, _read)
POCKET_PAGE = Format("pocket-html", _page_fits, _read_page)

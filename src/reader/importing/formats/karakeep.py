"""Karakeep's JSON file of links and notes."""

from collections.abc import Iterator

from reader.entries import Entry, Text, TextKind, Unread
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.folders import Folders
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import Item, kept
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.reasons import Remark

_FIRST_WORDS = 80


def _files(bundle: Bundle) -> list[str]:
    return objects(bundle, "bookmarks", listed=False)


def _fits(bundle: Bundle) -> float:
    known = objects(bundle, "bookmarks", "content", "createdAt", listed=False)
    return 0.9 if known else 0.3 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    for name in _files(bundle):
        folders = Folders(json_items.items(bundle, name, "lists"))
        for item in json_items.items(bundle, name, "bookmarks"):
            yield item if isinstance(item, Unread) else _entry(item, folders)


def _entry(item: Item, folders: Folders) -> Entry:
    """Return a link, or a note as an article; files are not in the export and have no address."""
    get = item.value.get
    remarks: list[Remark] = []
    content = get("content")
    inside = content if isinstance(content, dict) else {}
    written = values.text(inside.get("text"))
    lists = get("lists")
    paths = [folders.path(key) for key in lists] if isinstance(lists, list) else []
    return Entry(
        Clipping(
            values.line(inside.get("url") or inside.get("sourceUrl")),
            values.line(get("title")) or values.line(written[:_FIRST_WORDS]),
            tags=values.names(get("tags")),
        ),
        item.where,
        State.ARCHIVE if values.truth(get("archived")) else State.QUEUE,
        values.truth(get("favourited")),
        time_of(get("createdAt"), remarks),
        folders=tuple(filter(None, paths)),
        highlights=values.note(get("note")),
        text=Text(TextKind.MARKDOWN, kept(written)) if written else None,
        remarks=tuple(remarks),
    )


KARAKEEP = Format("karakeep", _fits, _read)

"""Lists of objects with addresses in JSON that no program is known for."""

from collections.abc import Iterator, Mapping
from typing import Any

from reader.entries import Entry, Unread
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import Item
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.reasons import Remark

_URLS = ("url", "href", "link", "uri", "given_url", "resolved_url", "u")
_TITLES = ("title", "name", "given_title", "resolved_title", "description", "d")
_DATES = (
    "added_at", "addedAt", "saved", "savedAt", "saved_at", "time_added", "created", "createdAt",
    "created_at", "added", "dateAdded", "date_added", "date", "time", "timestamp", "dt",
)  # fmt: skip
_NOTES = ("note", "notes", "extended", "comment", "n")
_TAGS = ("tags", "labels", "categories", "keywords", "t")
_FAVOURITES = ("favourite", "favorite", "starred", "is_starred", "is_favorite")
_ARCHIVED = ("archived", "is_archived", "read", "is_read")


def _files(bundle: Bundle) -> list[str]:
    return sorted({name for url in _URLS[:-1] for name in objects(bundle, url)})


def _fits(bundle: Bundle) -> float:
    return 0.4 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return json_items.entries(bundle, _files(bundle), _entry)


def _entry(item: Item) -> Entry:
    found = item.value
    remarks: list[Remark] = []
    archived = values.truth(_first(found, _ARCHIVED)) or found.get("state") == "archived"
    return Entry(
        Clipping(
            values.line(_first(found, _URLS)),
            values.line(_first(found, _TITLES)),
            tags=values.names(_first(found, _TAGS)),
        ),
        item.where,
        State.ARCHIVE if archived else State.QUEUE,
        values.truth(_first(found, _FAVOURITES)),
        time_of(_first(found, _DATES), remarks),
        highlights=values.note(_first(found, _NOTES)),
        remarks=tuple(remarks),
    )


def _first(found: Mapping[str, Any], keys: tuple[str, ...]) -> object:
    """Return the first of some members that an object has."""
    return next((found[key] for key in keys if found.get(key) is not None), None)


ANY_JSON = Format("json", _fits, _read)

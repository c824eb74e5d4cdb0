"""Pinboard's JSON file, which Delicious and Shaarli write as well."""

from collections.abc import Iterator

from reader.entries import Entry, Unread
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import Item
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.reasons import Remark


def _files(bundle: Bundle) -> list[str]:
    found = objects(bundle, "href", "description") + objects(bundle, "href", "toread")
    return sorted(set(found))


def _fits(bundle: Bundle) -> float:
    return 0.9 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return json_items.entries(bundle, _files(bundle), _entry)


def _entry(item: Item) -> Entry:
    """Return a bookmark: ``description`` is its title and ``extended`` the user's note."""
    get = item.value.get
    remarks: list[Remark] = []
    tags = get("tags")
    kept_for_later = get("toread") is None or values.truth(get("toread"))
    return Entry(
        Clipping(
            values.line(get("href")),
            values.line(get("description")),
            tags=values.split(tags, " ") if isinstance(tags, str) else values.names(tags),
        ),
        item.where,
        State.QUEUE if kept_for_later else State.ARCHIVE,
        added_at=time_of(get("time"), remarks),
        highlights=values.note(get("extended")),
        remarks=tuple(remarks),
    )


PINBOARD = Format("pinboard", _fits, _read)

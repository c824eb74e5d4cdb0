"""GoodLinks' JSON file."""

from collections.abc import Iterator
from typing import Any

from reader.entries import Entry, Highlight, Unread
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import Item
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.reasons import Remark

_QUOTES = ("content", "text", "quote")


def _files(bundle: Bundle) -> list[str]:
    return sorted({*objects(bundle, "url", "addedAt", "originalURL"),
                   *objects(bundle, "url", "addedAt", "starred")})  # fmt: skip


def _fits(bundle: Bundle) -> float:
    return 0.9 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return json_items.entries(bundle, _files(bundle), _entry)


def _entry(item: Item) -> Entry:
    get = item.value.get
    remarks: list[Remark] = []
    url, original = values.line(get("url")), values.line(get("originalURL"))
    read_at = time_of(get("readAt"), remarks)
    return Entry(
        Clipping(
            url or original,
            values.line(get("title")),
            byline=values.line(get("author")),
            excerpt=values.text(get("summary")),
            tags=values.names(get("tags")),
            aliases=(original,) if original not in ("", url) else (),
        ),
        item.where,
        State.ARCHIVE if read_at or values.truth(get("read")) else State.QUEUE,
        values.truth(get("starred")),
        time_of(get("addedAt"), remarks),
        read_at=read_at,
        highlights=tuple(_highlights(get("highlights"))),
        remarks=tuple(remarks),
    )


def _highlights(found: Any) -> Iterator[Highlight]:
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            quote = next(filter(None, (values.text(each.get(key)) for key in _QUOTES)), "")
            note = values.text(each.get("note"))
            if quote or note:
                yield Highlight(quote, note, made_at=time_of(each.get("time"), []))


GOODLINKS = Format("goodlinks", _fits, _read)

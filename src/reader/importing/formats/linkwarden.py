"""Linkwarden's JSON file of collections with their links."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from reader.entries import Entry, Text, TextKind, Unread
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.folders import Folders
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import kept
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark


def _files(bundle: Bundle) -> list[str]:
    return objects(bundle, "collections", "links", listed=False)


def _fits(bundle: Bundle) -> float:
    return 0.9 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    for name in _files(bundle):
        file = bundle.where(name).file
        folders = Folders(json_items.items(bundle, name, "collections"))
        pinned = _pinned(bundle, name)
        number = 0
        for item in json_items.items(bundle, name, "collections"):
            if isinstance(item, Unread):
                yield item
                continue
            links = item.value.get("links")
            path = folders.path(item.value.get("id"))
            for link in links if isinstance(links, list) else ():
                number += 1
                yield _link(link, Where(file, number), path, pinned)


def _pinned(bundle: Bundle, name: str) -> frozenset[str]:
    items = json_items.items(bundle, name, "pinnedLinks")
    return frozenset(str(item.value.get("id")) for item in items if not isinstance(item, Unread))


def _link(link: Any, where: Where, path: tuple[str, ...], pinned: frozenset[str]) -> Entry | Unread:
    if not isinstance(link, dict):
        remark = Remark(Reason.NOT_READABLE, text=values.line(link)[:80])
        return Unread(where, Outcome.FAILED, remark)
    remarks: list[Remark] = []
    written = values.text(link.get("textContent"))
    return Entry(
        Clipping(
            values.line(link.get("url")),
            unescape(values.line(link.get("name"))),
            excerpt=unescape(values.text(link.get("description"))),
            tags=tuple(map(unescape, values.names(link.get("tags")))),
        ),
        where,
        favourite=str(link.get("id")) in pinned or bool(link.get("pinnedBy")),
        added_at=time_of(link.get("importDate") or link.get("createdAt"), remarks),
        folders=(path,) if path else (),
        text=Text(TextKind.PLAIN, kept(written)) if written else None,
        remarks=tuple(remarks),
    )


LINKWARDEN = Format("linkwarden", _fits, _read)

"""The exports of wallabag: JSON of both versions with texts and annotations, and CSV."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from reader.entries import Entry, Highlight, Text, TextKind, Unread
from reader.importing import csv_rows, json_items, ranges, shapes, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.times import time_of
from reader.model import Clipping, State
from reader.reasons import Remark

_V2 = (("is_archived", "is_starred"), ("url", "is_archived"), ("url", "annotations", "content"))
_V1 = ("url", "is_read", "is_fav")
_CSV = ("title", "url", "content", "mime type")
_NO_TEXT = re.compile(r"wallabag can(?:'|’|&#0?39;|&rsquo;)t retrieve contents for this article")
_SHORT = 2_000
_TAG = re.compile(r"<[^<>]*>")
_LOCAL_TIME = "%d/%m/%Y %H:%M:%S"


def _fits_v2(bundle: Bundle) -> float:
    return 0.9 if _files(bundle) else 0.0


def _files(bundle: Bundle) -> list[str]:
    return list(dict.fromkeys(name for keys in _V2 for name in shapes.objects(bundle, *keys)))


def _read_v2(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    return json_items.entries(bundle, _files(bundle), _entry)


def _entry(item: json_items.Item) -> Entry:
    value, remarks = item.value, list[Remark]()
    content = value.get("content")
    archived = values.truth(value.get("is_archived"))
    added = time_of(value.get("created_at"), remarks)
    done = time_of(value.get("archived_at"), remarks) if archived else ""
    return Entry(
        Clipping(
            values.line(value.get("url")) or values.line(value.get("given_url")),
            title=_title(value.get("title")),
            byline=", ".join(values.names(value.get("published_by"))),
            language=_language(value.get("language")),
            published_at=time_of(value.get("published_at"), remarks),
            tags=values.names(value.get("tags")),
            aliases=_aliases(value),
        ),
        item.where,
        State.ARCHIVE if archived else State.QUEUE,
        favourite=values.truth(value.get("is_starred")),
        added_at=added,
        read_at=done,
        highlights=tuple(_annotations(value.get("annotations"), content)),
        text=None if values.truth(value.get("is_not_parsed")) else _text(content),
        remarks=tuple(remarks),
    )


def _text(content: object) -> Text | None:
    """Return the text of an article, None if wallabag could not download it."""
    if not isinstance(content, str) or not content.strip():
        return None
    if len(content) < _SHORT and _NO_TEXT.search(content):
        return None
    return Text(TextKind.HTML, json_items.kept(content))


def _title(value: object) -> str:
    title = values.line(value)
    return values.line(unescape(_TAG.sub("", title))) if "<" in title or "&" in title else title


def _language(value: object) -> str:
    return values.line(value).replace("_", "-")[:35]


def _aliases(value: dict[str, Any]) -> tuple[str, ...]:
    found = (values.line(value.get(key)) for key in ("url", "origin_url", "given_url"))
    return tuple(dict.fromkeys(filter(None, found)))


def _annotations(listed: object, content: object) -> Iterator[Highlight]:
    if not isinstance(listed, list) or not listed:
        return
    page = ranges.Page(content if isinstance(content, str) else "")
    for each in listed:
        if isinstance(each, dict):
            span = _range(each.get("ranges"))
            quote, prefix, suffix = page.around(values.text(each.get("quote")), *span)
            made = time_of(each.get("created_at"), [])
            note = values.text(each.get("text"))
            if quote or note:
                yield Highlight(quote, note, made_at=made, prefix=prefix, suffix=suffix)


def _range(listed: object) -> tuple[ranges.Place, ranges.Place]:
    first = listed[0] if isinstance(listed, list) and listed else {}
    value = first if isinstance(first, dict) else {}
    start = ranges.Place(values.line(value.get("start")), _number(value.get("startOffset")))
    return start, ranges.Place(values.line(value.get("end")), _number(value.get("endOffset")))


def _number(value: object) -> int:
    text = values.line(value)
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0


# ---- version 1


def _fits_v1(bundle: Bundle) -> float:
    return 0.9 if shapes.objects(bundle, *_V1) else 0.0


def _read_v1(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    return json_items.entries(bundle, shapes.objects(bundle, *_V1), _entry_v1)


def _entry_v1(item: json_items.Item) -> Entry:
    value = item.value
    return Entry(
        Clipping(
            values.line(value.get("url")),
            title=_title(value.get("title")),
            tags=values.names(value.get("tags")),
        ),
        item.where,
        State.ARCHIVE if values.truth(value.get("is_read")) else State.QUEUE,
        favourite=values.truth(value.get("is_fav")),
        text=_text(value.get("content")),
    )


# ---- CSV


def _fits_csv(bundle: Bundle) -> float:
    return 0.9 if shapes.tables(bundle, *_CSV) else 0.0


def _read_csv(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    return csv_rows.entries(bundle, shapes.tables(bundle, *_CSV), _entry_csv)


def _entry_csv(row: Row) -> Entry:
    added, remarks = _local_time(row.get("creation date"))
    return Entry(
        Clipping(
            row.get("url"),
            title=_title(row.get("title")),
            language=_language(row.get("language")),
            tags=values.split(row.get("tags"), ","),
        ),
        row.where,
        added_at=added,
        text=_text(row.get("content")),
        remarks=(*row.remarks, *remarks),
    )


def _local_time(written: str) -> tuple[str, tuple[Remark, ...]]:
    """Return a time with the day first; whether it is morning or evening is not in the file."""
    if not written:
        return "", ()
    try:
        moment = datetime.strptime(written, _LOCAL_TIME)  # it has no zone
    except ValueError:
        remarks: list[Remark] = []
        return time_of(written, remarks), tuple(remarks)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ"), ()


WALLABAG = Format("wallabag", _fits_v2, _read_v2)
WALLABAG_V1 = Format("wallabag-v1", _fits_v1, _read_v1)
WALLABAG_CSV = Format("wallabag-csv", _fits_csv, _read_csv)

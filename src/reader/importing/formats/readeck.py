"""The exports of Readeck: CSV, Markdown, and its whole content.

Of a whole content, users and tokens are never read.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any

from reader.body import clean
from reader.entries import Entry, Highlight, Text, TextKind, Unread
from reader.errors import IngestError, ReaderError
from reader.importing import csv_rows, json_items, marks, shapes, values
from reader.importing.amounts import fraction
from reader.importing.beside import Beside, Names
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.formats.markdown_folder import entry_of
from reader.importing.times import time_of
from reader.ingest.images import MAX_BYTES
from reader.ingest.saved import spellings
from reader.ingest.zips import Zip
from reader.model import Clipping, State
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_CSV = ("url", "labels", "is_archived", "is_marked")
_NOTE = re.compile(r"(?:^|/)index\.md$", re.IGNORECASE)
_FRONT = re.compile(rb"\A\s*---\r?\n(?:.*\r?\n){0,40}?(?:website|saved): ", re.IGNORECASE)
_INFO = re.compile(r"(?:^|/)bookmarks/([^/]+)/info\.json$")
_OTHER_INFO = re.compile(r"(?:^|/)(?:data\.cbor|bookmarks/[^/]+/info\.cbor)$")
_LOOKED_AT = 20
_LARGEST_INFO = 20_000_000
_NEWER = "a newer format of Readeck (CBOR); export as Markdown instead"


# ---- CSV


def _fits_csv(bundle: Bundle) -> float:
    return 0.9 if shapes.tables(bundle, *_CSV) else 0.0


def _read_csv(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    return csv_rows.entries(bundle, shapes.tables(bundle, *_CSV), _of_row)


def _of_row(row: Row) -> Entry:
    remarks = list(row.remarks)
    archived = values.truth(row.get("is_archived"))
    return Entry(
        Clipping(
            row.get("url"), title=values.line(row.get("title")), tags=_labels(row.get("labels"))
        ),
        row.where,
        State.ARCHIVE if archived else State.QUEUE,
        favourite=values.truth(row.get("is_marked")),
        added_at=time_of(row.get("created"), remarks),
        remarks=tuple(remarks),
    )


def _labels(written: str) -> tuple[str, ...]:
    try:
        return values.names(json.loads(written)) if written else ()
    except (ValueError, RecursionError):
        return values.split(written.strip("[]"), ",")


# ---- Markdown


def _fits_markdown(bundle: Bundle) -> float:
    notes = [name for name in bundle.names if _NOTE.search(name)][:_LOOKED_AT]
    return 0.9 if notes and any(_is_note(bundle, name) for name in notes) else 0.0


def _is_note(bundle: Bundle, name: str) -> bool:
    try:
        return _FRONT.match(bundle.head(name)) is not None
    except ReaderError:
        return False


def _read_markdown(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    names = Names(bundle)
    for name in bundle.names:
        if _NOTE.search(name):
            item = entry_of(bundle, name, names)
            yield item._replace(folders=()) if isinstance(item, Entry) else item


# ---- whole content


def _fits_full(bundle: Bundle) -> float:
    return 0.95 if any(_INFO.search(x) or _OTHER_INFO.search(x) for x in bundle.names) else 0.0


def _read_full(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    names = Names(bundle)
    described = [name for name in bundle.names if _INFO.search(name)]
    other = [name for name in bundle.names if _OTHER_INFO.search(name)]
    if other:
        remark = Remark(Reason.NOT_READABLE, text=_NEWER)
        yield Unread(bundle.where(other[0]), Outcome.FAILED, remark, other[0])
    for name in described:
        try:
            value = json.loads(bundle.read(name, _LARGEST_INFO))
        except (ReaderError, ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield _of_info(bundle, name, names, value)
        else:
            yield json_items.damaged(bundle, name)


def _of_info(bundle: Bundle, name: str, names: Names, value: dict[str, Any]) -> Entry:
    remarks: list[Remark] = []
    folder = name.rpartition("/")[0]
    archived = values.truth(value.get("IsArchived"))
    return Entry(
        Clipping(
            values.line(value.get("URL")) or values.line(value.get("InitialURL")),
            title=values.line(value.get("Title")),
            byline=", ".join(values.names(value.get("Authors"))),
            site=values.line(value.get("SiteName")) or values.line(value.get("Site")),
            language=values.line(value.get("Lang"))[:35],
            excerpt=values.text(value.get("Description")),
            published_at=time_of(value.get("Published"), []),
            tags=values.names(value.get("Labels")),
            aliases=tuple(filter(None, (values.line(value.get("InitialURL")),))),
        ),
        bundle.where(name),
        State.ARCHIVE if archived else State.QUEUE,
        favourite=values.truth(value.get("IsMarked")),
        added_at=time_of(value.get("Created"), remarks),
        progress=fraction(value.get("ReadProgress"), 100),
        highlights=tuple(_annotations(value.get("Annotations"))),
        text=_text(bundle, names, folder),
        remarks=tuple(remarks),
    )


def _annotations(listed: object) -> Iterator[Highlight]:
    for each in listed if isinstance(listed, list) else ():
        quote = values.text(each.get("text")) if isinstance(each, dict) else ""
        if quote:
            made = time_of(each.get("created"), [])
            note = values.text(each.get("note"))
            yield Highlight(quote, note, marks.colour(each.get("color")), made_at=made)


def _text(bundle: Bundle, names: Names, folder: str) -> Text | None:
    if page := names.at(folder, "container/index.html"):
        pictures = Beside(names, page.rpartition("/")[0])
        return Text(TextKind.HTML, partial(bundle.read, page), pictures)
    if packed := names.at(folder, "container.zip"):
        load = partial(_member, bundle, packed, "index.html")
        return Text(TextKind.HTML, load, _Packed(bundle, packed))
    return None


class _Packed(Mapping[str, Callable[[], bytes]]):
    """The pictures in a packed container, by their sources."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        self._bundle = bundle
        self._name = name

    def __getitem__(self, source: str) -> Callable[[], bytes]:
        """Return how a picture is read. Raises KeyError if it is not in the container."""
        path = next(spellings(source))
        if ":" in path or path.startswith("/"):
            raise KeyError(source)
        return partial(_member, self._bundle, self._name, path)

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: the sources are in the text."""
        return iter(())

    def __len__(self) -> int:
        """Return 1, because an empty mapping would count as none."""
        return 1


def _member(bundle: Bundle, packed: str, path: str) -> bytes:
    """Return the bytes of a member of an archive in the bundle. Raises IngestError."""
    archive = Zip(BytesIO(bundle.read(packed)))
    try:
        found = next(each for each in archive.members if each.name == path)
        return archive.read(found, MAX_BYTES)
    except StopIteration:
        raise IngestError(f"{clean.line(path)} is not in {clean.line(packed)}.") from None
    finally:
        archive.close()


READECK = Format("readeck", _fits_csv, _read_csv)
READECK_MARKDOWN = Format("readeck-markdown", _fits_markdown, _read_markdown)
READECK_FULL = Format("readeck-full", _fits_full, _read_full)

"""The export of Matter, both generations: histories, highlights and texts in a zip."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import unescape
from itertools import chain
from typing import NamedTuple

from reader.body import clean
from reader.entries import Entry, Highlight, Text, TextKind, Unread
from reader.importing import shapes, values
from reader.importing.beside import Names
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row, rows
from reader.importing.formats.format import Choices, Format
from reader.importing.times import time_of
from reader.ingest.decode import decode
from reader.model import Clipping, State
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

_HISTORY = ("title", "publisher", "url", "file id")
_HIGHLIGHTS = ("text", "highlighted date", "title", "publisher")
_TAG = re.compile(r"<[^<>]*>")
_SHOWN = 80

Key = tuple[str, str, str]


class _Marked(NamedTuple):
    """A highlight, and its place in the export."""

    highlight: Highlight
    where: Where


def _fits(bundle: Bundle) -> float:
    return 0.9 if shapes.tables(bundle, *_HISTORY) else 0.0


def _read(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:  # noqa: ARG001
    marked: dict[Key, list[_Marked]] = {}
    for row in _rows(bundle, _HIGHLIGHTS):
        if isinstance(row, Unread):
            yield row
        elif row.get("text"):
            marked.setdefault(_key(row), []).append(_Marked(_highlight(row), row.where))
    history = list(_rows(bundle, _HISTORY))
    alike = Counter(_key(row) for row in history if isinstance(row, Row))
    names = Names(bundle)
    placed: set[Where] = set()
    for row in history:
        if isinstance(row, Unread):
            yield row
            continue
        text = _text(bundle, names, row)
        own = marked.get(_key(row), [])
        if alike[_key(row)] > 1:
            own = _fitting(own, text)
        placed.update(each.where for each in own)
        yield _entry(row, text, tuple(each.highlight for each in own))
    for several in marked.values():
        yield from (_alone(each) for each in several if each.where not in placed)


def _rows(bundle: Bundle, columns: tuple[str, ...]) -> Iterator[Row | Unread]:
    return chain.from_iterable(rows(bundle, name) for name in shapes.tables(bundle, *columns))


def _key(row: Row) -> Key:
    title, author, publisher = (
        " ".join(row.get(column).split()) for column in ("title", "author", "publisher")
    )
    return title, author, publisher


def _highlight(row: Row) -> Highlight:
    made = time_of(row.get("highlighted date"), [])
    return Highlight(values.text(row.get("text")), values.text(row.get("note")), made_at=made)


def _fitting(marked: list[_Marked], text: Text | None) -> list[_Marked]:
    """Return the highlights that are in a text, if several articles could have them."""
    if text is None or not marked:
        return []
    try:
        letters = _squashed(unescape(_TAG.sub("", decode(text.load()))))
    except Exception:  # it is reported when the text is taken in
        return []
    return [each for each in marked if _squashed(each.highlight.quote) in letters]


def _squashed(text: str) -> str:
    return "".join(text.split())


def _text(bundle: Bundle, names: Names, row: Row) -> Text | None:
    file = row.get("file id")
    folder = row.where.file.rpartition("/")[0]
    name = (names.at(folder, file) or names.anywhere(file)) if file else ""
    return Text(TextKind.HTML, partial(bundle.read, name)) if name and bundle.size(name) else None


def _entry(row: Row, text: Text | None, highlights: tuple[Highlight, ...]) -> Entry:
    remarks = list(row.remarks)
    return Entry(
        Clipping(
            row.get("url"),
            title=values.line(row.get("title")),
            byline=values.line(row.get("author")),
            site=values.line(row.get("publisher")),
            tags=values.split(row.get("tags"), ";"),
        ),
        row.where,
        _state(row),
        favourite=values.truth(row.get("favorited")),
        added_at=time_of(row.get("last interaction date"), remarks),
        highlights=highlights,
        text=text,
        remarks=tuple(remarks),
    )


def _state(row: Row) -> State:
    """Return the state; older exports know only whether an article was read."""
    if "in queue" in row.columns:
        is_queued = values.truth(row.get("in queue"))
    else:
        is_queued = not values.truth(row.get("read"))
    return State.QUEUE if is_queued else State.ARCHIVE


def _alone(marked: _Marked) -> Unread:
    """Return the row of a highlight whose article is unknown."""
    name = clean.line(marked.highlight.quote, _SHOWN)
    return Unread(marked.where, Outcome.FAILED, Remark(Reason.NO_ADDRESS), name)


MATTER = Format("matter", _fits, _read)

"""The bookmarks of Chrome and Firefox as JSON."""

from collections.abc import Iterator
from typing import Any

from reader.entries import Entry, Unread
from reader.errors import ReaderError
from reader.importing import json_items, values
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.shapes import objects
from reader.importing.times import time_of
from reader.model import Clipping
from reader.outcomes import Where
from reader.reasons import Remark

_SECONDS_TO_1970 = 11_644_473_600
"""From the first day of 1601, from which Chrome counts."""
_ROOTS = 2
"""The depth of folders that every browser has."""
_DEEPEST = 40
_NOTE = "bookmarkProperties/description"


def _files(bundle: Bundle) -> list[str]:
    chrome = objects(bundle, "roots", "children", "date_added", listed=False)
    return sorted({*chrome, *objects(bundle, "children", "guid", "typeCode", listed=False)})


def _fits(bundle: Bundle) -> float:
    return 0.9 if _files(bundle) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    for name in _files(bundle):
        try:
            root = json_items.document(bundle, name)
        except (ReaderError, ValueError):
            yield json_items.damaged(bundle, name)
            continue
        file = bundle.where(name).file
        for number, (found, path) in enumerate(_leaves(root), 1):
            yield _entry(found, path, Where(file, number))


def _leaves(root: Any) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """Yield the bookmarks in their order, each with the names of its folders."""
    roots = root.get("roots") if isinstance(root, dict) else None
    top = {"children": list(roots.values())} if isinstance(roots, dict) else root
    waiting: list[tuple[Any, int, tuple[str, ...]]] = [(top, 0, ())]
    while waiting:
        found, depth, path = waiting.pop()
        if not isinstance(found, dict):
            continue
        children = found.get("children")
        if isinstance(children, list):
            name = values.line(found.get("name") or found.get("title"))
            inner = (*path, name) if name and depth >= _ROOTS and len(path) < _DEEPEST else path
            waiting += [(child, depth + 1, inner) for child in reversed(children)]
        elif found.get("url") or found.get("uri"):
            yield found, path


def _entry(found: dict[str, Any], path: tuple[str, ...], where: Where) -> Entry:
    remarks: list[Remark] = []
    annos = found.get("annos")
    notes = [
        each.get("value")
        for each in (annos if isinstance(annos, list) else ())
        if isinstance(each, dict) and each.get("name") == _NOTE
    ]
    return Entry(
        Clipping(
            values.line(found.get("url") or found.get("uri")),
            values.line(found.get("name") or found.get("title")),
            tags=values.names(found.get("tags")),
        ),
        where,
        added_at=time_of(_since_1970(found), remarks),
        folders=(path,) if path else (),
        highlights=values.note(notes[0]) if notes else (),
        remarks=tuple(remarks),
    )


def _since_1970(found: dict[str, Any]) -> object:
    """Return the time of a bookmark; Chrome's is microseconds since 1601, as text."""
    added = found.get("date_added")
    if isinstance(added, str) and added.isascii() and added.isdecimal() and len(added) < 20:
        return max(int(added) // 1_000_000 - _SECONDS_TO_1970, 0)
    return found.get("dateAdded")


BROWSER_JSON = Format("browser", _fits, _read)

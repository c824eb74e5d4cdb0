"""Entries of one article within an export become one entry."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reader.entries import Entry, Highlight, Text
from reader.model import Clipping, State

_STATES = (State.TRASH, State.QUEUE, State.ARCHIVE)
"""The state that wins stands last: what was archived once was read."""


def merged(entries: Sequence[Entry]) -> Entry:
    """Return one entry for all entries of an article, in the order of the export.

    Tags, folders and highlights are united. The earliest date counts, the furthest state, and the
    longest text; of all else, the first that is known.
    """
    if len(entries) == 1:
        return entries[0]
    return entries[0]._replace(
        clipping=_about([entry.clipping for entry in entries]),
        state=max((entry.state for entry in entries), key=_STATES.index),
        favourite=any(entry.favourite for entry in entries),
        added_at=_earliest(entry.added_at for entry in entries),
        opened_at=max(entry.opened_at for entry in entries),
        read_at=_earliest(entry.read_at for entry in entries),
        progress=max(entry.progress for entry in entries),
        folders=_union(entry.folders for entry in entries),
        highlights=_highlights(entries),
        text=_longest([entry.text for entry in entries if entry.text is not None]),
        from_feed=all(entry.from_feed for entry in entries),
        pinned=any(entry.pinned for entry in entries),
    )


def _about(clippings: Sequence[Clipping]) -> Clipping:
    united = ("tags", "aliases", "subjects")
    first = clippings[0]
    values = {
        name: next(filter(None, (getattr(each, name) for each in clippings)), getattr(first, name))
        for name in first._fields
        if name not in (*united, "pictures", "words")
    }
    values |= {name: _union(getattr(each, name) for each in clippings) for name in united}
    return first._replace(**values)


def _earliest(times: Iterable[str]) -> str:
    return min(filter(None, times), default="")


def _union(several: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(each for values in several for each in values))


def _highlights(entries: Sequence[Entry]) -> tuple[Highlight, ...]:
    """Return the highlights of entries; the same words with the same note count once.

    Words that are marked twice in one entry stay two.
    """
    kept: list[Highlight] = []
    known: set[tuple[str, str]] = set()
    for entry in entries:
        fresh = [each for each in entry.highlights if _key(each) not in known]
        known.update(map(_key, fresh))
        kept += fresh
    return tuple(kept)


def _key(highlight: Highlight) -> tuple[str, str]:
    quote, note = (" ".join(text.split()) for text in (highlight.quote, highlight.note))
    return quote, note


def _longest(texts: Sequence[Text]) -> Text | None:
    """Return the longest of some texts; one that cannot be read is the shortest."""
    if len(texts) > 1:
        return max(texts, key=lambda text: _size(text.load))
    return texts[0] if texts else None


def _size(load: Callable[[], bytes]) -> int:
    try:
        return len(load())
    except Exception:  # what is damaged is reported when it is read
        return -1

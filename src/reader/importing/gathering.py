"""The items of an export, read one by one and gathered by the article they are about."""

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reader.body import clean
from reader.entries import Entry, Unread
from reader.errors import LibraryError, ReaderError
from reader.importing.addresses import addressed, name_of
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.outcomes import ImportRow, Outcome, Where
from reader.progress import Cancelled, Report
from reader.reasons import Reason, Remark

_EVERY = 200  # items between two reports
_COMPARED = 8
"""The entries of an article that another one is compared with; only what differs is kept."""

_log = logging.getLogger(__name__)


class Gathered(NamedTuple):
    """A row for each item of an export; and all entries of an article by the row of the first."""

    rows: list[ImportRow]
    articles: dict[int, list[Entry]]


def gathered(bundle: Bundle, format: Format, choices: Choices, report: Report) -> Gathered:
    """Read an export to its end; an item that cannot be read becomes a row with the reason."""
    found = Gathered([], {})
    firsts: dict[str, int] = {}
    handed_over = tuple(filter(None, map(_address, bundle.paths)))
    for number, item in enumerate(_items(bundle, format, choices)):
        if number % _EVERY == 0:
            report(number, 0, "Reading")
        entry = item if isinstance(item, Unread) else _known_by_address(item, handed_over)
        if isinstance(entry, Unread):
            found.rows.append(_unread(entry))
        else:
            _take(found, firsts, entry)
    return found


def _items(bundle: Bundle, format: Format, choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the items of a bundle; an error of its reader is the last one."""
    yield from bundle.refused
    try:
        yield from format.read(bundle, choices)
    except (Cancelled, LibraryError):
        raise
    except Exception as error:
        _log.warning("an export could not be read to its end", exc_info=True)
        yield Unread(Where(), Outcome.FAILED, Remark(Reason.NOT_READABLE, text=why(error)))


def _known_by_address(entry: Entry, handed_over: tuple[str, ...]) -> Entry | Unread:
    try:
        return addressed(entry, handed_over)
    except Exception as error:  # its text may be damaged
        name = clean.line(entry.clipping.title)
        return Unread(
            entry.where, Outcome.FAILED, Remark(Reason.NOT_READABLE, text=why(error)), name
        )


def _take(found: Gathered, firsts: dict[str, int], entry: Entry) -> None:
    """Take an entry in, as a new article or with the first entry of the same article."""
    number = first = len(found.rows)
    for key in _keys(entry):
        first = firsts.get(key, number)
        if first != number:
            break
    for key in _keys(entry):
        firsts.setdefault(key, first)
    name = name_of(entry)
    if first == number:
        found.articles[number] = [entry]
        found.rows.append(ImportRow(name, Outcome.ADDED, 0, entry.remarks, None, entry.where))
        return
    known, row = found.articles[first], found.rows[first]
    if not any(_tells_the_same(each, entry) for each in known[:_COMPARED]):
        known.append(entry)
    remarks = _same_as(row.where or Where(), entry.where.file, first) + entry.remarks
    name = row.name if row.name == name else name  # a million equal rows share what they can
    found.rows.append(ImportRow(name, Outcome.SKIPPED, 0, remarks, None, entry.where))


def _tells_the_same(one: Entry, other: Entry) -> bool:
    """Return whether an entry differs from another one in its place alone."""
    return one == other._replace(where=one.where, remarks=one.remarks)


def _keys(entry: Entry) -> tuple[str, ...]:
    """Return the keys of an article: an address, or the uid in Reader's own export."""
    if entry.own is not None:
        return (f"reader:{entry.own.uid}",)
    return (entry.clipping.url, *entry.clipping.aliases)


@lru_cache(maxsize=1024)
def _same_as(first: Where, file: str, number: int) -> tuple[Remark, ...]:
    line = (first.line or number + 1,)
    if first.file == file:
        return (Remark(Reason.SAME_AS, line),)
    return (Remark(Reason.SAME_IN, line, first.file),)


def _unread(item: Unread) -> ImportRow:
    name = clean.line(item.name)
    return ImportRow(name, item.outcome, 0, (item.remark,), where=item.where)


def why(error: Exception) -> str:
    """Return why something could not be read, for a remark."""
    if isinstance(error, ReaderError):
        return str(error)
    return "not enough memory" if isinstance(error, MemoryError) else type(error).__name__


def _address(path: Path) -> str:
    try:
        return path.resolve().as_uri()
    except (OSError, ValueError, RuntimeError):
        return ""

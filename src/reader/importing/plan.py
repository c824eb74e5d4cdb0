"""The plan of an import: the outcome of each item, foreseen.

``_planned`` reads as its story: gather the items, merge those of one article, leave out the
unwanted, and compare with the library.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.entries import Entry, Placing
from reader.importing.addresses import is_web
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices, Format
from reader.importing.garbage import spared
from reader.importing.gathering import gathered
from reader.importing.merging import merged
from reader.ingest.urls import site_of
from reader.library.imports.imports import Foreseen
from reader.library.library import Library
from reader.library.store import clock
from reader.model import State
from reader.outcomes import ImportRow, Outcome
from reader.own_export import OwnLibrary
from reader.progress import Report, silent
from reader.reasons import Reason, Remark

DEFAULT = Choices()

_Numbered = list[tuple[int, Entry]]


class Plan(NamedTuple):
    """The effect of an import: a row for each item of the export, which add up.

    ``rows`` are as those of the result; ``entries`` will be added or merged, each with its
    index in ``rows``. ``facts`` are counts for display: ``tags``, ``highlights``, ``texts`` (in the
    export), ``waiting`` (to be downloaded) from so many ``sites``, ``folders``, ``from_feed``;
    ``first`` and ``last`` are the dates between which the articles were added. ``rest`` holds
    the facts of Reader's own export besides articles; some are new if ``brings_rest``.
    """

    format: str
    names: tuple[str, ...]
    choices: Choices
    rows: tuple[ImportRow, ...]
    entries: tuple[tuple[int, Entry], ...]
    states: Mapping[State, int]
    facts: Mapping[str, int]
    first: str = ""
    last: str = ""
    rest: OwnLibrary | None = None
    brings_rest: bool = False

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Return the numbers of rows by their outcome; they add up to the rows."""
        return Counter(row.outcome for row in self.rows)

    def number_of(self, outcome: Outcome) -> int:
        """Return the number of rows with an outcome."""
        return self.counts[outcome]


def plan(
    library: Library,
    bundle: Bundle,
    format: Format,
    choices: Choices = DEFAULT,
    report: Report = silent,
) -> Plan:
    """Return the plan of an import. Nothing is changed, nothing is fetched.

    Raises Cancelled if ``report`` does, and LibraryError if the library cannot be read.
    """
    with spared(report) as reported:
        return _planned(library, bundle, format, choices, reported)


def _planned(
    library: Library, bundle: Bundle, format: Format, choices: Choices, report: Report
) -> Plan:
    rows, articles = gathered(bundle, format, choices, report)
    every = [(index, merged(entries)) for index, entries in articles.items()]
    wanted = [
        (index, _chosen(entry, choices)) for index, entry in every if _is_wanted(entry, choices)
    ]
    foreseen = library.imports.foresee([entry for _, entry in wanted], report)
    for index, entry in every:
        if not _is_wanted(entry, choices):
            remark = Remark(Reason.FROM_FEED)
            rows[index] = rows[index]._replace(outcome=Outcome.SKIPPED, remarks=(remark,))
    for (index, _), fate in zip(wanted, foreseen, strict=True):
        rows[index] = with_fate(rows[index], fate)
    rest = format.rest(bundle)
    dates = sorted(entry.added_at for _, entry in wanted if entry.added_at)
    return Plan(
        format.key,
        tuple(path.name for path in bundle.paths),
        choices,
        tuple(rows),
        tuple(_to_do(wanted, foreseen, choices)),
        Counter(entry.state for _, entry in wanted),
        _facts(every) | _waiting(wanted, foreseen),
        *((dates[0], dates[-1]) if dates else ("", "")),
        rest,
        rest is not None and library.known.lacks(rest),
    )


def with_fate(row: ImportRow, fate: Foreseen) -> ImportRow:
    """Return the row of an entry with its outcome."""
    if fate == (Outcome.ADDED, 0, ()):
        return row
    return row._replace(
        outcome=fate.outcome, article=fate.article, remarks=(*fate.remarks, *row.remarks)
    )


def _is_wanted(entry: Entry, choices: Choices) -> bool:
    return choices.feed_items or not entry.from_feed


def _chosen(entry: Entry, choices: Choices) -> Entry:
    """Return an entry as the user wants it."""
    if choices.folders_as_tags and entry.folders:
        named = ("/".join(name.replace("/", "-") for name in path) for path in entry.folders)
        tags = dict.fromkeys((*entry.clipping.tags, *filter(None, named)))
        entry = entry._replace(clipping=entry.clipping._replace(tags=tuple(tags)))
    if entry.highlights and not choices.highlights:
        entry = entry._replace(highlights=())
    if entry.state is State.QUEUE and choices.placing is Placing.ARCHIVE:
        entry = entry._replace(state=State.ARCHIVE)
    return entry


def _to_do(wanted: _Numbered, foreseen: Sequence[Foreseen], choices: Choices) -> _Numbered:
    """Return the entries to add or merge, in the order of the queue; new ones have a date."""
    fates = [fate.outcome for fate in foreseen]
    entries = [
        (index, entry._replace(added_at=date) if fate is Outcome.ADDED else entry)
        for (index, entry), date, fate in zip(wanted, _dates(wanted), fates, strict=True)
        if fate in (Outcome.ADDED, Outcome.UPDATED)
    ]
    if not choices.keep_order:
        entries.sort(key=lambda each: each[1].added_at)
    return sorted(entries, key=lambda each: not each[1].pinned)


def _dates(wanted: _Numbered) -> Iterator[str]:
    """Yield when each entry was added; if none is known, the first one is the newest.

    An unknown date between known ones is that of the entry before.
    """
    now = clock.seconds()
    known = [entry.added_at for _, entry in wanted]
    last = next(filter(None, known), "")
    for number, date in enumerate(known):
        last = date or last
        yield last or clock.text(now - number)


def _facts(every: _Numbered) -> dict[str, int]:
    entries = [entry for _, entry in every]
    return {
        "tags": len({tag for entry in entries for tag in entry.clipping.tags}),
        "highlights": sum(len(entry.highlights) for entry in entries),
        "texts": sum(entry.text is not None for entry in entries),
        "folders": len({path for entry in entries for path in entry.folders}),
        "from_feed": sum(entry.from_feed for entry in entries),
    }


def _waiting(wanted: _Numbered, foreseen: Sequence[Foreseen]) -> dict[str, int]:
    waiting = [
        site_of(entry.clipping.url)
        for (_, entry), fate in zip(wanted, foreseen, strict=True)
        if fate.outcome is Outcome.ADDED and entry.text is None and is_web(entry)
    ]
    return {"waiting": len(waiting), "sites": len(set(waiting))}

"""An import, from its plan to the stored report.

``run`` reads as its story: prepare the texts, keep the original files, take everything in at once,
store the report.
"""

import logging
from contextlib import suppress

from reader.entries import Entry
from reader.errors import IngestError, LibraryError
from reader.importing import reports, texts
from reader.importing.addresses import is_web, line
from reader.importing.bundle import Bundle
from reader.importing.formats.format import TextsFrom
from reader.importing.garbage import spared
from reader.importing.gathering import why
from reader.importing.helper import Helper
from reader.importing.plan import Plan, with_fate
from reader.importing.spool import Put, Spool, Spooled
from reader.ingest.urls import title_of
from reader.library.library import Library
from reader.outcomes import ImportResult, ImportRow, Outcome
from reader.progress import Cancelled, Report, silent
from reader.reasons import Reason, Remark

_log = logging.getLogger(__name__)

_EVERY = 200  # entries without a text between two reports


def run(library: Library, bundle: Bundle, plan: Plan, report: Report = silent) -> ImportResult:
    """Carry a plan out; return a row for each item of the export, as it came out.

    A copy of the library is taken before. The originals and the report are kept in the library;
    ``reports.earlier(library)[0]`` is that report. If ``report`` raises Cancelled, nothing has
    changed; if there is nothing to change, nothing is kept. Raises IngestError if a file was
    written to since it was opened.
    """
    if changed := bundle.changed():
        raise IngestError(
            f"{changed[0]} was changed while Reader read it; nothing was imported. "
            "Wait until it is complete, then import it again."
        )
    if not plan.entries and not plan.brings_rest:
        return ImportResult(plan.rows)
    library.backups.before_import(len(plan.entries), report)
    rows = [*plan.rows]
    with spared(report) as reported, Spool(library.folder) as spool:
        ready = _prepared(library, plan, rows, spool, reported)
        key = reports.new_key()
        try:
            library.imports.keep(bundle.paths, key)
            entries = Spooled(spool, [put for _, put in ready])
            fates = library.imports.take_in(
                entries, plan.choices.placing, plan.format, reported, plan.rest
            )
        except BaseException:
            with suppress(LibraryError):
                library.imports.delete(key)
            raise
    for (index, put), fate in zip(ready, fates, strict=True):
        rows[index] = with_fate(rows[index]._replace(remarks=put.entry.remarks), fate)
    result = ImportResult(tuple(rows))
    reports.store(library, key, plan.format, plan.names, result)
    return result


def _prepared(
    library: Library, plan: Plan, rows: list[ImportRow], spool: Spool, report: Report
) -> list[tuple[int, Put]]:
    """Return the entries to take in, in their order, with its texts in the spool.

    An entry that is no article without its text is marked as failed in ``rows``.
    """
    ready: dict[int, Put] = {}
    slowly = plan.choices.texts is TextsFrom.AFTERWARDS

    def settle(number: int, entry: Entry) -> None:
        index = plan.entries[number][0]
        if entry.text is None or is_web(entry):
            ready[number] = spool.put(_titled(entry._replace(slowly=slowly)))
        else:
            rows[index] = rows[index]._replace(outcome=Outcome.FAILED, remarks=entry.remarks)

    def collect(*, all: bool = False) -> None:
        for number, before, after in helper.finished(all=all):
            done = after._replace(text=None) if after else _with_text(library, before)
            settle(number, done)

    with Helper(sum(entry.text is not None for _, entry in plan.entries)) as helper:
        for number, (index, entry) in enumerate(plan.entries):
            if number % _EVERY == 0 or entry.text is not None:
                report(number, len(plan.entries), rows[index].name)
            if not helper.takes(number, entry):
                settle(number, _with_text(library, entry))
            collect()
        collect(all=True)
    return [(plan.entries[number][0], ready[number]) for number in sorted(ready)]


def _with_text(library: Library, entry: Entry) -> Entry:
    """Return an entry with its text read; one that cannot be read stays, with a remark."""
    try:
        ready = texts.prepared(entry, library.keep_picture)
    except (Cancelled, LibraryError):
        raise
    except Exception as error:  # foreign parsers raise anything on damaged texts
        _log.warning("the text of %s could not be read", entry.clipping.url, exc_info=True)
        remark = Remark(Reason.TEXT_NOT_READABLE, text=why(error))
        return entry._replace(remarks=(*entry.remarks, remark))
    return ready._replace(text=None)


def _titled(entry: Entry) -> Entry:
    """Return an entry that has a title."""
    about = entry.clipping
    if about.title or entry.own is not None:
        return entry
    title = title_of(about.url) if is_web(entry) else line(about.excerpt, 80) or "Untitled"
    return entry._replace(clipping=about._replace(title=title))

"""The work of an import, called in the background only: looking, planning, running, reporting."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import LibraryError
from reader.exchange_phrases import format_title
from reader.gui.importing import sums
from reader.gui.importing.columns_panel import Column
from reader.gui.importing.sums import Sums
from reader.library.library import Library
from reader.outcomes import Outcome
from reader.progress import Report

if TYPE_CHECKING:
    from reader.importing.bundle import Bundle
    from reader.importing.formats.columns import Columns
    from reader.importing.formats.format import Choices
    from reader.importing.plan import Plan
    from reader.importing.reports import ImportReport
    from reader.library.articles.downloads import Standing


_NAMED = 8  # articles
TABLE = "csv"
"""The key of the format of tables that no program is known for."""


class Found(NamedTuple):
    """A plan and its sums; ``formats`` are the keys of those that fit, the best first.

    ``sites`` are those of the first known articles by their ids. ``columns`` are those of a table
    that no program is known for.
    """

    formats: tuple[str, ...]
    plan: "Plan"
    sums: Sums
    sites: Mapping[int, str]
    columns: tuple[Column, ...] = ()


class Done(NamedTuple):
    """The report of an import and its sums; ``step`` is the id of the undo step, 0 for none.

    ``sites`` are as in Found; ``size`` is that of the original in bytes, 0 if it is not kept.
    """

    report: "ImportReport"
    sums: Sums
    texts: "Standing"
    sites: Mapping[int, str]
    size: int = 0
    step: int = 0


class Files:
    """The files of an import; one call at a time."""

    def __init__(self, library: Library, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)
        self._library = library
        self._bundle: Bundle | None = None

    def look(self, key: str, choices: "Choices", report: Report) -> Found:
        """Return the plan of an import in a format, in the best one if ``key`` is ``""``."""
        from reader.importing import plan, recognise

        bundle = self._opened()
        report(0, 0, "")
        fits = recognise.recognise(bundle)
        format = recognise.choose(bundle, key)
        table = _columns(bundle, format.key)
        if table is not None and not choices.columns:
            choices = choices._replace(columns=table.guess)
        made = plan.plan(self._library, bundle, format, choices, report)
        foreseen = sums.foreseen(made)
        keys = tuple(fit.format.key for fit in fits)
        columns = tuple(map(Column, table.names, table.samples)) if table is not None else ()
        return Found(keys, made, foreseen, _sites(self._library, foreseen), columns)

    def take_in(self, made: "Plan", report: Report) -> Done:
        """Carry a plan out, and return its report."""
        from reader.importing import reports, run

        library = self._library
        before = library.history.made()
        result = run.run(library, self._opened(), made, report)
        after = library.history.made()
        out = sums.come_out(result.rows, sums.fresh(made))
        if after is None or (before is not None and after.id == before.id):  # nothing was new
            unstored = reports.of_plan(made)._replace(counts=out.counts, result=result)
            return done(library, unstored)._replace(sums=out)
        stored = reports.earlier(library)[0]._replace(result=result)
        return done(library, stored)._replace(sums=out, step=after.id)

    def close(self) -> None:
        """Close the files."""
        bundle, self._bundle = self._bundle, None
        if bundle is not None:
            bundle.close()

    def _opened(self) -> "Bundle":
        if self._bundle is None:
            from reader.importing.bundle import Bundle

            self._bundle = Bundle(self.paths)
        return self._bundle


def done(library: Library, report: "ImportReport") -> Done:
    """Return a report with its sums, and the number of its texts by now."""
    from reader.importing import reports

    articles = [row.article for row in report.result.rows if row.article]
    texts = reports.texts_of(library, articles)
    out = sums.come_out(report.result.rows)
    size = library.imports.original_size(report.key) if report.key else 0
    return Done(report, out, texts, _sites(library, out), size)


def delete_original(library: Library, key: str) -> None:
    """Delete the original of an import, which is kept in the library."""
    library.imports.delete_original(key)


def earlier(library: Library) -> "list[ImportReport]":
    """Return the earlier imports without their rows, the newest first."""
    from reader.importing import reports

    return reports.earlier(library)


def opened(library: Library, key: str) -> Done:
    """Return an earlier import. Raises LibraryError if it cannot be read."""
    from reader.importing import reports

    return done(library, reports.opened(library, key))


def titles() -> Mapping[str, str]:
    """Return the titles of all formats by their keys."""
    from reader.importing.formats.table import FORMATS

    return {format.key: format_title(format.key) for format in FORMATS}


def save_plan(made: "Plan", target: Path) -> None:
    """Write a plan to a file, as a report."""
    from reader.importing import reports

    reports.save(reports.of_plan(made), target)


def save_report(report: "ImportReport", target: Path) -> None:
    """Write a report to a file."""
    from reader.importing import reports

    reports.save(report, target)


def _sites(library: Library, found: Sums) -> dict[int, str]:
    """Return the sites of the articles that are named first, as far as they can be read."""
    ids = [row.article for row in found.rows[Outcome.UPDATED][:_NAMED] if row.article]
    try:
        return {row.id: row.source for row in library.rows_of(ids)}
    except LibraryError:
        return {}


def _columns(bundle: "Bundle", format: str) -> "Columns | None":
    """Return the columns of a table if it is of no known program."""
    if format != TABLE:
        return None
    from reader.importing.formats.columns import columns

    return columns(bundle)

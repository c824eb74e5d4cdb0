"""The work of an import, called in the background only: looking, planning, running, reporting."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import LibraryError
from reader.gui.importing import sums
from reader.gui.importing.columns_panel import Column
from reader.gui.importing.sums import Sums
from reader.library.library import Library
from reader.outcomes import ImportResult, Outcome
from reader.progress import Report

if TYPE_CHECKING:
    from reader.importing.bundle import Bundle
    from reader.importing.formats.format import Choices
    from reader.importing.plan import Plan
    from reader.importing.reports import ImportReport, Texts


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
    texts: "Texts"
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
        made = plan.plan(self._library, bundle, format, choices, report)
        foreseen = sums.foreseen(made)
        keys = tuple(fit.format.key for fit in fits)
        return Found(keys, made, foreseen, _sites(self._library, foreseen))

    def take_in(self, made: "Plan", report: Report) -> Done:
        """Carry a plan out, and return its report."""
        from reader.importing import reports, run

        before = self._library.history.made()
        result = run.run(self._library, self._opened(), made, report)
        after = self._library.history.made()
        is_new = after is not None and (before is None or after.id != before.id)
        latest = reports.earlier(self._library)[:1] if is_new else []
        key = latest[0].key if latest else ""
        report_ = reports.ImportReport(key, made.format, made.names, _now(), result)
        step = after.id if after is not None and is_new else 0
        made_of = sums.come_out(result.rows, sums.states(made.states))
        return done(self._library, report_)._replace(step=step, sums=made_of)

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
    return Done(report, out, texts, _sites(library, out))


def earlier(library: Library) -> "list[ImportReport]":
    """Return the earlier imports without their rows, the newest first."""
    from reader.importing import reports

    return reports.earlier(library)


def opened(library: Library, key: str) -> Done:
    """Return an earlier import. Raises LibraryError if it cannot be read."""
    from reader.importing import reports

    return done(library, reports.opened(library, key))


def save_plan(made: "Plan", target: Path) -> None:
    """Write what is planned to a file, as a report."""
    from reader.importing import reports

    result = ImportResult(made.rows)
    reports.save(reports.ImportReport("", made.format, made.names, _now(), result), target)


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


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

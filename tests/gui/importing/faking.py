"""An export that needs no files: its plan, its run and its reports, as a test wants them."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reader.entries import Entry
from reader.errors import LibraryError
from reader.importing import plan as planning
from reader.importing import recognise, reports, run
from reader.importing.formats.columns import Columns
from reader.importing.formats.format import Choices
from reader.importing.plan import Plan
from reader.importing.reports import ImportReport
from reader.library.articles.downloads import Standing
from reader.library.imports.imports import Imports
from reader.library.library import Library
from reader.model import Clipping, State
from reader.outcomes import ImportResult, ImportRow, Outcome, Where
from reader.progress import Report
from reader.reasons import Reason, Remark

FACTS = {"highlights": 912, "tags": 64, "folders": 12, "waiting": 4102, "from_feed": 0}


def rows(added: int = 20, merged: int = 3, same: int = 2) -> tuple[ImportRow, ...]:
    """Return rows with every outcome."""
    gains = (
        (Remark(Reason.MORE_TAGS, (2,)), Remark(Reason.MORE_HIGHLIGHTS, (5,))),
        (Remark(Reason.OLDER_DATE), Remark(Reason.MADE_FAVOURITE)),
    )
    made = [ImportRow(f"Article {n}", Outcome.ADDED, where=Where(line=n)) for n in range(added)]
    titles = ("The lighthouse keepers of the outer islands", "How maps learned to lie flat")
    made += [
        ImportRow(titles[n % 2], Outcome.UPDATED, remarks=gains[n % 2], where=Where(line=900 + n))
        for n in range(merged)
    ]
    made += [
        ImportRow(f"Same {n}", Outcome.UNCHANGED, where=Where(line=50 + n)) for n in range(same)
    ]
    made += [
        ImportRow("Reading list for the summer", Outcome.FAILED,
                  remarks=(Remark(Reason.NO_ADDRESS),), where=Where(line=318)),
        ImportRow("javascript:void(0)", Outcome.FAILED,
                  remarks=(Remark(Reason.NOT_AN_ADDRESS),), where=Where(line=1077)),
        ImportRow("https://meridian.example/flat-maps", Outcome.SKIPPED,
                  remarks=(Remark(Reason.SAME_AS, (212,)),), where=Where(line=2410)),
        ImportRow("kept in the report as they are", Outcome.FAILED,
                  remarks=(Remark(Reason.NOT_TEXT),), where=Where("part_000.csv", 3002)),
        ImportRow("https://example.org/twice", Outcome.SKIPPED,
                  remarks=(Remark(Reason.SAME_AS, (7,)),), where=Where(line=3300)),
    ]  # fmt: skip
    return tuple(made)


class Fake:
    """Stands for everything below the window; ``asked`` notes the choices of each plan."""

    def __init__(self) -> None:
        self.rows = rows()
        self.facts: dict[str, int] = dict(FACTS)
        self.states = {State.QUEUE: 12, State.ARCHIVE: 8}
        self.formats: tuple[str, ...] = ("pocket", "csv")
        self.asked: list[tuple[str, Choices]] = []
        self.trouble: Exception | None = None
        self.run_trouble: Exception | None = None
        self.is_slow = self.runs_slowly = False
        self.kept: list[ImportReport] = []
        self.taken, self.size = 0, 1_200_000
        self.closed = 0
        self.take: Callable[[Library], object] = _take

    def columns(self, _bundle: object) -> Columns:
        return Columns(("Link", "Name", "Seen"), (("https://example.org/1",), ("One",), ()),
                       {"url": "Link", "title": "Name"})  # fmt: skip

    def close(self) -> None:
        self.closed += 1

    def recognise(self, _bundle: object) -> list[Any]:
        return [SimpleNamespace(format=SimpleNamespace(key=key)) for key in self.formats]

    def choose(self, _bundle: object, key: str = "") -> Any:
        return SimpleNamespace(key=key or self.formats[0])

    def plan(
        self, _library: Library, _bundle: object, format: Any, choices: Choices, report: Report
    ) -> Plan:
        self.asked.append((format.key, choices))
        if self.trouble is not None:
            raise self.trouble
        while self.is_slow:
            report(12_000, 100_000, "")
            time.sleep(0.002)
        states = [state for state, count in self.states.items() for _ in range(count)]
        numbered = enumerate(states[: len(self.rows)])
        entries = tuple((n, Entry(Clipping(""), state=state)) for n, state in numbered)
        return Plan(format.key, ("pocket_export.zip",), choices, self.rows, entries, self.states,
                    self.facts, "2012-05-01T00:00:00Z", "2025-07-01T00:00:00Z")  # fmt: skip

    def run(self, library: Library, _bundle: object, plan: Plan, report: Report) -> ImportResult:
        if self.run_trouble is not None:
            raise self.run_trouble
        while self.runs_slowly:
            report(2345, 4758, "Importing")
            time.sleep(0.002)
        self.take(library)
        self.taken += 1
        done = reports.of_plan(plan)
        self.kept.insert(0, done._replace(key=f"key{self.taken}", made_at="2026-11-28T09:12:00Z"))
        return ImportResult(plan.rows)

    def earlier(self, _library: Library) -> list[ImportReport]:
        return self.kept

    def opened(self, _library: Library, key: str) -> ImportReport:
        for each in self.kept:
            if each.key == key:
                return each
        raise LibraryError("This report is damaged and cannot be opened.")

    def put(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of what the window calls."""
        monkeypatch.setattr("reader.importing.bundle.Bundle", lambda _paths: self)
        monkeypatch.setattr(recognise, "recognise", self.recognise)
        monkeypatch.setattr(recognise, "choose", self.choose)
        monkeypatch.setattr(planning, "plan", self.plan)
        monkeypatch.setattr("reader.importing.formats.columns.columns", self.columns)
        monkeypatch.setattr(run, "run", self.run)
        monkeypatch.setattr(reports, "earlier", self.earlier)
        monkeypatch.setattr(reports, "opened", self.opened)
        monkeypatch.setattr(reports, "texts_of", lambda *_: Standing(710, 4102, 12))
        monkeypatch.setattr(reports, "save", self.save)
        monkeypatch.setattr(Imports, "original_size", lambda _, key: self.size if key else 0)
        monkeypatch.setattr(Imports, "delete_original", self.delete)

    def delete(self, _key: str) -> None:
        self.size = 0

    def save(self, report: ImportReport, target: Path) -> None:
        target.write_text("\n".join(row.name for row in report.result.rows))


def _take(library: Library) -> None:
    """Change the library in a step that can be undone."""
    clipping = Clipping("https://example.org/taken", "Taken", html="<p>Words.</p>", words=3)
    library.set_title(library.add(clipping).id, "Imported")


def many(count: int) -> tuple[ImportRow, ...]:
    """Return as many rows that cannot be read."""
    remarks = (Remark(Reason.NOT_AN_ADDRESS),)
    return tuple(
        ImportRow(f"mailto:{n}", Outcome.FAILED, remarks=remarks, where=Where(line=n))
        for n in range(count)
    )

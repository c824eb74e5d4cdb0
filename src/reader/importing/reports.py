"""The reports of imports: stored, opened again, written as text or CSV."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from reader.library.library import Library
from reader.outcomes import ImportResult


class ImportReport(NamedTuple):
    """What came of an import: its format, the names of its files, when it ended, and its rows."""

    key: str
    format: str
    names: tuple[str, ...]
    made_at: str
    result: ImportResult


class Texts(NamedTuple):
    """How many articles are at home, wait for their text, or could not be downloaded."""

    home: int = 0
    waiting: int = 0
    dead: int = 0


def earlier(library: Library) -> list[ImportReport]:
    """Return the reports of a library without their rows, the newest first."""
    raise NotImplementedError


def opened(library: Library, key: str) -> ImportReport:
    """Return a report with its rows. Raises LibraryError if there is none or it is damaged."""
    raise NotImplementedError


def as_text(report: ImportReport) -> str:
    """Return a report as text: the sums, and a line for each row that is not plainly added."""
    raise NotImplementedError


def as_csv(report: ImportReport) -> str:
    """Return a report as CSV, safe for spreadsheets: a line for each row not plainly added."""
    raise NotImplementedError


def save(report: ImportReport, target: Path) -> None:
    """Write a report to a file: CSV if it is named so, else text. Raises IngestError."""
    raise NotImplementedError


def texts_of(library: Library, articles: Iterable[int]) -> Texts:
    """Return how many articles are at home, waiting and dead; those in the trash do not count."""
    raise NotImplementedError

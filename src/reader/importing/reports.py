"""The reports of imports: stored, opened again, written as text or CSV.

A report is stored as lines of JSON, packed: its head, then a row on each line.
"""

import csv
import gzip
import io
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reader import exchange_phrases, phrases
from reader.errors import IngestError, LibraryError
from reader.importing.plan import Plan
from reader.library.articles.downloads import Standing
from reader.library.library import Library
from reader.library.store import clock
from reader.outcomes import ImportResult, ImportRow, Outcome, Where
from reader.reasons import Reason, Remark

Texts = Standing
"""How many articles are at home, waiting and dead."""

_VERSION = 1
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("file", "line", "outcome", "name", "note")


class ImportReport(NamedTuple):
    """The result of an import: its format, the names of its files, when it ended, and its rows.

    ``counts`` are the numbers of rows; ``result`` is empty if the rows were not read.
    """

    key: str
    format: str
    names: tuple[str, ...]
    made_at: str
    result: ImportResult = ImportResult()
    counts: Mapping[Outcome, int] = MappingProxyType({})

    def sums(self) -> Mapping[Outcome, int]:
        """Return the numbers of rows by their outcome."""
        return self.counts or Counter(row.outcome for row in self.result.rows)


def new_key() -> str:
    """Return the key of an import that begins now; later ones sort behind it."""
    moment = "".join(letter for letter in clock.now() if letter.isalnum())
    return f"{moment}-{os.urandom(2).hex()}"


def of_plan(plan: Plan) -> ImportReport:
    """Return the report of an import that is only foreseen; it has no key."""
    return ImportReport("", plan.format, plan.names, clock.now(), ImportResult(plan.rows))


def store(
    library: Library, key: str, format: str, names: tuple[str, ...], result: ImportResult
) -> None:
    """Store the report of an import."""
    report = ImportReport(key, format, names, clock.now(), result)
    library.imports.store_report(key, gzip.compress("\n".join(_lines(report)).encode(), 6))


def earlier(library: Library) -> list[ImportReport]:
    """Return the reports of a library without their rows, the newest first."""
    found: list[ImportReport] = []
    for key in library.imports.reports():
        try:
            found.append(_head(key, library.imports.report(key)))
        except (LibraryError, *_DAMAGE):
            continue  # opening it says so
    return sorted(found, key=lambda report: report.key, reverse=True)


def opened(library: Library, key: str) -> ImportReport:
    """Return a report with its rows. Raises LibraryError if there is none or it is damaged."""
    data = library.imports.report(key)
    try:
        head = _head(key, data)
        lines = gzip.decompress(data).decode().split("\n")[1:]
        return head._replace(result=ImportResult(tuple(map(_row, lines))))
    except _DAMAGE as error:
        raise LibraryError(
            f"The report {key} is damaged; the articles and the original files are not concerned."
        ) from error


def as_text(report: ImportReport) -> str:
    """Return a report as text: the sums, and a line for each row that is not plainly added."""
    title = exchange_phrases.format_title(report.format)
    head = [
        f"Import of {', '.join(report.names)} ({title}), {phrases.moment(report.made_at)}",
        exchange_phrases.imported(report.sums()),
        "",
    ]
    return "\n".join([*head, *map(line_of, _told(report))]).rstrip() + "\n"


def as_csv(report: ImportReport) -> str:
    """Return a report as CSV, safe for spreadsheets: a line for each row not plainly added."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in _told(report):
        where = row.where or Where()
        note = phrases.remarks(row.remarks)
        fields = (where.file, str(where.line or ""), str(row.outcome), row.name, note)
        writer.writerow([f"'{field}" if field.startswith(_FORMULA) else field for field in fields])
    return out.getvalue()


def save(report: ImportReport, target: Path) -> None:
    """Write a report to a file: CSV if it is named so, else text. Raises IngestError."""
    is_csv = target.suffix.lower() == ".csv"
    data = f"\ufeff{as_csv(report)}" if is_csv else as_text(report)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        fresh.write_text(data, "utf-8", newline="")
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise IngestError(f"{target} could not be written ({error.strerror}).") from error


def texts_of(library: Library, articles: Iterable[int]) -> Texts:
    """Return how many articles are at home, waiting and dead; the trash does not count."""
    return library.downloads.standing([*articles])


# ---- rows as lines


_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error)


def _told(report: ImportReport) -> Iterator[ImportRow]:
    """Yield the rows that are not plainly added."""
    return (row for row in report.result.rows if row.outcome is not Outcome.ADDED or row.remarks)


def line_of(row: ImportRow) -> str:
    """Return a row as a line of text."""
    note = phrases.remarks(row.remarks)
    place = exchange_phrases.place(row.where or Where())
    return ": ".join(filter(None, (place, exchange_phrases.OUTCOMES[row.outcome], row.name, note)))


def _lines(report: ImportReport) -> Iterator[str]:
    head = {
        "reader_import_report": _VERSION,
        "format": report.format,
        "names": report.names,
        "made_at": report.made_at,
        "counts": {str(outcome): count for outcome, count in report.sums().items()},
    }
    yield json.dumps(head)
    for row in report.result.rows:
        remarks = [[str(each.reason), each.numbers, each.text] for each in row.remarks]
        yield json.dumps([row.name, str(row.outcome), row.article, remarks, row.where])


def _head(key: str, data: bytes) -> ImportReport:
    with gzip.open(io.BytesIO(data)) as lines:
        head: dict[str, Any] = json.loads(lines.readline())
    counts = {Outcome(name): int(count) for name, count in head["counts"].items()}
    names = tuple(map(str, head["names"]))
    return ImportReport(
        key, str(head["format"]), names, str(head["made_at"]), ImportResult(), counts
    )


def _row(text: str) -> ImportRow:
    name, outcome, article, remarks, where = json.loads(text)
    place = None if where is None else Where(str(where[0]), int(where[1]))
    told = tuple(_remark(*remark) for remark in remarks)
    return ImportRow(str(name), Outcome(outcome), int(article), told, where=place)


def _remark(reason: str, numbers: list[int], text: str) -> Remark:
    """Return a stored remark; a reason of a newer Reader stays a word."""
    if reason not in {*Reason}:
        return Remark(Reason.ERROR, text=f"{reason} {text}".strip())
    return Remark(Reason(reason), tuple(map(int, numbers)), str(text))

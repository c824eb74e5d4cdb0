"""Reports of imports are stored, opened again and written down."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.importing import reports
from reader.importing.reports import ImportReport
from reader.library.library import Library
from reader.outcomes import ImportResult, ImportRow, Outcome, Where
from reader.reasons import Reason, Remark

ROWS = (
    ImportRow("Plain", Outcome.ADDED, 1, where=Where("", 2)),
    ImportRow("=cmd()", Outcome.UPDATED, 2, (Remark(Reason.MORE_TAGS, (2,)),), where=Where("a", 3)),
    ImportRow("Gone\nwrong", Outcome.FAILED, 0, (Remark(Reason.NOT_READABLE, text="x"),)),
)


def stored(library: Library) -> str:
    key = reports.new_key()
    reports.store(library, key, "pocket", ("a.zip", "b.csv"), ImportResult(ROWS))
    return key


def test_a_report_opens_as_the_same_rows(library: Library) -> None:
    key = stored(library)
    (head,) = reports.earlier(library)
    assert (head.key, head.format, head.names) == (key, "pocket", ("a.zip", "b.csv"))
    assert (head.result.rows, head.sums()) == (
        (),
        dict.fromkeys((row.outcome for row in ROWS), 1),
    )
    assert reports.opened(library, key).result == ImportResult(ROWS)


def test_what_is_not_plainly_added_is_written_down(library: Library, tmp_path: Path) -> None:
    told = reports.opened(library, stored(library))
    reports.save(told, tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[3] for row in rows] == ["name", "'=cmd()", "Gone\nwrong"]
    reports.save(told, tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text("utf-8")
    assert "1 was added, 1 was merged, 1 could not be read." in text
    assert "a, line 3: merged: =cmd(): 2 more tags" in text
    assert [path.name for path in tmp_path.iterdir() if ".new" in path.name] == []


@pytest.mark.parametrize(
    "data",
    [b"", b"no", gzip.compress(b"{}"), gzip.compress(b"[1]\n2")],
    ids=["empty", "word", "object", "list"],
)
def test_a_damaged_report_is_a_sentence(library: Library, data: bytes) -> None:
    library.imports.store_report("20260101-a", data)
    assert reports.earlier(library) == []
    with pytest.raises(LibraryError, match="20260101-a"):
        reports.opened(library, "20260101-a")


def test_a_reason_of_a_newer_reader_is_kept_as_a_word(library: Library) -> None:
    head = {"format": "new", "names": ["a"], "made_at": "2026-01-01T00:00:00Z", "counts": {}}
    row = ["Name", "skipped", 0, [["too good", [1], "really"]], ["", 4]]
    lines = gzip.compress("\n".join(map(json.dumps, (head, row))).encode())
    library.imports.store_report("20260101-b", lines)
    report = reports.opened(library, "20260101-b")
    assert report.result.rows[0].remarks == (Remark(Reason.ERROR, text="too good really"),)
    assert isinstance(report, ImportReport)

"""Exports of other programs are imported, or only looked at."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, Seen, out, output

from reader.cli import main

POCKET = """\
title,url,time_added,tags,status
"Bread, slowly",https://ex.org/bread,1583020800,baking|print,unread
Fog,https://ex.org/fog,1431129600,,archive
Script,javascript:void(0),1431129600,,unread
Again,https://ex.org/bread?utm_source=x,1500000000,more,archive
"""
INSTAPAPER = """\
URL,Title,Selection,Folder,Timestamp
https://ex.org/bread,Bread,,Starred,1400000000
https://ex.org/sea,Sea,,Travel,1500000000
"""
TABLE = "Link;Name;When\nhttps://ex.org/x;X;2020-01-02\n"


@pytest.fixture(autouse=True)
def exports(tmp_path: Path) -> None:
    """Write the exports beside the library."""
    (tmp_path / "pocket.csv").write_text(POCKET)
    (tmp_path / "insta.csv").write_text(INSTAPAPER)
    (tmp_path / "table.csv").write_text(TABLE)


def counts(seen: Seen) -> object:
    return [[*each["counts"].values()] for each in json.loads(seen.out)]


def tags_of_last(seen: Seen) -> object:
    return seen.library.article(6).tags


LINES: Lines = [
    ("import pocket.csv --json", counts, [[2, 0, 0, 2, 0]]),
    ("import pocket.csv --dry-run --json", lambda x: (counts(x), x.library.counts().total),
     ([[2, 0, 0, 2, 0]], 4)),
    ("import pocket.csv insta.csv --json", counts, [[2, 0, 0, 2, 0], [1, 1, 0, 0, 0]]),
    ("import insta.csv", tags_of_last, ("Travel",)),
    ("import insta.csv --no-folders-as-tags", tags_of_last, ()),
    ("import pocket.csv --placing archive", lambda x: x.library.article(5).state, "archive"),
    ("import insta.csv --as csv --columns url=URL,title=Folder",
     lambda x: x.library.article(6).title, "Travel"),
    ("import table.csv --columns url=Link --columns title=When",
     lambda x: x.library.article(5).title, "2020-01-02"),
    ("import page.html", lambda x: (x.code, "reader add" in x.error), (1, True)),
    ("import gone.csv", lambda x: (x.code, "gone.csv" in x.error), (1, True)),
    ("import", lambda x: (x.code, "Name the files" in x.error), (1, True)),
    ("import insta.csv --folders-as-tags --highlights --feed-items --keep-order", tags_of_last,
     ("Travel",)),
    ("import insta.csv --save-report each/a.csv", lambda x: x.code, 0),
    ("import --list", out, "Nothing was imported yet.\n"),
    ("import --report x", lambda x: x.code, 1),
    ("add pocket.csv", lambda x: (x.code, "reader import" in x.error), (1, True)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_an_import_is_one_step_and_its_report_opens_again(run: Run, tmp_path: Path) -> None:
    assert "2 were added, 2 were left out." in run("import pocket.csv").out
    assert "Nothing was changed" in run("import pocket.csv").out
    (told,) = json.loads(run("import --list --json").out)
    assert told["names"] == ["pocket.csv"]
    report = run(f"import --report {told['report']}").out
    assert "line 4: left out: javascript:void(0): not an address of the web" in report
    run(f"import --report {told['report']} --save-report each/report.csv")
    assert "same as line 2" in (tmp_path / "each" / "report.csv").read_text("utf-8-sig")
    assert run("undo").library.counts().all == run("redo").library.counts().all - 2


def test_a_dry_run_makes_no_library(tmp_path: Path, capsys: Capsys) -> None:
    folder = tmp_path / "none"
    words = ("--library", str(folder), "import", "--dry-run", str(tmp_path / "pocket.csv"))
    assert "2 will be added" in output(capsys, *words)
    assert not folder.exists()


def test_a_column_without_a_field_is_refused() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "a.csv", "--columns", "page=URL"])
    assert ended.value.code == 2

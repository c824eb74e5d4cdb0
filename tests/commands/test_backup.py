"""Copies are made and listed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines, output, trouble

from reader.cli import main
from reader.library.backup import complete

LINES: Lines = [
    ("backup", lambda x: [each.articles for each in x.library.backups.all()], [4]),
    ("backup --json", lambda x: json.loads(x.out)[0]["articles"], 4),
    ("backup --list", lambda x: x.out, "There is no copy yet. “reader backup” makes one.\n"),
    ("backup --list --json", lambda x: json.loads(x.out), []),
    ("backup --to folder", lambda _: Path("folder", "library.db").exists(), True),
]


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_a_copy_is_named_with_its_place_and_listed_with_its_reason(run: Run) -> None:
    seen = run("backup")
    assert seen.out.startswith("Copied 4 articles (")
    assert "backups" in seen.out
    (line,) = run("backup --list").out.splitlines()
    assert line.split()[0] == "1"
    assert "4 articles" in line
    assert line.endswith("asked for by hand")
    (told,) = json.loads(run("backup --list --json").out)
    assert (told["number"], told["reason"], told["articles"]) == (1, "asked", 4)


def test_copies_are_listed_when_the_library_does_not_open(run: Run, tmp_path: Path) -> None:
    run("backup").library.close()
    (tmp_path / "copy" / "library.db").write_bytes(b"no library " * 1000)
    home = str(tmp_path / "copy")
    assert main(["--library", home, "backup", "--list"]) == 0
    assert main(["--library", home, "backup"]) == 1


def test_a_complete_copy_says_where_it_is_and_opens(run: Run, capsys: Capsys) -> None:
    folder = Path("folder").absolute()
    assert run("backup --to folder").out.startswith("Copied 4 articles (")
    assert len(lines(capsys, "--library", str(folder), "list")) == 3
    told = json.loads(run("backup --json --to folder").out)
    assert (told["folder"], told["articles"]) == (str(folder), 4)


def test_a_folder_of_anything_else_is_refused_in_a_sentence(run: Run) -> None:
    seen = run("backup --to each/..")
    assert seen.code == 1
    assert "one lies within the other" in seen.error or "is not empty" in seen.error


@pytest.mark.usefixtures("similar")
def test_a_copy_in_a_folder_holds_what_the_library_holds(capsys: Capsys, tmp_path: Path) -> None:
    output(capsys, "backup", "--to", str(tmp_path / "to"))
    with closing(sqlite3.connect(tmp_path / "to" / "library.db")) as connection:
        titles = connection.execute("SELECT title FROM article ORDER BY id").fetchall()
    assert titles == [("One",), ("Two",), ("Three",)]
    assert (tmp_path / "to" / complete.NOTE).exists()


def test_without_a_library_there_is_nothing_to_copy(capsys: Capsys) -> None:
    assert "There is no library in" in trouble(capsys, "backup")
    assert "There is no library in" in trouble(capsys, "backup", "--list")

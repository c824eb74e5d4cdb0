"""The words that were looked up are listed, and written for Anki."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, out, output, trouble

from reader import paths
from reader.library.library import Library
from reader.own_export import LookedUp

LINES: Lines = [
    ("vocabulary", out, ""),
    ("vocabulary --json", lambda x: json.loads(x.out), []),
    ("vocabulary --to words.tsv", lambda x: (x.code, Path("words.tsv").exists()), (0, True)),
]


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_words_are_listed_and_written(capsys: Capsys, tmp_path: Path) -> None:
    with Library.open(paths.library_dir()) as library:
        library.vocabulary.keep(LookedUp("", "ship", "Two ships."))
    assert output(capsys, "vocabulary") == "ship\tTwo ships.\n"
    assert json.loads(output(capsys, "vocabulary", "--json"))[0]["name"] == "ship"
    assert output(capsys, "vocabulary", "--to", str(tmp_path / "words.tsv")) == ""
    assert "ship\tTwo <b>ships</b>." in (tmp_path / "words.tsv").read_text("utf-8")
    assert "could not be written" in trouble(capsys, "vocabulary", "--to", str(tmp_path))

"""Statistics are printed."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, key

from reader.cli import main
from reader.library.library import Library
from reader.model import Clipping

LINES: Lines = [
    ("stats --json", key("articles"), 0),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_stats_says_what_was_read(tmp_path: Path, capsys: Capsys) -> None:
    with Library.open(tmp_path / "l") as library:
        id = library.add(Clipping("https://example.org/a", "A \x1b[31mtitle", site="a.example")).id
        library.reading_log.note(date.today().isoformat(), id, 3900, 1200)
    assert main(["--library", str(tmp_path / "l"), "stats"]) == 0
    said = capsys.readouterr().out
    assert "1 h 5 min, 1 article, 1,200 words" in said
    assert "a.example" in said
    assert "\x1b" not in said
    assert main(["--library", str(tmp_path / "l"), "stats", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["seconds"], found["streak"]) == (3900, 1)
    assert found["weeks"][-1]["words"] == 1200
    assert found["oldest"]["id"] == id

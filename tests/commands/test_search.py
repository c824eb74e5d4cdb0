"""Searching prints the best matches first."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, ids

from reader.cli import main

LINES: Lines = [
    ("search beta --json", ids, [2]),
    ("search bees --limit 1 --json", lambda seen: len(ids(seen)), 1),
    ("search gamma --rebuild", lambda x: x.out.split()[:2], ["3", "Gamma"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_searching_shows_the_best_first_with_the_place_where_it_is(
    tmp_path: Path, capsys: Capsys
) -> None:
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.write_text("# Gardens\n\nOn the café in the old garden.\n")
    other.write_text("# Coffee\n\nA *café* is no garden.\n")
    main(["add", str(one), str(other), "--tag", "new"])
    capsys.readouterr()
    assert main(["search", "garden*"]) == 0
    first, inside, *_ = capsys.readouterr().out.splitlines()
    assert first.split()[:2] == ["1", "Gardens"]
    assert inside.strip() == "On the café in the old garden."
    assert main(["search", "cafe", "tag:new", "--limit", "1", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["marks"] == ["café"]
    assert told["snippet"] in ("A café is no garden.", "On the café in the old garden.")
    assert main(["search", "café", "--", "-old"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2", "A"]
    assert main(["search", "nowhere", "--rebuild"]) == 0
    assert capsys.readouterr() == ("", "Nothing was found.\n")
    assert main(["search"]) == 0
    assert capsys.readouterr() == ("", "")

"""Duplicates are listed."""

import json

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines

LINES: Lines = [
    ("duplicates --json", lambda x: {y["older"]["id"] for y in json.loads(x.out)}, {1}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("similar")
def test_duplicates_are_listed_merged_and_parted(capsys: Capsys) -> None:
    found = lines(capsys, "duplicates")
    assert [line.split()[0] for line in found[1:3]] == ["1", "2"]
    assert found[-1] == "1 pair. “reader merge A B” merges two."
    pair = json.loads("".join(lines(capsys, "duplicates", "--json")))[0]
    assert (pair["older"]["title"], pair["newer"]["title"]) == ("One", "Two")
    assert lines(capsys, "merge", "2", "1") == [
        "Merged two copies of “One”; it is 1. “reader undo” separates them."
    ]
    assert lines(capsys, "duplicates") == ["0 pairs."]
    lines(capsys, "undo")
    assert len(lines(capsys, "duplicates")) == 4

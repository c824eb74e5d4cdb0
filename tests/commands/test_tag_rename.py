"""Tags are renamed and merged."""

import json

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines, tags

from reader.cli import main

LINES: Lines = [
    ("tag-rename x a/b", tags, [("a/b",), ("a/b",), (), ()]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("similar")
def test_tags_are_listed_and_renamed(capsys: Capsys) -> None:
    assert lines(capsys, "tags") == ["2 art", "2 art/music"]
    assert lines(capsys, "tag-rename", "art/music", "music") == [
        "Renamed the tag “art/music” to “music”."
    ]
    assert json.loads("".join(lines(capsys, "tags", "--json"))) == [
        {"tag": "music", "articles": 2, "colour": ""}
    ]
    assert lines(capsys, "tag-rename", "music", "music") == ["Nothing to change."]
    assert main(["tag-rename", "none", "other"]) == 1
    assert "no tag “none”" in capsys.readouterr().err

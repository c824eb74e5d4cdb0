"""The rules for sites are listed."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, key, output

from reader import paths
from reader.ingest.rules import FILE, Rules, remember

LINES: Lines = [
    ("rules --json", key("rules"), []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_rules_are_listed_with_their_mistakes(capsys: Capsys) -> None:
    folder = paths.library_dir()
    assert str(folder / FILE) in output(capsys, "rules")
    folder.mkdir(parents=True)
    remember(folder, "example.org", Rules(("div.shoes",)))
    first = output(capsys, "rules").splitlines()
    assert first[0] == f"{folder / FILE}:"
    assert first[1].split() == ["4", "example.org", "remove", "div.shoes"]
    with Path(folder / FILE).open("a") as file:
        file.write("example.org hide p\n")
    assert "A rule is a site" in output(capsys, "rules", code=1)
    told = json.loads(output(capsys, "rules", "--json", code=1))
    assert told["file"] == str(folder / FILE)
    assert [(each["line"], bool(each["trouble"])) for each in told["rules"]] == [
        (4, False),
        (5, True),
    ]

"""Tags are listed."""

import json

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines, out

LINES: Lines = [
    ("tags --json", lambda x: json.loads(x.out)[0], {"tag": "x", "articles": 2, "colour": ""}),
    ("tags", out, "2 x\n"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("similar")
def test_a_tag_lists_what_lies_within_it(capsys: Capsys) -> None:
    assert len(lines(capsys, "list", "--tag", "art")) == 2
    assert len(lines(capsys, "list", "--shelf", "queue", "--tag", "art")) == 2

"""The library is checked and described."""

import json

import pytest
from tests.commands.running import Ask, Lines, Run

LINES: Lines = [
    ("info --json", lambda x: [json.loads(x.out)[y] for y in ("queue", "archive", "trash")],
     [2, 1, 1]),
    ("info", lambda seen: seen.out.splitlines()[-1].split(), ["damage:", "none", "found"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

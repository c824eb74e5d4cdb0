"""Tags are added to articles and removed."""

import pytest
from tests.commands.running import Ask, Lines, Run, out, tags

LINES: Lines = [
    ("tag 3 --add y --add z", tags, [("x",), ("x",), ("y", "z"), ()]),
    ("tag 1 2 --remove x", tags, [(), (), (), ()]),
    ("tag 1 3", out, "1\tx\n3\t\n"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

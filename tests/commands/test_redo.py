"""Changes are redone."""

import pytest
from tests.commands.running import Ask, Lines, Run, out

LINES: Lines = [
    ("redo", out, "There is nothing to redo.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

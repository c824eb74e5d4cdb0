"""Articles become favourites."""

import pytest
from tests.commands.running import Ask, Lines, Run

LINES: Lines = [
    ("favourite 1", lambda x: x.library.article(1).favourite, True),
    ("favourite 2 --off", lambda x: x.library.article(2).favourite, False),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

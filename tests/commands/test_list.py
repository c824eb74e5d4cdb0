"""Shelves are listed, filtered and sorted."""

import pytest
from tests.commands.running import Ask, Lines, Run, ids

LINES: Lines = [
    ("list --json", ids, [3, 2, 1]),
    ("list --shelf queue --json", ids, [1, 3]),
    ("list --shelf archive --json", ids, [2]),
    ("list --shelf favourites --json", ids, [2]),
    ("list --shelf trash --json", ids, [4]),
    ("list --shelf begun --json", ids, []),
    ("list --tag x --sort title --json", ids, [1, 2]),
    ("list --site b.example --json", ids, [2]),
    ("list --language DE --json", ids, [2]),
    ("list --sort length --json", ids, [2, 1, 3]),
    ("list --sort title --reverse --json", ids, [3, 2, 1]),
    ("list --sort title --limit 2 --json", ids, [1, 2]),
    ("list --sort title", lambda x: [y.split()[0] for y in x.out.splitlines()], ["1", "2", "3"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

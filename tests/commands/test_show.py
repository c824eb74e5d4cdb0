"""An article is printed."""

import pytest
from tests.commands.running import BODY, MARK, NOTE, PAGE, Ask, Lines, Run, key, out

LINES: Lines = [
    ("show 1", lambda x: x.out.splitlines()[:2], ["Alpha", "a.example · https://a.example/1"]),
    ("show 1 --html", lambda x: x.out, f"<p>Alpha.{MARK}</p>{BODY}{NOTE}\n"),
    ("show 1 --json", key("title"), "Alpha"),
    ("show 1 --source", out, PAGE),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted

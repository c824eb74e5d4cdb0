"""A session fits into the minutes."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, ids, out

from reader.cli import main

LINES: Lines = [
    ("session 11 --json", ids, [1]),
    ("session 11", out, "1\t10 min\tAlpha\n1 article · 10 min\n"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_a_session_is_printed(tmp_path: Path, capsys: Capsys) -> None:
    for name, words in (("one", 2380), ("two", 9000), ("three", 1190)):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\n" + "word " * words)
        main(["add", str(tmp_path / f"{name}.md")])
    capsys.readouterr()
    assert main(["session", "20"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1\t10 min\tOne",
        "3\t5 min\tThree",
        "2 articles · 15 min",
    ]
    assert main(["session", "5", "--json"]) == 0
    assert [row["minutes"] for row in json.loads(capsys.readouterr().out)] == [5]
    assert main(["session", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Nothing in the queue fits into 1 min."]

"""The queue is listed and ordered."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, ids, order, states

from reader.cli import main

LINES: Lines = [
    ("queue 2", lambda seen: (states(seen), len(order(seen))), ("qqqt", 3)),
    ("queue 2 --top", order, [2, 1, 3]),
    ("queue 1 --end", order, [3, 1]),
    ("queue 3 --next", order, [3, 1]),
    ("queue 3 --before 1", order, [3, 1]),
    ("queue 1 --after 3", order, [3, 1]),
    ("queue --limit 1", lambda seen: len(seen.out.splitlines()), 1),
    ("queue --json", ids, [1, 3]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_the_queue_is_listed_with_places_and_put_in_order(tmp_path: Path, capsys: Capsys) -> None:
    for name in ("one", "two", "three", "four"):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\n" + "Words. " * 500)
        main(["add", str(tmp_path / f"{name}.md")])
    capsys.readouterr()
    orders = {
        ("3", "--top"): "3124",
        ("2", "4", "--before", "3"): "2431",
        ("2", "--after", "1"): "4312",
        ("4", "--end"): "3124",
        ("2", "--next"): "2314",
    }
    for arguments, digits in orders.items():
        assert main(["queue", *arguments]) == 0
        capsys.readouterr()
        main(["queue", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert [row["id"] for row in told] == [int(digit) for digit in digits]
        assert [row["place"] for row in told] == [1, 2, 3, 4]
    assert main(["queue", "--limit", "2"]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["1.", "2"],
        ["2.", "3"],
    ]
    assert main(["undo"]) == 0
    assert capsys.readouterr().out.splitlines() == ["Undone: Next up: “Two”"]
    assert main(["queue", "--top"]) == 1
    assert "Name the articles" in capsys.readouterr().err
    assert main(["queue", "77", "--top"]) == 1

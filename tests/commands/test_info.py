"""The library is described."""

import json

import pytest
from tests.commands.running import Ask, Lines, Run

LINES: Lines = [
    ("info --json", lambda x: [json.loads(x.out)[y] for y in ("queue", "archive", "trash")],
     [2, 1, 1]),
    ("info", lambda seen: seen.out.splitlines()[-1].split(), ["damage:", "none", "known"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_copies_and_the_last_check_are_told(run: Run) -> None:
    assert run("info").code == 0
    assert "copies:     none" in run("info").out
    assert "checked:    not yet" in run("info").out
    run("backup")
    run("check")
    told = run("info").out
    assert "copies:     1, the newest of" in told
    assert "checked:    today at" in told
    assert json.loads(run("info --json").out)["damaged"] == []


def test_known_damage_is_told_without_a_check(run: Run) -> None:
    seen = run("info")
    seen.library._database.note_damage(True)
    seen = run("info")
    assert seen.code == 1
    assert "reader repair" in seen.out

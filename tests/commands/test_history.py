"""The steps are listed with their numbers."""

import json

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines, trouble

LINES: Lines = [
    ("history --json --limit 1", lambda x: json.loads(x.out)[0]["text"],
     "Moved to the trash: “Delta”"),
    ("history --json --limit -1", lambda x: len(json.loads(x.out)) > 1, True),
    ("history 4 --json", lambda x: {each["text"].split("“")[1] for each in json.loads(x.out)},
     {"Delta”"}),
    ("history --find trash --json", lambda x: len(json.loads(x.out)), 1),
    ("history --since 2999-01-01", lambda x: x.out, ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_a_line_has_number_time_and_words(run: Run) -> None:
    seen = run("history")
    number, day, time, *words = seen.out.splitlines()[0].split()
    step = seen.library.history.newest()
    assert step is not None
    assert (int(number), len(day), len(time)) == (step.id, 10, 5)
    assert " ".join(words) == "Moved to the trash: “Delta”"


@pytest.mark.usefixtures("similar")
def test_an_undone_step_and_an_event_are_told_from_the_others(capsys: Capsys) -> None:
    lines(capsys, "trash", "1")
    lines(capsys, "archive", "2")
    lines(capsys, "undo")
    lines(capsys, "empty-trash", "--yes", "--older-than", "0")
    listed = lines(capsys, "history")
    assert listed[0].split()[0] == "–"
    assert listed[1].split()[0].isdecimal()
    assert "Deleted for good" in listed[0]
    assert listed[1].endswith("(undone)")


@pytest.mark.usefixtures("similar")
def test_an_unknown_article_is_told(capsys: Capsys) -> None:
    assert "99" in trouble(capsys, "history", "99")

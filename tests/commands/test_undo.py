"""Changes are undone: the last one, or any step by its number."""

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines, out, trouble

LINES: Lines = [
    ("undo", out, "Undone: Moved to the trash: “Delta”\n"),
    ("undo --part", out, "Undone: Moved to the trash: “Delta”\n"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("similar")
def test_an_old_step_is_undone_and_redone_by_its_number(capsys: Capsys) -> None:
    lines(capsys, "favourite", "1")
    lines(capsys, "archive", "2")
    number = lines(capsys, "history")[1].split()[0]
    assert lines(capsys, "undo", number)[0].startswith("Undone: Made a favourite")
    assert "There is no step" in trouble(capsys, "undo", number)
    assert lines(capsys, "redo", number)[0].startswith("Done again: Made a favourite")
    assert "There is no step" in trouble(capsys, "redo", number)


@pytest.mark.usefixtures("similar")
def test_what_depends_on_a_step_is_told_and_the_part_is_offered(capsys: Capsys) -> None:
    lines(capsys, "archive", "1", "2")
    lines(capsys, "trash", "2")
    number = lines(capsys, "history")[1].split()[0]
    told = trouble(capsys, "undo", number)
    assert "only 1 of 2" in told
    assert "Later changed by: Moved to the trash" in told
    assert f"reader undo {number} --part" in told
    assert lines(capsys, "undo", number, "--part")[0].startswith("Undone: Archived")

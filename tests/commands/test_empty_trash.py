"""The trash is emptied after a question."""

from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, lines

from reader.cli import main

LINES: Lines = [
    ("empty-trash --yes", lambda x: x.library.counts().trash, 0),
    ("empty-trash --yes --without-copy", lambda x: x.library.counts().trash, 0),
    ("empty-trash --yes --older-than 1", lambda x: x.library.counts().trash, 1),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("similar")
def test_the_trash_is_emptied_only_when_that_is_meant(capsys: Capsys) -> None:
    assert lines(capsys, "empty-trash") == ["There is nothing to delete."]
    main(["trash", "3"])
    assert lines(capsys, "empty-trash", "--older-than", "30") == ["There is nothing to delete."]
    capsys.readouterr()
    assert main(["empty-trash"]) == 1
    assert "Say “--yes”" in capsys.readouterr().err
    assert lines(capsys, "empty-trash", "--yes")[0].startswith("1 article deleted for good")
    assert main(["show", "3"]) == 1


@pytest.mark.usefixtures("similar")
def test_a_question_on_a_terminal_is_answered(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["trash", "3"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert lines(capsys, "empty-trash") == ["Nothing was deleted."]
    monkeypatch.setattr("builtins.input", lambda _: "Y")
    assert lines(capsys, "empty-trash")[0].startswith("1 article deleted")


@pytest.mark.usefixtures("similar")
def test_without_a_copy_nothing_is_deleted_unless_that_is_meant(capsys: Capsys, home: Path) -> None:
    main(["trash", "3"])
    (home / "library" / "backups").write_text("no folder")
    assert main(["empty-trash", "--yes"]) == 1
    assert "“--without-copy”" in capsys.readouterr().err
    assert lines(capsys, "empty-trash", "--yes", "--without-copy")[0].startswith("1 article")

"""With a damaged table no command writes to the library's file, and those that read go on."""

from pathlib import Path

import pytest
from tests.commands.running import Capsys, Run
from tests.damaging import one_of_each, overwrite

from reader.cli import main
from reader.commands import COMMANDS
from reader.library.library import Library

_WORDS = {
    "lookup": ["word"],
    "add": ["page.html"], "extract": ["--again", "1"], "versions": ["1"], "clean": ["1"],
    "search": ["flies"], "show": ["1"], "print": ["1", "--pdf", "out.pdf"], "archive": ["1"],
    "queue": ["2"], "session": ["30"], "trash": ["1"], "favourite": ["1"],
    "tag": ["1", "--add", "new"], "tag-rename": ["x", "y"], "merge": ["1", "2"],
    "empty-trash": ["--yes"], "download": ["--missing"],
    "export": ["--all", "--to", "markdown", "out"],
}  # fmt: skip
_MAKE_ANEW = {"repair", "restore", "open", "check", "info"}
"""Commands whose purpose is damage, with tests of their own, and the window."""
_READ = {"list", "queue", "rules", "tags", "stats", "export"}


@pytest.fixture
def damaged(run: Run, capsys: Capsys) -> Path:
    """Return a library of which one page of the history is lost, as a check has found."""
    folder = run("list").library.folder
    with Library.open(folder) as library:
        for number in range(60):
            library.set_title(1, f"Title {number}")
    page = next(
        each for each in one_of_each(folder / "library.db")
        if (each.owner, each.kind) == ("change", "leaf")
    )  # fmt: skip
    overwrite(folder / "library.db", page.number, seed=1)
    assert main(["--library", str(folder), "check", "--no-heal"]) == 1
    capsys.readouterr()
    return folder


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in _MAKE_ANEW])
def test_no_command_writes_to_a_damaged_library(
    damaged: Path, capsys: Capsys, command: str
) -> None:
    before = (damaged / "library.db").read_bytes()
    code = main(["--library", str(damaged), command, *_WORDS.get(command, [])])
    assert (damaged / "library.db").read_bytes() == before
    assert not (damaged / "library.db-wal").exists() or not (
        (damaged / "library.db-wal").stat().st_size
    )
    assert "Traceback" not in capsys.readouterr().err
    if command in _READ and command != "queue":
        assert code == 0


def test_the_articles_of_a_damaged_library_can_be_read(damaged: Path, capsys: Capsys) -> None:
    capsys.readouterr()
    assert main(["--library", str(damaged), "show", "1"]) == 0
    assert "Bees fly" in capsys.readouterr().out

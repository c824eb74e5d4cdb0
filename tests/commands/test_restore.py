"""The library, or single articles, come back from a copy."""

import json
import shutil
from pathlib import Path

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run

from reader import instance
from reader.cli import main
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.model import State

LINES: Lines = [
    ("restore newest --yes", lambda x: x.library.article(1).title, "Alpha"),
    ("restore newest --list", lambda x: x.out.split()[1:3], ["changed", "Changed"]),
    ("restore newest --list --json", lambda x: json.loads(x.out)[0]["title"], "Changed"),
    ("restore newest --article 1", lambda x: x.library.article(1).title, "Alpha"),
    ("restore newest --into there", lambda _: Path("there", "library.db").exists(), True),
]


@pytest.fixture
def changed(run: Run) -> Run:
    """Return the function that runs a command line on a library changed since its copy."""
    library = run("backup").library
    library.set_title(1, "Changed")
    return run


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(changed: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(changed(line)) == wanted


def test_a_restore_says_what_changes_and_is_refused_without_an_answer(changed: Run) -> None:
    seen = changed("restore 1")
    assert seen.code == 1
    assert "1 article will be as it was then." in seen.error
    assert "say “--yes”" in seen.error
    assert seen.library.article(1).title == "Changed"


def test_a_question_on_a_terminal_is_answered(
    changed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert changed("restore 1").out == "Nothing was changed.\n"
    monkeypatch.setattr("builtins.input", lambda _: "y")
    seen = changed("restore 1")
    assert seen.out.startswith("Restored the copy of")
    assert seen.library.article(1).title == "Alpha"


def test_the_present_is_copied_before_it_is_replaced(changed: Run) -> None:
    library = changed("restore newest --yes").library
    before = next(x for x in library.backups.all() if x.reason is Reason.RESTORE)
    library.close()
    assert changed(f"restore {before.id} --yes").library.article(1).title == "Changed"


def test_a_deleted_article_comes_back_by_its_uid(run: Run) -> None:
    library = run("backup").library
    uid = library.article(2).uid
    library.set_state([2], State.TRASH)
    library.trash.delete([2])
    seen = run(f"restore newest --article {uid[:12]}")
    assert seen.code == 0
    assert seen.library.with_uid(uid)
    assert run("restore newest --article 99").code == 1


def test_a_copy_is_named_in_many_ways(changed: Run, tmp_path: Path) -> None:
    (copy,) = changed("backup --list").library.backups.all()
    changed("backup --to whole")
    for name in ("1", copy.id, copy.id[:-3], "newest", str(copy.file), "whole",
                 str(tmp_path / "whole" / "library.db")):  # fmt: skip
        assert changed(f"restore {name} --into 'into {Path(name).name}'").code == 0, name
    for name in ("2", "0", "x", "99999999999999999999999", "''", "~nobody.at.all/x"):
        seen = changed(f"restore {name} --yes")
        assert seen.code == 1
        assert "reader backup --list" in seen.error


def test_a_library_that_a_window_has_open_is_left_alone(
    changed: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o700)
    with instance.alone(tmp_path / "copy"):
        seen = changed("restore newest --yes")
    assert seen.code == 1
    assert "close the window" in seen.error
    assert seen.library.article(1).title == "Changed"


def test_a_library_that_does_not_open_is_restored(
    four_articles: Path, tmp_path: Path, capsys: Capsys
) -> None:
    folder = Path(shutil.copytree(four_articles, tmp_path / "library"))
    line = ["--library", str(folder)]
    assert main([*line, "backup"]) == 0
    (folder / "library.db").write_bytes(b"nothing at all " * 1000)
    capsys.readouterr()
    assert main([*line, "restore", "newest", "--yes"]) == 0
    with Library.open(folder, create=False) as library:
        assert library.counts().total == 4

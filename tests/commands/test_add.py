"""Files, addresses and standard input are added."""

import io
import json
import sys
from pathlib import Path

import pytest
from tests.commands.running import WALK_URL, Ask, Capsys, Lines, Run, Web, out, output, rows

from reader.cli import main
from reader.library.library import Library
from reader.model import State

LINES: Lines = [
    ("add note.md --json", rows, [("added", 5)]),
    ("add note.md --archive", lambda seen: seen.library.article(5).state, State.ARCHIVE),
    ("add note.md --tag y --tag z", lambda seen: seen.library.article(5).tags, ("y", "z")),
    ("add https://e.example/5 --later", lambda x: (x.out, x.library.downloads.waiting()),
     ("1 added.\n", [5])),
    ("add https://a.example/1", out, "1 unchanged.\n"),
    ("add www.e.example/6 --later", lambda x: x.library.article(5).url, "https://www.e.example/6"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("pages")
def test_adding_again_changes_nothing(files: Path, capsys: Capsys) -> None:
    main(["add", str(files / "1-one.md")])
    capsys.readouterr()
    assert main(["add", str(files / "1-one.md"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "unchanged"
    (files / "1-one.md").write_text("# One\n\nOther text.\n")
    main(["add", str(files / "1-one.md")])
    assert capsys.readouterr().out.splitlines() == ["1 updated."]


@pytest.mark.usefixtures("pages")
def test_standard_input_is_added(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("# From a pipe\n\nText."))
    assert main(["add", "-", "--archive"]) == 0
    assert main(["list", "--shelf", "archive"]) == 0
    assert "From a pipe" in capsys.readouterr().out


@pytest.mark.usefixtures("pages")
def test_an_address_in_a_list_was_not_typed_and_one_on_the_command_line_was(
    capsys: Capsys, library: Library, tmp_path: Path
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("http://127.0.0.1/a\nhttp://127.0.0.1/b\n")
    output(capsys, "add", "--later", str(listed), "http://127.0.0.1/b")
    assert [library.is_typed(id) for id in (1, 2)] == [False, True]


@pytest.mark.usefixtures("pages")
def test_a_password_on_the_command_line_is_not_kept_or_shown(
    capsys: Capsys, library: Library
) -> None:
    said = output(capsys, "add", "--json", "https://anna:wood@example.org/walk")
    said += output(capsys, "list", "--json") + output(capsys, "show", "1", "--json")
    assert "A walk" in said and "wood" not in said
    assert library.article(1).url == WALK_URL


def test_an_address_that_waits_is_fetched_when_it_is_added_again(
    capsys: Capsys, pages: Web, library: Library
) -> None:
    assert output(capsys, "add", WALK_URL, "--later") == "1 added.\n"
    pages.up = False
    assert output(capsys, "add", WALK_URL) == "1 unchanged.\n"
    assert library.downloads.waiting() == [1]
    pages.up = True
    assert output(capsys, "add", WALK_URL) == "1 updated.\n"
    assert library.downloads.waiting() == []
    assert "Step 3" in library.article(1).html
    assert output(capsys, "add", WALK_URL) == "1 unchanged.\n"


def test_a_known_address_that_cannot_be_reached_says_why(capsys: Capsys, pages: Web) -> None:
    pages.up = False
    main(["add", WALK_URL])
    row = json.loads(output(capsys, "add", WALK_URL, "--json"))[0]
    assert (row["outcome"], row["article"]) == ("unchanged", 1)
    assert row["note"] == "example.org cannot be reached. It waits."


@pytest.mark.usefixtures("pages")
def test_a_file_url_names_its_file(files: Path, capsys: Capsys) -> None:
    file = files / "ä note%20.md"
    file.write_text("# A note\n\nText.\n", "utf-8")
    assert main(["add", file.as_uri(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "added"

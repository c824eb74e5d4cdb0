"""Which words of a command line are files, and what is said of others."""

from pathlib import Path

import pytest

from reader.commands.arguments import command_in, with_open

_COMMANDS = ("list", "open", "add")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("page.html", "-dashed.html", "plain", "list", "--version", "--library"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("page.html", "open page.html"),
        ("plain", "open plain"),
        (".", "open ."),
        ("gone.html", "open gone.html"),
        ("gone/", "open gone/"),
        ("~/gone", "open ~/gone"),
        ("https://example.org", "open https://example.org"),
        ("file:///a%20b", "open file:///a%20b"),
        ("-dashed.html", "open ./-dashed.html"),
        ("-- -dashed.html", "open ./-dashed.html"),
        ("open -dashed.html", "open ./-dashed.html"),
        ("page.html -dashed.html", "open page.html ./-dashed.html"),
        ("--library L page.html", "--library L open page.html"),
        ("--lib L page.html", "--lib L open page.html"),
        ("--library=L page.html", "--library=L open page.html"),
        ("--library L list", "--library L list"),
        ("list", "list"),
        ("./list", "open ./list"),
        ("add page.html", "add page.html"),
        ("--version", "--version"),
        ("--library", "--library"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_files_are_opened_and_commands_are_commands(line: str, meant: str) -> None:
    assert with_open(line.split(), _COMMANDS) == meant.split()


def test_the_command_is_found_behind_options() -> None:
    assert command_in(["--library", "list", "--verbose", "add"]) == "add"
    assert command_in(["--verbose"]) is None

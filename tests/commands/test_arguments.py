"""Which words of a command line are files, and what is said of others."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.commands import arguments
from reader.commands.arguments import command_in, with_open
from reader.errors import NoSuchArticle

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
    assert command_in(["--verbose"]) == ""


@pytest.mark.parametrize(
    ("read", "word", "value"),
    [
        (arguments.id_number, "1", 1), (arguments.id_number, str(2**63 - 1), 2**63 - 1),
        (arguments.id_number, "0", None), (arguments.id_number, str(2**63), None),
        (arguments.id_number, "x", None), (arguments.count, "0", 0), (arguments.count, "-1", -1),
        (arguments.count, "-9", -1), (arguments.count, str(10**9), 10**9),
        (arguments.count, str(10**9 + 1), None), (arguments.count, str(-(10**9) - 1), None),
        (arguments.positive, "0", 0), (arguments.positive, "-1", None),
        (arguments.positive, str(10**9), 10**9), (arguments.positive, str(10**9 + 1), None),
        (arguments.size, "1200X800", (1200, 800)), (arguments.size, "9999x1", (9999, 1)),
        (arguments.size, "10000x1", None), (arguments.size, "1x0", None),
        (arguments.size, "1", None),
        (arguments.size, "1x", None), (arguments.size, "-1x1", None),
        (arguments.size, "1x1x1", None),
        (arguments.text, "é", "é"), (arguments.text, "\udce9", None), (arguments.text, "a\0", None),
        (arguments.path, "a", "a"), (arguments.path, "\udce9", "\udce9"),
        (arguments.path, "", None),
        (arguments.path, "\ud800", None), (arguments.path, "~nobody-of-this-name/a", None),
    ],
)  # fmt: skip
def test_a_word_is_what_it_can_be(read: Callable[[str], object], word: str, value: object) -> None:
    if value is not None:
        assert read(word) == value
        return
    with pytest.raises(argparse.ArgumentTypeError):
        read(word)


def test_a_number_is_an_article_unless_a_file_is_called_so(tmp_path: Path) -> None:
    assert arguments.id_or_file("7") == 7
    assert arguments.id_or_file("plain") is None
    (tmp_path / "7").touch()
    assert arguments.id_or_file("7") is None
    with pytest.raises(NoSuchArticle, match="shows them"):
        arguments.id_or_file("0")


def test_a_wrong_word_is_repeated_in_short_and_the_right_one_is_guessed() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f"“{'x' * 40}”"):
        arguments.id_number("x" * 40)
    with pytest.raises(argparse.ArgumentTypeError, match=f"“{'x' * 40}…”"):
        arguments.id_number("x" * 41)
    assert "did you mean “list”?" in arguments.unknown("lits", _COMMANDS)
    assert "reader --help" in arguments.unknown("zzz", _COMMANDS)

"""Odd words on the command line, for every argument of every command."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import cli
from reader.commands import COMMANDS, add_options
from reader.commands.arguments import SWITCHES, VALUED
from reader.progress import Cancelled

ODD = {
    "empty": "",
    "blank": " ",
    "nul": "a\0b",
    "bytes that are no letters": "caf\udce9",
    "a surrogate": "\ud83d",
    "more than 64 bits": str(2**63),
    "thousands of digits": "9" * 5000,
    "below zero": "-1",
    "infinite": "inf",
    "not a number": "nan",
    "beyond a float": "1e400",
    "digits of another script": "١٢",
    "a superscript": "²",
    "underscores": "1_0",
    "somebody's home": "~nobody-at-all/x",
    "a folder": ".",
    "a device": "/dev/null",
    "an address of a file": "file://elsewhere/x",
    "a very long word": "x" * 5000,
    "lines": "a\nb\r\x1b[2J",
    "braces": "{0!r:>{1}} {title.__class__} %s",
}


# Commands that look at their arguments only if they know what to do.
MORE = {"print": ["--pdf", "x.pdf"], "extract": ["--again"]}


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    add_options(name, parser)
    return parser


def _taking(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments of a parser that take a word."""
    return [
        each
        for each in parser._actions
        if each.nargs != 0 and not isinstance(each, argparse._SubParsersAction)
    ]


def _lines() -> Iterator[tuple[list[str], list[str]]]:
    """Give a command line for each argument, as what stands before the odd word and behind it."""
    for action in _taking(cli.make_parser()):
        yield [action.option_strings[0]], ["list"]
    for name in COMMANDS:
        taking = _taking(_parser(name))
        needed = ["1" for each in taking if not each.option_strings and each.nargs != "*"]
        for action in taking:
            if action.option_strings:
                yield [name, *needed, action.option_strings[0]], []
            else:
                yield [name], needed[1:]
                yield [name, *MORE.get(name, [])], needed[1:]


LINES = list(_lines())


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a library with an article, and no screen: what opens a window ends before it."""
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    assert cli.main(["add", str(tmp_path / "one.md")]) == 0
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def _code(line: list[str]) -> int:
    os.environ.pop("QT_QPA_PLATFORM", None)  # which printing has set
    try:
        return cli.main(line)
    except SystemExit as ended:
        return int(str(ended.code))


def test_every_command_takes_part() -> None:
    tried = {name for before, _ in LINES for name in before}
    assert tried >= {name for name in COMMANDS if _taking(_parser(name))}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_words_are_wrong_usage_or_a_sentence(
    odd: str, article: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for before, behind in LINES:
        for word in (odd, f"--{odd}"):
            line = [*before, word, *behind]
            capsys.readouterr()
            code = _code(line)
            said = capsys.readouterr().err
            assert code in (0, 1, 2), line
            assert code == 0 or "reader" in said, line
            assert "Traceback" not in said, line
            assert len(said) < 20_000, line


def test_the_options_before_a_command_are_known() -> None:
    actions = [each for each in cli.make_parser()._actions if each.option_strings]
    valued = {each.option_strings[-1] for each in actions if each.nargs != 0}
    assert valued == set(VALUED)
    assert {each.option_strings[-1] for each in actions} - valued == set(SWITCHES)


@pytest.mark.parametrize("error", [KeyboardInterrupt, Cancelled])
def test_what_is_stopped_says_so_and_has_an_exit_code_of_its_own(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr("reader.commands.run", stopped)
    assert cli.main(["list"]) == 130
    assert capsys.readouterr().err == "reader: stopped\n"

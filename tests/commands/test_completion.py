"""Completion knows every command and every option, in every shell."""

import argparse
import re
import shutil
import subprocess

import pytest

from reader.cli import make_parser
from reader.commands.completion import commands, script

SHELLS = ("bash", "zsh", "fish")


def test_the_parser_is_read_whole() -> None:
    found = commands(make_parser())
    helped = make_parser().format_help()
    assert all(f"\n    {each.name} " in helped for each in found[1:])
    assert {"list", "print", "empty-trash"} <= {each.name for each in found}
    options = {name for each in found for option in each.options for name in option.names}
    assert {"--library", "--shelf", "--no-landscape", "-h"} <= options


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_completed(shell: str) -> None:
    text = script(shell, make_parser())
    for command in commands(make_parser()):
        assert re.search(rf"(?<![\w-]){command.name}(?![\w-])", text)
        for option in command.options:
            for name in option.names:
                word = name if shell != "fish" else f"-{'ls'[len(name) == 2]} {name.lstrip('-')}"
                lines = [line for line in text.splitlines() if word in line]
                assert any(command.name in line for line in lines), f"{command.name} {name}"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_can_read_it(shell: str) -> None:
    """Proved by each shell that is installed; bash is on every system with a shell of its own."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    text = script(shell, make_parser())
    read = subprocess.run([program, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["pri"], ["print"]),
        (["--library", "print", "unde"], []),
        (["--library", "print", "und"], ["undo"]),
        (["print", "--font", "s"], ["serif", "sans"]),
        (["print", "--no-lands"], ["--no-landscape"]),
        (["add", "x"], []),
    ],
)
def test_bash_completes(words: list[str], completed: list[str]) -> None:
    line = " ".join(f"'{each}'" for each in ["reader", *words])
    asking = f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; _reader; echo ${{COMPREPLY[*]}}"
    said = subprocess.check_output(
        ["bash", "-c", script("bash", make_parser()) + asking], text=True
    )
    assert said.split() == completed


def _small() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("reader", description="It reads.")
    parser.add_argument("--where", metavar="DIR", help="it's [here]: a\\b")
    parser.add_argument("-f", "--font", choices=("a", "b"), help="letters")
    found = parser.add_subparsers(dest="command")
    one = found.add_parser("one", help="it's one: of\\two")
    one.add_argument("--size", metavar="W:H")
    one.add_argument("what", nargs="+", metavar="FILE|URL")
    found.add_parser("two", help="other").add_argument("ids", nargs="*")
    return parser


def test_a_parser_is_told_as_commands() -> None:
    program, one, two = commands(_small())
    assert (program.name, program.help, program.arguments) == ("", "It reads.", ())
    assert program.options[1] == (("--where",), "it's [here]: a\\b", "DIR", ())
    assert program.options[2] == (("-f", "--font"), "letters", "FONT", ("a", "b"))
    assert one.options[0].takes == ""
    assert one.options[1] == (("--size",), "", "W:H", ())
    assert (one.help, one.arguments) == ("it's one: of\\two", ("FILE|URL ...",))
    assert two.arguments == ("IDS ...",)


_HELP = "show this help message and exit"
_FISH = rf"""
complete -c reader -n '__fish_use_subcommand' -s h -l help -d '{_HELP}'
complete -c reader -n '__fish_use_subcommand' -l where -r -F -d 'it\'s [here]: a\\b'
complete -c reader -n '__fish_use_subcommand' -s f -l font -x -a 'a b' -d 'letters'
complete -c reader -n __fish_use_subcommand -a one -d 'it\'s one: of\\two'
complete -c reader -n '__fish_seen_subcommand_from one' -s h -l help -d '{_HELP}'
complete -c reader -n '__fish_seen_subcommand_from one' -l size -x -d ''
complete -c reader -n __fish_use_subcommand -a two -d 'other'
complete -c reader -n '__fish_seen_subcommand_from two' -s h -l help -d '{_HELP}'
"""
_ZSH = rf"""
        '-h[{_HELP}]' \
        '--help[{_HELP}]' \
        '--where[it'\''s \[here\]\: a\\b]:DIR:_files' \
        '-f[letters]:FONT:(a b)' \
        '--font[letters]:FONT:(a b)' \
            'one:it'\''s one\: of\\two'
            'two:other'
        one) _arguments '-h[{_HELP}]' '--help[{_HELP}]' '--size[]:W\:H: ' '*:file:_files' ;;
        two) _arguments '-h[{_HELP}]' '--help[{_HELP}]' ;;
"""
_BASH = """
            --where|-f|--font) ((i++)) ;;
        ' --where') return ;;
        ' -f'|' --font') COMPREPLY=($(compgen -W 'a b' -- "$word")); return ;;
        'one --size') return ;;
        '') words='one two -h --help --where -f --font' ;;
        'one') words='-h --help --size' ;;
        'two') words='-h --help' ;;
"""


@pytest.mark.parametrize(("shell", "lines"), [("bash", _BASH), ("zsh", _ZSH), ("fish", _FISH)])
def test_what_a_shell_is_told_is_quoted_for_it(shell: str, lines: str) -> None:
    said = script(shell, _small()).splitlines()
    wanted = lines.strip("\n").splitlines()
    places = [said.index(each) for each in wanted]
    assert places == sorted(places)
    assert shell != "fish" or said[1:] == wanted

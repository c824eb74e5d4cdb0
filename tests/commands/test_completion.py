"""Completion knows every command and every option, in every shell."""

import re
import shutil
import subprocess

import pytest

from reader.cli import _parser
from reader.commands.completion import commands, script

SHELLS = ("bash", "zsh", "fish")


def test_the_parser_is_read_whole() -> None:
    found = commands(_parser())
    helped = _parser().format_help()
    assert all(f"\n    {each.name} " in helped for each in found[1:])
    assert {"list", "print", "empty-trash"} <= {each.name for each in found}
    options = {name for each in found for option in each.options for name in option.names}
    assert {"--library", "--shelf", "--no-landscape", "-h"} <= options


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_completed(shell: str) -> None:
    text = script(shell, _parser())
    for command in commands(_parser()):
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
    text = script(shell, _parser())
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
    said = subprocess.check_output(["bash", "-c", script("bash", _parser()) + asking], text=True)
    assert said.split() == completed

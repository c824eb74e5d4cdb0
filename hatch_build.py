"""Generate the man page and the shell completion from the parser when a wheel is built."""

import argparse
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
PLACES = {
    "reader.1": "share/man/man1/reader.1",
    "bash": "share/bash-completion/completions/reader",
    "zsh": "share/zsh/site-functions/_reader",
    "fish": "share/fish/vendor_completions.d/reader.fish",
}


class ReaderBuildHook(BuildHookInterface[Any]):
    """Adds the generated files to the shared data of the wheel, where installers look for them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate the files in a temporary folder, because a source tree can be read-only."""
        self._made = tempfile.TemporaryDirectory()
        for name, text in made().items():
            file = Path(self._made.name, name)
            file.write_text(text, "utf-8")
            build_data["shared_data"][str(file)] = PLACES[name]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the files again; they are in the wheel."""
        self._made.cleanup()


def made() -> dict[str, str]:
    """Return the man page and the completion for each shell."""
    sys.path.insert(0, str(ROOT / "src"))
    try:
        from reader.cli import make_parser
        from reader.commands.completion import script
    finally:
        sys.path.pop(0)
    parser = make_parser()
    shells = {shell: script(shell, parser) for shell in PLACES if shell != "reader.1"}
    return {"reader.1": manual(parser), **shells}


def manual(parser: argparse.ArgumentParser) -> str:
    """Return the man page: ``docs/reader.1`` with options and commands filled in."""
    from reader.commands.completion import commands

    program, *others = commands(parser)
    page = (ROOT / "docs" / "reader.1").read_text("utf-8")
    lists = {"OPTIONS": _options(program), "COMMANDS": _commands(others)}
    return re.sub(r'(?m)^\.\\" (OPTIONS|COMMANDS)$', lambda m: "\n".join(lists[m[1]]), page)


def _commands(commands: Any) -> Iterator[str]:
    yield ".Bl -tag -width Ds"
    for command in commands:
        given = "".join(f" Ar {_word(argument)}" for argument in command.arguments)
        yield f".It Cm {_word(command.name)}{' Oo Ar options Oc' if command.options else ''}{given}"
        yield from _text(command.help)
        yield from _options(command)
    yield ".El"


def _options(command: Any) -> Iterator[str]:
    shown = [x for x in command.options if "--help" not in x.names]
    if not shown:
        return
    yield ".Bl -tag -width Ds"
    for option in shown:
        names = " , ".join(f"Fl {_word(name[1:])}" for name in option.names)
        takes = "|".join(option.choices) or option.takes
        yield f".It {names}" + (f" Ar {_word(takes)}" if takes else "")
        yield from _text(option.help)
    yield ".El"


def _word(text: str) -> str:
    """Return a word that mdoc treats as neither a macro nor punctuation."""
    return " ".join(r"\&" + _plain(part) for part in text.split())


def _text(text: str) -> Iterator[str]:
    """Yield lines of text as mdoc requires them: short, with a new one for each sentence."""
    for sentence in re.split(r"(?<=[.;:]) ", text[:1].upper() + text[1:] + "." if text else ""):
        for line in textwrap.wrap(sentence, 60, break_on_hyphens=False):
            yield _plain(re.sub(r"^(?=[.'])", r"\&", line)) if line[:1] in ".'" else _plain(line)


def _plain(text: str) -> str:
    for letter, roff in (("\\", r"\e"), ("“", r"\(lq"), ("”", r"\(rq"), ("-", r"\-")):
        text = text.replace(letter, roff)
    return text

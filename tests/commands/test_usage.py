"""What each command takes, as it is written in the manual: a change of it is meant."""

import argparse
import shlex
from collections.abc import Iterator
from importlib import import_module

import pytest

from reader.cli import make_parser

_USAGE = """
add [-h] [--later] [--tag T] [--archive] [--json] PATH|URL [PATH|URL ...]
import [-h] [--list] [--report KEY] [--dry-run] [--as FORMAT]
 [--folders-as-tags | --no-folders-as-tags] [--feed-items | --no-feed-items]
 [--highlights | --no-highlights] [--keep-order | --no-keep-order]
 [--placing {behind,before,archive}] [--columns FIELD=COLUMN,…] [--save-report PATH] [--json]
 [FILE ...]
download [-h] [--missing | --slowly | --archive] [--all] [--json] [ID ...]
extract [-h] [--again] [--all] [--anyway] [--base URL] [--html | --json] [PAGE.html|URL|ID ...]
versions [-h] [--use N | --show N | --json] id
clean [-h] [--remove TEXT [TEXT ...]] [--keep TEXT [TEXT ...]] [--for-site] id
rules [-h] [--json]
export [-h] [--shelf {queue,begun,all,favourites,archive,trash} | --search Q | --all]
  --to FORMAT PATH [--title T] [--no-highlights] [--json] [ID ...]
list [-h] [--shelf {queue,begun,all,favourites,archive,trash}] [--tag T] [--site S] [--language L]
  [--sort {place,added,title,site,length,progress,opened}] [--reverse] [--limit N] [--json]
search [-h] [--limit N] [--rebuild] [--json] [WORD ...]
show [-h] [--html | --source | --json] id
lookup [-h] [--json] word
vocabulary [-h] [--json] [--to FILE]
open [-h] ID|PATH|URL|LINK [ID|PATH|URL|LINK ...]
print [-h] [--shelf {queue,begun,all,favourites,archive,trash}] [--weekly] [--pdf FILE|DIR]
  [--title T] [--name TEMPLATE] [--preset NAME] [--paper PAPER] [--margin MM]
  [--font {serif,sans,legible,mono}]
  [--size PT] [--columns {1,2,3,4}] [--links {plain,underlined,numbered}]
  [--notes {foot,end,off}] [--header {none,title,section}] [--pages {single,two-up,folded}]
  [--front {contents,newspaper,magazine,none}] [--landscape | --no-landscape]
  [--justified | --no-justified] [--hyphenated | --no-hyphenated] [--finely | --no-finely]
  [--pictures | --no-pictures] [--grey | --no-grey] [--footer | --no-footer] [--code | --no-code]
  [--tagged | --no-tagged] [--archived | --no-archived] [--run-on | --no-run-on] [ID|FILE ...]
archive [-h] ID [ID ...]
queue [-h] [--top | --end | --next | --before ID | --after ID] [--limit N] [--json] [ID ...]
session [-h] [--json] MINUTES
trash [-h] ID [ID ...]
favourite [-h] [--off] ID [ID ...]
tag [-h] [--add T] [--remove T] ID [ID ...]
tags [-h] [--json]
tag-rename [-h] OLD NEW
duplicates [-h] [--json]
merge [-h] A B
empty-trash [-h] [--older-than DAYS] [--yes] [--without-copy]
history [-h] [--find WORDS] [--since DATE] [--limit N] [--json] [ID]
undo [-h] [--part] [STEP]
redo [-h] [STEP]
backup [-h] [--to DIR | --list] [--json]
restore [-h] [--into DIR | --article ID|UID [ID|UID ...] | --list] [--yes] [--json] COPY
repair [-h] [--yes]
stats [-h] [--json]
check [-h] [--no-heal] [--json]
info [-h] [--json]
"""
_BEFORE = """
[-h] [--library DIR] [--version] [--verbose] [--snapshot FILE.png] [--size WxH] [--theme THEME]
  [--install-desktop] [--remove-desktop] [--completion {bash,zsh,fish}] COMMAND ...
"""
_DEFAULTS = {
    "list": {"shelf": "all", "limit": -1}, "search": {"limit": 20}, "queue": {"limit": -1},
    "history": {"limit": 20},
    "import": {"placing": "behind", "folders_as_tags": True, "highlights": True,
               "keep_order": True},
}  # fmt: skip
_UNEXPLAINED = {
    "": "command", "add": "paths", "extract": "what", "versions": "id json",
    "list": "shelf sort reverse limit json", "search": "limit", "show": "id", "open": "what",
    "lookup": "json", "vocabulary": "json",
    "print": "margin font columns links header", "queue": "before after", "session": "minutes json",
    "tag": "ids add remove", "tag-rename": "old", "merge": "one other",
    **dict.fromkeys(("rules", "tags", "duplicates", "stats", "info", "history"), "json"),
    **dict.fromkeys(("archive", "trash", "favourite"), "ids"),
}  # fmt: skip


def _commands() -> dict[str, argparse.ArgumentParser]:
    found = next(x for x in make_parser()._actions if isinstance(x, argparse._SubParsersAction))
    return dict(found.choices)


def _lines(usage: str) -> list[str]:
    return " ".join(each if each[:1] == " " else f"\n{each}" for each in usage.split("\n")).split(
        "\n"
    )


def _plain(usage: str) -> str:
    return " ".join(usage.removeprefix("usage: reader ").split())


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "4000")


def test_every_command_takes_what_its_usage_says() -> None:
    said = [_plain(each.format_usage()) for each in _commands().values()]
    assert said == [" ".join(each.split()) for each in _lines(_USAGE) if each.strip()]
    assert _plain(make_parser().format_usage()) == " ".join(_BEFORE.split())


def test_what_is_not_given_is_nothing_but_what_is_written_here() -> None:
    for name, command in _commands().items():
        needed = [x for x in command._actions if not x.option_strings and x.nargs != "*"]
        given = vars(command.parse_args(["1"] * len(needed) + _required(command)))
        values = {each.dest for each in command._actions if each in needed or each.required}
        said = {
            x: y for x, y in given.items() if x not in values and y not in (None, False, "", [])
        }
        assert said == _DEFAULTS.get(name, {})
    assert vars(make_parser().parse_args([])) == {
        "library": None, "verbose": False, "snapshot": None, "size": (1200, 800),
        "theme": "light", "install": None, "completion": None, "command": None,
    }  # fmt: skip


def test_whatever_does_not_explain_itself_is_explained() -> None:
    for name, command in {"": make_parser(), **_commands()}.items():
        said = [each.dest for each in command._actions if not each.help]
        assert said == _UNEXPLAINED.get(name, "").split()
        assert name == "" or command.description


def _required(command: argparse.ArgumentParser) -> list[str]:
    """Return the options that a command cannot do without, with words for their values."""
    options = [each for each in command._actions if each.option_strings and each.required]
    return [word for x in options for word in [x.option_strings[0], *["1"] * int(x.nargs or 1)]]


def _words(command: argparse.ArgumentParser) -> Iterator[list[str]]:
    """Yield command lines with a word in one place that nothing can be made of."""
    needed = sum(not x.option_strings and x.nargs != "*" for x in command._actions)
    required = _required(command)
    for place in range(needed):
        yield ["1"] * place + ["a\0b"] + ["1"] * (needed - place - 1) + required
    for each in command._actions:
        if not each.option_strings and each.nargs == "*":
            yield ["a\0b", *required]
        elif each.option_strings and each.nargs != 0 and not each.choices:
            words = ["a\0b"] * (each.nargs if isinstance(each.nargs, int) else 1)
            yield ["1"] * needed + required + [each.option_strings[0], *words]


def test_no_value_of_any_option_is_taken_unseen() -> None:
    tried = 0
    for command in _commands().values():
        for words in _words(command):
            tried += 1
            with pytest.raises(SystemExit) as ended:
                command.parse_args(words)
            assert ended.value.code == 2
    assert tried > 40


def test_every_command_and_every_option_is_tried() -> None:
    options, tried = {("open", "")}, {("open", "")}  # windows have processes of their own
    for name, command in _commands().items():
        named = [x.option_strings[0] for x in command._actions if x.option_strings]
        options |= {(name, option) for option in [*named, ""] if option != "-h"}
        module = import_module(f"tests.commands.test_{name.replace('-', '_')}")
        for line in [line for line, *_ in getattr(module, "LINES", [])]:
            tried |= {(name, word) for word in ["", *shlex.split(line)]}
        for line in getattr(module, "SHEETS", ()):
            tried |= {(name, word.replace("--no-", "--")) for word in line.split()}
    assert options <= tried

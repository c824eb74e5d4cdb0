"""Arguments of command lines: numbers in range, valid text, and files to open."""

import argparse
import os
from collections.abc import Collection, Sequence
from pathlib import Path

from reader.errors import NoSuchArticle
from reader.model import SHELF_QUERIES

SHELVES = tuple(SHELF_QUERIES)

VALUED = ("--library", "--snapshot", "--size", "--theme", "--completion")  # before a command
SWITCHES = ("--help", "--version", "--verbose", "--install-desktop", "--remove-desktop")

_LAST_ID = 2**63 - 1  # the greatest integer of SQLite
_MOST = 10**9
_SHOWN = 40  # characters of a wrong argument that are repeated


def add_ids(parser: argparse.ArgumentParser) -> None:
    """Add the ids of articles, at least one."""
    parser.add_argument("ids", nargs="+", type=id_number, metavar="ID")


def add_json(parser: argparse.ArgumentParser, summary: str | None = None) -> None:
    """Add the option that prints JSON."""
    parser.add_argument("--json", action="store_true", help=summary)


def id_number(word: str) -> int:
    """Return the id of an article."""
    return _whole(word, 1, _LAST_ID, "is not the number of an article; “reader list” shows them")


def step_number(word: str) -> int:
    """Return the number of a step."""
    return _whole(word, 1, _LAST_ID, "is not the number of a step; “reader history” shows them")


def id_or_file(word: str) -> int | None:
    """Return the id of an article, None if the word is the name of a file."""
    if not word.isdecimal() or os.path.lexists(word):
        return None
    try:
        return id_number(word)
    except argparse.ArgumentTypeError as error:
        raise NoSuchArticle(f"{error}.") from error


def count(word: str) -> int:
    """Return a number of items, -1 for all."""
    return max(-1, _whole(word, -_MOST, _MOST, "is not a number in the range allowed here"))


def positive(word: str) -> int:
    """Return a number of minutes, days or texts."""
    return _whole(word, 0, _MOST, "is not a number in the range allowed here")


def size(word: str) -> tuple[int, int]:
    """Return the width and height of a window in pixels, written as 1200x800."""
    wide, _, high = word.lower().partition("x")
    if not all(side.isdecimal() and len(side) < 5 and int(side) for side in (wide, high)):
        raise argparse.ArgumentTypeError("a size is written 1200x800")
    return int(wide), int(high)


def text(word: str) -> str:
    """Return text that can be stored, unlike bytes that are not valid Unicode."""
    if "\0" in word or not _is_unicode(word):
        raise argparse.ArgumentTypeError(f"“{_short(word)}” is no text")
    return word


def path(word: str) -> str:
    """Return the path of a file or folder, which need not exist."""
    try:
        Path(word).expanduser()
        encoded = os.fsencode(word)
    except (
        RuntimeError,
        UnicodeEncodeError,
    ):  # “~somebody”, an unknown user; half of a surrogate pair
        encoded = b""
    if not encoded or b"\0" in encoded:
        raise argparse.ArgumentTypeError(f"“{_short(word)}” cannot be the name of a file")
    return word


def with_open(words: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return a command line with the command “open” put before files without a command.

    A word is a file if it names an existing one, or looks like a path or a URL.
    """
    place = _first(words)
    if place is None or (words[place] in commands and words[place] != "open"):
        return [*words]
    before, items = words[:place], words[place:]
    if items[0] == "open":
        items = items[1:]
    elif not _is_item(items[0]):
        return [*words]
    return [*(option for option in before if option != "--"), "open", *map(_undashed, items)]


def command_in(words: Sequence[str]) -> str:
    """Return the first word of a command line that is not an option, "" if there is none."""
    place = _first(words)
    return "" if place is None else words[place]


def unknown(word: str, commands: Collection[str]) -> str:
    """Return a sentence about a word that is not a command, with the command that may be meant."""
    from difflib import get_close_matches

    close = get_close_matches(word[:_SHOWN], commands, 1)
    hint = f"; did you mean “{close[0]}”?" if close else "; “reader --help” lists the commands"
    return f"there is no command and no file “{_short(word)}”{hint}"


def _whole(word: str, least: int, most: int, wrong: str) -> int:
    try:
        number = int(word)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"“{_short(word)}” {wrong}")
    return number


def _short(word: str) -> str:
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"


def _is_unicode(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first(words: Sequence[str]) -> int | None:
    after = 0
    for place, word in enumerate(words):
        if place < after:
            continue
        if word == "--":
            return place + 1 if place + 1 < len(words) else None
        if any(option.startswith(word) for option in VALUED if word.startswith("--")):
            after = place + 2
        elif not word.startswith("-") or (_is_there(word) and not _is_option(word)):
            return place
    return None


def _is_item(word: str) -> bool:
    return _is_there(word) or any(sign in word for sign in (os.sep, "/", ":")) or (
        word.startswith("~") or bool(Path(word).suffix)
    )  # fmt: skip


def _is_there(word: str) -> bool:
    return word not in ("", "-") and "\0" not in word and os.path.lexists(word)


def _is_option(word: str) -> bool:
    return word == "-h" or any(option.startswith(word) for option in (*VALUED, *SWITCHES))


def _undashed(word: str) -> str:
    """Return a word with ``./`` before it if it names a file but looks like an option."""
    dashed = word.startswith("-") and _is_there(word) and not _is_option(word)
    return f"{os.curdir}{os.sep}{word}" if dashed else word

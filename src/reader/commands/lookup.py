"""``reader lookup``: a word in the local dictionaries."""

import argparse
import sys
from typing import TYPE_CHECKING

from reader.commands.arguments import add_json, text
from reader.commands.terminal import print_json, safe
from reader.errors import DictionaryError

if TYPE_CHECKING:
    from reader.lookup.dictionaries import Answer


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the word and its options."""
    parser.add_argument("word", type=text, help="the word to look up")
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    """Print the entries of each dictionary."""
    from reader import paths
    from reader.lookup.dictionaries import of_settings
    from reader.settings_store import SettingsStore

    dictionaries = of_settings(SettingsStore.open(paths.settings_file()).value)
    try:
        found = dictionaries.look_up(options.word)
    finally:
        dictionaries.close()
    if options.json:
        print_json({"word": found.word, "near": found.near, "found": _as_json(found.answers)})
    else:
        _print(found.answers)
    if not found.entries:
        raise DictionaryError("No dictionary has this word.")


def _as_json(answers: "tuple[Answer, ...]") -> list[dict[str, object]]:
    return [
        {
            "dictionary": answer.title,
            "trouble": answer.trouble,
            "entries": [{"word": each.word, "text": each.text} for each in answer.entries],
        }
        for answer in answers
    ]


def _print(answers: "tuple[Answer, ...]") -> None:
    for answer in answers:
        if answer.trouble:
            print(safe(f"reader: {answer.title}: {answer.trouble}"), file=sys.stderr)
        for number, entry in enumerate(answer.entries):
            if number == 0:
                print(f"{safe(answer.title)}\n")
            print(f"{safe(entry.word)}\n{safe(entry.text)}\n")

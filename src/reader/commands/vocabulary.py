"""``reader vocabulary``: the words that were looked up, listed or as a table for Anki."""

import argparse

from reader.commands.arguments import add_json, path
from reader.commands.library import existing
from reader.commands.terminal import print_json, safe


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_json(parser)
    parser.add_argument("--to", metavar="FILE", type=path, help="write a table that Anki imports")


def run(options: argparse.Namespace) -> None:
    """Print each word with its sentence, or write them."""
    with existing(options) as library:
        words = library.vocabulary.all()
    if options.to:
        from pathlib import Path

        from reader.lookup import anki

        anki.write(words, Path(options.to))
    elif options.json:
        print_json([word._asdict() for word in words])
    else:
        for word in words:
            print(f"{safe(word.name)}\t{safe(word.sentence)}")

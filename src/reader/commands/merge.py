"""``reader merge``: make one of two articles."""

import argparse

from reader.commands.arguments import id_number
from reader.commands.library import existing
from reader.commands.terminal import safe


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("one", type=id_number, metavar="A")
    parser.add_argument("other", type=id_number, metavar="B")


def run(options: argparse.Namespace) -> None:
    """Merge two articles into the older of them."""
    with existing(options) as library:
        id = library.duplicates.merge(options.one, options.other)
        print(safe(f"{library.history.undo_text()}; it is {id}. “reader undo” separates them."))

"""``reader favourite``: mark articles as favourites."""

import argparse

from reader.commands.arguments import add_ids
from reader.commands.library import check_ids, existing, print_change


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_ids(parser)
    parser.add_argument("--off", action="store_true", help="remove the mark")


def run(options: argparse.Namespace) -> None:
    """Mark articles as favourites, or remove the mark."""
    with existing(options) as library:
        check_ids(library, options.ids)
        print_change(library, library.set_favourite(options.ids, not options.off))

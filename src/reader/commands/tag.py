"""``reader tag``: the tags of articles."""

import argparse

from reader.commands.arguments import add_ids, text
from reader.commands.library import check_ids, existing, print_change
from reader.commands.terminal import safe


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_ids(parser)
    parser.add_argument("--add", action="append", type=text, default=[], metavar="T")
    parser.add_argument("--remove", action="append", type=text, default=[], metavar="T")


def run(options: argparse.Namespace) -> None:
    """Add and remove tags; print the tags of the articles if neither is asked for."""
    with existing(options) as library:
        check_ids(library, options.ids)
        changed = sum(library.tags.add(options.ids, tag) for tag in options.add)
        changed += sum(library.tags.remove(options.ids, tag) for tag in options.remove)
        if options.add or options.remove:
            print_change(library, changed)
            return
        for id in options.ids:
            print(f"{id}\t{safe(', '.join(library.article(id).tags))}")

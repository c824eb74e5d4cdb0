"""``reader tag-rename``: rename a tag or merge two."""

import argparse

from reader.commands.arguments import text
from reader.commands.library import existing, print_change


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("old", type=text, metavar="OLD")
    parser.add_argument(
        "new", type=text, metavar="NEW", help="“a/b” is nested in “a”; an existing tag: merge"
    )


def run(options: argparse.Namespace) -> None:
    """Rename a tag, or merge it into a tag that already has the new name."""
    with existing(options) as library:
        print_change(library, library.tags.rename(options.old, options.new))

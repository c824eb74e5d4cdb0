"""``reader tags``: every tag of the library."""

import argparse

from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import print_json, safe

add_options = add_json


def run(options: argparse.Namespace) -> None:
    """Print each tag with the number of its articles, those of nested tags included."""
    with existing(options) as library:
        counts = library.counts()
    if options.json:
        colours = counts.colours
        print_json(
            [{"tag": tag, "articles": n, "colour": colours.get(tag, "")} for tag, n in counts.tags]
        )
        return
    width = max((len(f"{number:,}") for _, number in counts.tags), default=0)
    for tag, number in counts.tags:
        print(f"{number:>{width},} {safe(tag)}")

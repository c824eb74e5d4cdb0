"""``reader session``: articles of the queue that fit into a number of minutes."""

import argparse

from reader import phrases
from reader.commands.arguments import positive
from reader.commands.library import existing
from reader.commands.terminal import fields_of, print_json, safe


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("minutes", type=positive, metavar="MINUTES")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """Print the articles that fit, with their reading times."""
    from reader.library.session import minutes_of, pick

    with existing(options) as library:
        rows = pick(library, options.minutes).rows
    if options.json:
        print_json([{**fields_of(row), "minutes": minutes_of(row)} for row in rows])
        return
    for row in rows:
        print(safe(f"{row.id}\t{phrases.time_left(row.words, row.progress)}\t{row.title}"))
    if not rows:
        print(f"Nothing in the queue fits into {options.minutes} min.")
        return
    total = phrases.duration(60 * sum(map(minutes_of, rows)))
    print(f"{phrases.plural(len(rows), 'article')} · {total}")

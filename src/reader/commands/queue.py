"""``reader queue``: the articles to read, in the user's order."""

import argparse
from typing import TYPE_CHECKING

from reader.commands.arguments import count, id_number
from reader.commands.library import check_ids, existing, print_change
from reader.commands.terminal import fields_of, print_json, print_rows
from reader.errors import ReaderError, SettingsError
from reader.model import SHELF_QUERIES, State

if TYPE_CHECKING:
    from reader.library.library import Library


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "ids",
        nargs="*",
        type=id_number,
        metavar="ID",
        help="articles to put into it; without any, list it",
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--top", action="store_true", help="at the top")
    place.add_argument("--end", action="store_true", help="at the end")
    place.add_argument("--next", action="store_true", help="after the article being read")
    place.add_argument("--before", type=id_number, metavar="ID")
    place.add_argument("--after", type=id_number, metavar="ID")
    parser.add_argument(
        "--limit", type=count, default=-1, metavar="N", help="list at most N articles"
    )
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def run(options: argparse.Namespace) -> None:
    """Print the queue with positions, or move articles into it and within it."""
    with existing(options) as library:
        if options.ids:
            check_ids(library, options.ids)
            print_change(library, _put(library, options))
            return
        if options.top or options.end or options.next or options.before or options.after:
            raise ReaderError("Name the articles to move: “reader queue 12 13 --top”.")
        rows = library.rows(SHELF_QUERIES["queue"], limit=options.limit)
    if options.json:
        print_json([{"place": place, **fields_of(row)} for place, row in enumerate(rows, 1)])
    else:
        print_rows(rows, numbered=True)


def _put(library: "Library", options: argparse.Namespace) -> int:
    """Move the articles and return how many moved."""
    order = library.queue
    if options.top:
        return order.to_top(options.ids)
    if options.end:
        return order.to_end(options.ids)
    if options.next:
        return order.next_up(options.ids, _last_opened())
    if options.before:
        return order.put_before(options.ids, options.before)
    if options.after:
        return order.put_behind(options.ids, options.after)
    return library.set_state(options.ids, State.QUEUE)


def _last_opened() -> int:
    """Return the id of the article that the window showed last, 0 if there is none."""
    from reader import paths, settings

    try:
        return settings.load(paths.settings_file()).article
    except SettingsError:
        return 0

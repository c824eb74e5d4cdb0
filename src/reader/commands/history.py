"""``reader history``: the steps that changed the library, with their numbers."""

import argparse
from datetime import date, datetime, time

from reader import phrases
from reader.commands.arguments import add_json, count, id_number, text
from reader.commands.library import existing
from reader.commands.terminal import print_json, safe
from reader.steps import Entry, Standing, Wanted

_LIMIT = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("id", nargs="?", type=id_number, metavar="ID", help="of this article only")
    parser.add_argument("--find", type=text, default="", metavar="WORDS", help="with these words")
    parser.add_argument("--since", type=_day, metavar="DATE", help="since a day, as 2026-11-29")
    parser.add_argument(
        "--limit", type=count, default=_LIMIT, metavar="N", help=f"at most N, {_LIMIT} if not given"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    """Print the steps, the newest first, with the numbers that “reader undo” takes."""
    since = options.since.isoformat() if options.since else ""
    wanted = Wanted(options.find, options.id or 0, since=since, limit=options.limit)
    with existing(options) as library:
        if options.id:
            library.rows_of([options.id])  # raises NoSuchArticle
        entries = library.history.steps(wanted)
    if options.json:
        print_json([_fields(entry) for entry in entries])
        return
    width = max((len(f"{entry.id}") for entry in entries), default=1)
    for entry in entries:
        print(safe(_line(entry, width)))


def _line(entry: Entry, width: int) -> str:
    is_event = entry.standing is Standing.EVENT
    number = "–" if is_event else f"{entry.id}"
    undone = " (undone)" if entry.standing is Standing.UNDONE else ""
    return f"{number:>{width}}  {_local(entry.at):16}  {phrases.step(entry.label)}{undone}"


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else ""


def _fields(entry: Entry) -> dict[str, object]:
    is_event = entry.standing is Standing.EVENT
    return {
        "step": None if is_event else entry.id,
        "at": entry.at,
        "verb": str(entry.label.verb),
        "text": phrases.step(entry.label),
        "changed": entry.size,
        "state": str(entry.standing),
    }


def _day(word: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(word), time()).astimezone()
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError("a day is written 2026-11-29") from error

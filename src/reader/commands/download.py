"""``reader download``: the texts and pictures that are still to be fetched."""

import argparse
import sys
from typing import TYPE_CHECKING

from reader.commands.arguments import add_json, id_number
from reader.commands.library import existing
from reader.commands.terminal import clear_report, print_result, report
from reader.model import ImportResult, ImportRow
from reader.phrases import plural

if TYPE_CHECKING:
    from reader.library.articles.later_texts import Waiting
    from reader.library.library import Library

_LATER = "can be fetched later by the same command."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "ids", nargs="*", type=id_number, metavar="ID", help="default: all that wait"
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--missing", action="store_true", help="only pictures that are missing")
    ways.add_argument(
        "--slowly",
        action="store_true",
        help="with pauses, so that no site minds; default: what an import left for this",
    )
    ways.add_argument(
        "--archive",
        action="store_true",
        help="look for the texts in the Internet Archive, which is sent the addresses",
    )
    parser.add_argument("--all", action="store_true", help="with --slowly: all that wait")
    add_json(parser, "print a row for each, as JSON")


def run(options: argparse.Namespace) -> int:
    """Download articles or missing pictures; return 1 if some of it failed."""
    from reader.ingest.reprocess import fetch_missing
    from reader.ingest.web import download

    with existing(options) as library:
        library.rows_of(options.ids)  # a wrong id is reported before anything is downloaded
        if options.missing:
            ids = options.ids or library.downloads.with_missing_pictures()
            result = fetch_missing(library, ids, report)
        elif options.slowly:
            result = _slowly(library, _wanted(library, options))
        elif options.archive:
            result = _from_archive(library, options.ids)
        else:
            result = download(library, options.ids or library.downloads.waiting(), report)
    return print_result(result, as_json=options.json)


def _wanted(library: "Library", options: argparse.Namespace) -> "list[Waiting]":
    """Return the articles to fetch slowly."""
    later = library.downloads.later
    if options.ids:
        found = {each.id: each for each in later.every(with_dead=True)}
        return [found[id] for id in options.ids if id in found]
    return later.every() if options.all else later.slow()


def _slowly(library: "Library", articles: "list[Waiting]") -> ImportResult:
    """Download articles politely; what has come stays if the user stops it with Ctrl+C."""
    from reader.ingest.politely import download_slowly

    rows: list[ImportRow] = []
    try:
        left = download_slowly(library, articles, report, rows.append)
    except KeyboardInterrupt:
        _tell(f"Stopped; {plural(len(articles) - len(rows), 'article')} {_LATER}")
        raise
    if left.resting:
        _tell(f"{plural(left.resting, 'article')} of sites that asked for time {_LATER}")
    return ImportResult(tuple(rows))


def _tell(text: str) -> None:
    clear_report()
    print(text, file=sys.stderr)


def _from_archive(library: "Library", ids: list[int]) -> ImportResult:
    from reader.errors import IngestError
    from reader.ingest.snapshots import add_snapshots

    if not ids:
        raise IngestError("Name the articles to look for in the Internet Archive by their IDs.")
    return add_snapshots(library, ids, report)

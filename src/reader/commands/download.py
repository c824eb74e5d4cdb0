"""``reader download``: the texts and pictures that are still to be fetched."""

import argparse

from reader.commands.arguments import add_json, id_number
from reader.commands.library import existing
from reader.commands.terminal import print_result, report


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "ids", nargs="*", type=id_number, metavar="ID", help="default: all that wait"
    )
    parser.add_argument("--missing", action="store_true", help="only pictures that are missing")
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
        else:
            result = download(library, options.ids or library.downloads.waiting(), report)
    return print_result(result, as_json=options.json)

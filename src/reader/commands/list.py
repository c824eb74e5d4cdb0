"""``reader list``: the articles of a shelf."""

import argparse

from reader.commands.arguments import SHELVES, add_json, count, text
from reader.commands.library import existing
from reader.commands.terminal import fields_of, print_json, print_rows
from reader.model import SHELF_QUERIES, Query, Sort


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--shelf", choices=SHELVES, default="all")
    parser.add_argument(
        "--tag", type=text, default="", metavar="T", help="only articles with this tag"
    )
    parser.add_argument(
        "--site", type=text, default="", metavar="S", help="only articles of this site"
    )
    parser.add_argument(
        "--language",
        type=text,
        default="",
        metavar="L",
        help="only articles in this language: en, de",
    )
    parser.add_argument("--sort", choices=tuple(map(str, Sort)), default="")
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--limit", type=count, default=-1, metavar="N")
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    """Print the articles of a shelf, a line for each."""
    with existing(options) as library:
        rows = library.rows(_query(options), limit=options.limit)
    if options.json:
        print_json([fields_of(row) for row in rows])
    else:
        print_rows(rows)


def _query(options: argparse.Namespace) -> Query:
    query = SHELF_QUERIES[options.shelf]._replace(
        tag=options.tag, site=options.site, language=options.language.casefold()
    )
    if options.sort:
        sort = Sort(options.sort)
        query = query._replace(sort=sort, descending=sort.falls_first)
    return query._replace(descending=query.descending != options.reverse)

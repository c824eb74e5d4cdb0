"""``reader backup``: copy the library, or list its copies."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands import copies
from reader.commands.arguments import add_json, path
from reader.commands.library import existing
from reader.commands.terminal import clear_report, print_json, report, safe

if TYPE_CHECKING:
    from reader.library.library import Library


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--to", type=path, metavar="DIR",
        help="make a complete copy in this folder, which “--library” opens",
    )  # fmt: skip
    how.add_argument("--list", action="store_true", help="list the copies, newest first")
    add_json(parser, "print the copies as JSON")


def run(options: argparse.Namespace) -> None:
    """Make a copy now, beside the library or in a folder; or list the copies."""
    if options.list:
        _list(options)
        return
    with existing(options) as library:
        if options.to is None:
            _take(library, as_json=options.json)
        else:
            _write(library, Path(options.to).expanduser(), as_json=options.json)


def _list(options: argparse.Namespace) -> None:
    found = copies.listed(options)
    if options.json:
        print_json([copies.as_json(*item) for item in enumerate(found, 1)])
        return
    for item in enumerate(found, 1):
        print(copies.line(*item))
    if not found:
        print("There is no copy yet. “reader backup” makes one.")


def _take(library: "Library", *, as_json: bool) -> None:
    from reader.library.backup.copy import Reason

    copy = copies.backups_of(library).take(Reason.ASKED, report=report)
    clear_report()
    if as_json:
        print_json([copies.as_json(1, copy)])
        return
    articles, size = phrases.plural(copy.articles, "article"), phrases.bytes_of(copy.size)
    print(safe(f"Copied {articles} ({size}) to {copy.file}."))


def _write(library: "Library", target: Path, *, as_json: bool) -> None:
    from reader.library.backup import complete

    complete.write(library, target, report)
    clear_report()
    size = (target / "library.db").stat().st_size
    count = library.counts().total
    if as_json:
        print_json({"folder": str(target.absolute()), "articles": count, "size": size})
    else:
        articles = phrases.plural(count, "article")
        print(safe(f"Copied {articles} ({phrases.bytes_of(size)}) to {target.absolute()}."))

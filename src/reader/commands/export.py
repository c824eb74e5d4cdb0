"""``reader export``: articles in the formats that other programs read."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands.arguments import SHELVES, add_json, id_number, path, text
from reader.commands.library import check_ids, existing
from reader.commands.terminal import clear_report, print_failure, print_json, report, safe
from reader.errors import ExportError
from reader.model import SHELF_QUERIES, ImportResult, ImportRow, Outcome

if TYPE_CHECKING:
    from reader.library.library import Library

_KINDS = ("markdown", "html", "epub", "text", "jsonl", "csv", "bookmarks")
_TITLES = {
    "queue": "Reading queue", "all": "All articles", "favourites": "Favourites",
    "archive": "Archive", "trash": "Trash", "begun": "Begun",
}  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "ids", nargs="*", type=id_number, metavar="ID", help="the numbers of articles"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--shelf", choices=SHELVES, help="all articles of a shelf")
    which.add_argument("--search", type=text, metavar="Q", help="all that a search finds")
    which.add_argument(
        "--all", action="store_true", help="all articles; as jsonl the whole library"
    )
    parser.add_argument(
        "--to", required=True, nargs=2, type=path, metavar=("FORMAT", "PATH"),
        help=f"the format ({', '.join(_KINDS)}), and the file or folder to write",
    )  # fmt: skip
    parser.add_argument(
        "--title", type=text, default="", metavar="T", help="the title of a book or list"
    )
    parser.add_argument(
        "--no-highlights", action="store_true", help="leave out highlights and notes"
    )
    add_json(parser, "print a row for each article, as JSON")


def run(options: argparse.Namespace) -> int:
    """Write articles to a file or folder; return 1 if one could not be exported."""
    from reader.exporting.export import export
    from reader.exporting.kinds import Kind, Wanted

    format, name = options.to
    if format not in _KINDS:
        raise ExportError(f"There is no format “{format}”; there are {', '.join(_KINDS)}.")
    target = Path(name).expanduser()
    apart = target.is_dir() or name.endswith(("/", os.sep))
    with existing(options) as library:
        ids = _ids(library, options)
        title = options.title or (_title(options) if len(ids) > 1 else "")
        kind = Kind(format)
        wanted = Wanted(kind, tuple(ids), title, not apart, not options.no_highlights)
        result = export(library, wanted, target, report)
    clear_report()
    if options.json:
        print_json([_as_json(each) for each in result.rows])
    else:
        _print(result, target)
    return 1 if result.number_of(Outcome.FAILED) else 0


def _ids(library: "Library", options: argparse.Namespace) -> list[int]:
    """Return the articles to export. Raises ExportError if none was chosen."""
    if options.ids and (options.shelf or options.search is not None or options.all):
        raise ExportError("Name articles, or a shelf, a search or everything, not both.")
    if options.ids:
        check_ids(library, options.ids)
        return list(options.ids)
    if options.shelf:
        return library.ids(SHELF_QUERIES[options.shelf])
    if options.search is not None:
        return _found(library, options.search)
    if options.all:
        return (
            library.known.ids() if options.to[0] == "jsonl" else library.ids(SHELF_QUERIES["all"])
        )
    raise ExportError("Say what to export: the numbers of articles, --shelf, --search or --all.")


def _found(library: "Library", words: str) -> list[int]:
    """Return all articles that a search finds, the best first."""
    from reader.library.search.query_parser import question

    if library.search.waiting() and not library.read_only:
        library.search.prepare(report)
    return library.search.ids(question(words), limit=library.counts().total)


def _title(options: argparse.Namespace) -> str:
    return options.search or _TITLES.get(options.shelf or "all", "Articles")


def _as_json(row: ImportRow) -> dict[str, object]:
    file = row.where.file if row.where else ""
    note = phrases.remarks(row.remarks)
    return {
        "name": row.name, "outcome": row.outcome, "article": row.article, "file": file,
        "note": note,
    }  # fmt: skip


def _print(result: ImportResult, target: Path) -> None:
    left_out = (Outcome.FAILED, Outcome.SKIPPED)
    for row in result.rows:
        if row.outcome in left_out:
            print_failure(row)
    missing = sum(result.number_of(each) for each in left_out)
    told = phrases.plural(len(result.rows) - missing, "article")
    print(safe(f"{target}: {told}{f', {missing} left out' if missing else ''}."))

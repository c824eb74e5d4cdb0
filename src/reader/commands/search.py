"""``reader search``: find articles by their text and by conditions."""

import argparse
import sys
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands.arguments import add_json, count, text
from reader.commands.library import existing
from reader.commands.terminal import (
    clear_report,
    fields_of,
    fitted,
    print_json,
    report,
    safe,
    waiting,
)
from reader.errors import LibraryReadOnly
from reader.model import Row

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.library.search.snippets import Found, Marked

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "words", nargs="*", type=text, metavar="WORD",
        help="words, \"words in a row\", begin*, title:W, site:W, subject:W, tag:T, is:unread, "
        "added:>2025, words:>2000, OR; -- -W for without",
    )  # fmt: skip
    parser.add_argument("--limit", type=count, default=20, metavar="N")
    parser.add_argument("--rebuild", action="store_true", help="rebuild the index first")
    add_json(parser, "print a row for each, as JSON")


def run(options: argparse.Namespace) -> None:
    """Print the articles that match a query, the best first."""
    from reader.library.search.query_parser import question

    query = question(" ".join(options.words))
    with existing(options) as library:
        _update_index(library, rebuild=options.rebuild)
        ids = library.search.ids(query, limit=max(0, options.limit))
        hits = [*zip(library.rows_of(ids), library.search.found(ids, query), strict=True)]
    if options.json:
        print_json([_as_json(row, match) for row, match in hits])
    else:
        for row, match in hits:
            _print(row, match)
    if options.words and not hits:
        print("Nothing was found.", file=sys.stderr)


def _update_index(library: "Library", *, rebuild: bool) -> None:
    """Index the articles that are not indexed yet, unless the library is read-only."""
    try:
        if rebuild:
            library.search.rebuild(report)
        elif library.search.waiting():
            library.search.prepare(report)
    except LibraryReadOnly:
        if rebuild:
            raise
    finally:
        clear_report()


def _as_json(row: Row, match: "Found") -> dict[str, object]:
    marks = [text for text, marked in (*match.title, *match.text) if marked]
    snippet = "".join(text for text, _ in match.text)
    return {**fields_of(row), "snippet": snippet, "marks": marks}


def _print(row: Row, match: "Found") -> None:
    source = fitted(safe(row.source), 22)
    time = phrases.reading_time(row.words) if row.downloaded else waiting(row)
    print(f"{row.id:>6} {_highlighted(match.title)}  {source.rstrip()}  {time}".rstrip())
    if match.text:
        print(f"       {_highlighted(match.text)}")


def _highlighted(marked: "Marked") -> str:
    """Return the text, its matches in bold if standard output is a terminal."""
    if not sys.stdout.isatty():
        return safe("".join(text for text, _ in marked))
    return "".join(f"{_BOLD}{safe(text)}{_PLAIN}" if mark else safe(text) for text, mark in marked)

"""``reader search``: find articles by what is in them."""

import argparse
import sys

from reader import phrases
from reader.commands.articles import existing
from reader.commands.terminal import clear_report, fitted, print_json, report, safe
from reader.errors import LibraryReadOnly
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.library.search.snippets import Found, Marked
from reader.model import Row

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def search(told: argparse.Namespace) -> None:
    """Print the articles a question is about, the best first."""
    asked = question(" ".join(told.words))
    with existing(told) as library:
        _bring_up(library, anew=told.rebuild)
        ids = library.search.ids(asked, limit=max(0, told.limit))
        rows, found = library.rows_of(ids), library.search.found(ids, asked)
    if told.json:
        print_json([_told(row, each) for row, each in zip(rows, found, strict=True)])
    else:
        for row, each in zip(rows, found, strict=True):
            _print(row, each)
    if told.words and not ids:
        print("Nothing was found.", file=sys.stderr)


def _bring_up(library: Library, *, anew: bool) -> None:
    """Make what is not searchable yet so, as far as the library may be written."""
    try:
        if anew:
            library.search.rebuild(report)
        elif library.search.waiting():
            library.search.prepare(report)
    except LibraryReadOnly:
        if anew:
            raise
    finally:
        clear_report()


def _told(row: Row, found: Found) -> dict[str, object]:
    return {**row._asdict(), "snippet": "".join(text for text, _ in found.text), "marks": [
        text for text, marked in (*found.title, *found.text) if marked
    ]}  # fmt: skip


def _print(row: Row, found: Found) -> None:
    source = fitted(safe(row.site or row.byline), 22)
    time = phrases.reading_time(row.words) if row.downloaded else "waiting"
    print(f"{row.id:>6} {_shown(found.title)}  {source.rstrip()}  {time}".rstrip())
    if found.text:
        print(f"       {_shown(found.text)}")


def _shown(marked: Marked) -> str:
    """Return text with its marks in bold where a terminal shows it."""
    if not sys.stdout.isatty():
        return safe("".join(text for text, _ in marked))
    return "".join(f"{_BOLD}{safe(text)}{_PLAIN}" if mark else safe(text) for text, mark in marked)

"""``reader add``: addresses, files, folders and standard input become articles."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.arguments import add_json, path, text
from reader.commands.library import refuse_export
from reader.commands.terminal import print_result, report
from reader.errors import IngestError
from reader.model import ImportResult, ImportRow, State

if TYPE_CHECKING:
    from reader.library.library import Library

_MAX_LIST_BYTES = 5_000_000


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("paths", nargs="+", type=path, metavar="PATH|URL")
    parser.add_argument("--later", action="store_true", help="file URLs now, download them later")
    parser.add_argument(
        "--tag", action="append", type=text, default=[], metavar="T", help="add this tag"
    )
    parser.add_argument(
        "--archive", action="store_true", help="add to the archive, not to the queue"
    )
    add_json(parser, "print a row for each, as JSON")


def run(options: argparse.Namespace) -> int:
    """Add everything that is named and print a row for each; return 1 if some of it failed."""
    from reader.ingest.save import add_text
    from reader.library import known_libraries

    rows: list[ImportRow] = []
    addresses: list[str] = []
    with known_libraries.opened(options.library) as library:
        for argument in options.paths:
            content = _standard_input() if argument == "-" else argument
            if listed := _addresses_in(argument, content):
                addresses += listed
            elif argument == "-":
                rows += add_text(library, content).rows
            else:
                rows += _add_path(library, _path_of(argument))
        if addresses:
            rows += _add_addresses(library, addresses, options.paths, later=options.later)
        ids = [row.article for row in rows if row.article]
        if options.archive:
            library.set_state(ids, State.ARCHIVE)
        for tag in options.tag:
            library.tags.add(ids, tag)
        known_libraries.remember(library)
    return print_result(ImportResult(tuple(rows)), as_json=options.json)


def _add_path(library: "Library", path: Path) -> tuple[ImportRow, ...]:
    from reader.ingest import disk
    from reader.ingest.rows import failed
    from reader.ingest.save import add_paths

    try:
        refuse_export(path)
    except IngestError as error:
        return (failed(disk.name_of(path), str(error)),)
    return add_paths(library, [path], report).rows


def _path_of(argument: str) -> Path:
    """Return the path of an argument, which may be a file URL as file managers copy it."""
    if not argument.lower().startswith("file:"):
        return Path(argument)
    from urllib.parse import unquote_to_bytes, urlsplit

    name = os.fsdecode(unquote_to_bytes(urlsplit(argument).path))
    return Path(name.lstrip("/") if os.name == "nt" else name)  # /C:/… there


def _standard_input() -> str:
    """Return the text of standard input, whatever its encoding."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return sys.stdin.read()
    from reader.ingest.decode import decode

    return decode(stream.read())


def _addresses_in(argument: str, content: str) -> list[str]:
    """Return the addresses in an argument, standard input or a list; empty if there is more."""
    from reader.ingest.urls import is_url

    if (
        argument.lower().startswith("www.")
        and is_url(f"https://{argument}")
        and not Path(argument).exists()
    ):
        return [argument]
    if not content.lstrip().lower().startswith(("http://", "https://")):
        file = _path_of(argument)
        if address := _address_of_link(file):
            return [address]
        if file.suffix.lower() not in (".txt", ".list", ".urls") or not file.is_file():
            return []
        content = _read_list(file)
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    return lines if lines and all(map(is_url, lines)) else []


def _address_of_link(file: Path) -> str:
    from reader.ingest import link_files

    try:
        return link_files.address_in_file(file) if link_files.is_link_file(file) else ""
    except IngestError:
        return ""  # adding it as a file reports why


def _read_list(file: Path) -> str:
    from reader.ingest import disk

    try:
        return disk.read(file, _MAX_LIST_BYTES).data.decode("utf-8", "replace")
    except IngestError:
        return ""  # not a list; adding it as a file reports why


def _add_addresses(
    library: "Library", addresses: list[str], typed: list[str], *, later: bool
) -> list[ImportRow]:
    """File addresses and download them; those read from a list do not count as typed."""
    from reader.ingest.rows import with_text
    from reader.ingest.urls import login_of
    from reader.ingest.web import add_addresses, download

    filed = add_addresses(library, addresses, typed=typed)
    if later:
        return [*filed.rows]
    ids = dict.fromkeys(row.article for row in filed.rows if row.article)
    waiting = [row.id for row in library.rows_of([*ids]) if not row.downloaded]
    logins = [login for login in map(login_of, typed) if login]
    rows = download(library, waiting, report, logins=logins).rows
    fetched = dict(zip(waiting, rows, strict=True))
    return [with_text(row, fetched.get(row.article)) for row in filed.rows]

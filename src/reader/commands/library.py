"""The library that a command works on, and the steps that several commands share."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import exchange_phrases, phrases
from reader.commands.terminal import safe
from reader.errors import IngestError, LibraryError, NotALibrary
from reader.model import State

if TYPE_CHECKING:
    from reader.library.library import Library


def existing(options: argparse.Namespace) -> "Library":
    """Open the library of a command line. Raises LibraryError if there is none yet."""
    from reader.library.library import Library

    try:
        return Library.open(options.library, create=False)
    except NotALibrary:
        raise
    except LibraryError as error:
        from reader.library import known_libraries

        if (options.library / "library.db").exists():
            raise
        known_libraries.look_for(options.library)
        raise LibraryError(
            f"There is no library in {options.library} yet. “reader add FILE” makes one."
        ) from error


def check_ids(library: "Library", ids: Sequence[int]) -> None:
    """Raise NoSuchArticle unless the library has all of the articles."""
    for id in ids:
        library.article(id)


def move(options: argparse.Namespace, state: State, *, done: bool = False) -> None:
    """Move the articles of a command line to a shelf; ``done`` marks them as read."""
    with existing(options) as library:
        check_ids(library, options.ids)
        print_change(library, library.set_state(options.ids, state, done=done))


def print_change(library: "Library", changed: int) -> None:
    """Print the step that was made, which undo would take back, or that nothing changed."""
    print(safe(f"{library.history.undo_text()}." if changed else "Nothing to change."))


def add_file(library: "Library", path: str) -> int:
    """Add a file and return the id of its article. Raises IngestError if it cannot be read."""
    from reader.ingest.save import add_paths

    refuse_export(Path(path).expanduser())
    row = add_paths(library, [Path(path).expanduser()]).rows[0]
    if not row.article:
        raise IngestError(phrases.remarks(row.remarks))
    return row.article


def refuse_export(path: Path) -> None:
    """Raise IngestError if a file is the export of another program, which is no article."""
    if path.suffix.lower() in (".md", ".markdown", ".pdf", ".epub") or not path.is_file():
        return
    from reader.importing.recognise import is_export

    if key := is_export([path]):
        raise IngestError(exchange_phrases.not_an_article(key))

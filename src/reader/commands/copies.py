"""The copies of a library as commands name and list them."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands.library import existing
from reader.commands.terminal import safe
from reader.errors import LibraryError

if TYPE_CHECKING:
    from reader.library.backup.backups import Backups
    from reader.library.backup.copy import Copy
    from reader.library.library import Library

_NO_COPY = "There is no copy of the library in {} yet. “reader backup” makes one."


def backups_of(library: "Library") -> "Backups":
    """Return the copies of a library, with the limit and the second place of the settings."""
    from reader import paths
    from reader.settings_store import SettingsStore

    settings, backups = SettingsStore.open(paths.settings_file()).value, library.backups
    backups.use(settings.backup_limit, settings.backup_place)
    return backups


def listed(options: argparse.Namespace) -> "list[Copy]":
    """Return all copies, newest first, even if the library does not open."""
    from reader.library.backup import copies

    try:
        with existing(options) as library:
            return backups_of(library).all()
    except LibraryError:
        if not (found := copies.all_of(options.library)):
            raise
        return found


def chosen(options: argparse.Namespace, word: str) -> "Copy":
    """Return the copy of a number, an id or its beginning, a path, or “newest”."""
    from reader.library.backup import naming
    from reader.library.backup.backups import copy_at

    path = _expanded(word)
    if path.is_file() or (path / "library.db").is_file():
        return copy_at((path if path.is_file() else path / "library.db").absolute())
    every = listed(options)
    if not every:
        raise LibraryError(_NO_COPY.format(options.library))
    return naming.copy_of(every, word)


def _expanded(word: str) -> Path:
    try:
        return Path(word).expanduser()
    except RuntimeError:  # “~somebody”, an unknown user
        return Path(word)


def when(copy: "Copy") -> str:
    """Return the local time of a copy."""
    try:
        return datetime.fromtimestamp(copy.made_at).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):  # beyond the system's calendar
        return "at an unknown time"


def named(copy: "Copy") -> str:
    """Return a copy as sentences name it."""
    return f"the copy of {when(copy)} ({phrases.plural(copy.articles, 'article')})"


def line(number: int, copy: "Copy") -> str:
    """Return a line of the list of copies."""
    from reader.backup_phrases import reason

    articles = phrases.plural(copy.articles, "article")
    size = phrases.bytes_of(copy.size)
    told = reason(copy.reason, copy.told)
    place = f", in {copy.file.parent}" if copy.is_elsewhere else ""
    return safe(f"{number:>3}  {when(copy)}  {articles:>16}  {size:>8}  {told}{place}")


def as_json(number: int, copy: "Copy") -> dict[str, object]:
    """Return a copy as data."""
    fields = copy._asdict()
    return {"number": number, **fields, "told": dict(copy.told), "file": str(copy.file)}

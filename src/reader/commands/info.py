"""``reader info``: the state of the library, and the folders that Reader uses."""

import argparse
from typing import TYPE_CHECKING, Any

from reader import __version__
from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import print_json, report, safe
from reader.damage import sentences
from reader.errors import LibraryError
from reader.model import Counts

if TYPE_CHECKING:
    from reader.library.library import Library

add_options = add_json


def run(options: argparse.Namespace) -> int:
    """Check the library and print its folders, counts and damage; return 1 if it is damaged."""
    from reader import paths

    with existing(options) as library:
        damage = library.check(report)
        counts = _counts(library)
    lines: dict[str, Any] = {
        "version": __version__,
        "library": str(options.library),
        "settings": str(paths.config_dir()),
        "log": str(paths.log_dir()),
        "queue": counts.queue,
        "archive": counts.archive,
        "trash": counts.trash,
        "favourites": counts.favourites,
        "tags": len(counts.tags),
        "damage": sentences(damage),
        "damaged": [item._asdict() for item in damage],
    }
    if options.json:
        print_json(lines)
    else:
        del lines["damaged"]
        for name, value in lines.items():
            text = "\n            ".join(value) or "none found" if name == "damage" else value
            print(safe(f"{name + ':':12}{text}"))
    return 1 if damage else 0


def _counts(library: "Library") -> Counts:
    """Return the counts, zeros if they cannot be read: the check reports the reason."""
    try:
        return library.counts()
    except LibraryError:
        return Counts()

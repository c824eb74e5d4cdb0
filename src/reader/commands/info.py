"""``reader info``: the state of the library, and the folders that Reader uses."""

import argparse
from typing import TYPE_CHECKING, Any

from reader import __version__, phrases
from reader.commands import copies
from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import print_json, safe
from reader.damage import sentences
from reader.errors import LibraryError
from reader.model import Counts

if TYPE_CHECKING:
    from reader.library.library import Library

add_options = add_json

_UNCHECKED = "not yet; “reader check” checks everything"
_DAMAGED = "The file of the library is damaged. “reader repair” repairs it."
_PLACES = {
    "disk": "",
    "synced": "{} copies this folder to other computers",
    "network": "on the network ({})",
    "removable": "on a removable drive ({})",
}


def run(options: argparse.Namespace) -> int:
    """Print the library's folders, counts, copies and known damage; return 1 if damaged."""
    from reader import paths

    with existing(options) as library:
        counts = _counts(library)
        lines: dict[str, Any] = {
            "version": __version__,
            "library": str(options.library),
            "place": _place(library),
            "settings": str(paths.config_dir()),
            "log": str(paths.log_dir()),
            "queue": counts.queue,
            "archive": counts.archive,
            "trash": counts.trash,
            "favourites": counts.favourites,
            "tags": len(counts.tags),
            "copies": _copies(library),
            **_health(library),
        }
    if options.json:
        print_json(lines)
    else:
        _print(lines)
    return 1 if lines["damage"] else 0


def _print(lines: dict[str, Any]) -> None:
    words = {name: value for name, value in lines.items() if not name.startswith("damage")}
    words["checked"] = phrases.moment(words.pop("checked_at")) or _UNCHECKED
    words["damage"] = "\n            ".join(lines["damage"]) or "none known"
    for name, value in words.items():
        if value != "":
            print(safe(f"{name + ':':12}{value}"))


def _place(library: "Library") -> str:
    from reader.library.store import drives

    place = drives.of(library.folder)
    return _PLACES[place.kind].format(place.name)


def _copies(library: "Library") -> str:
    state = copies.backups_of(library).state()
    if state.newest is None:
        return "none; “reader backup” makes one"
    return f"{state.count:,}, the newest of {copies.when(state.newest)}"


def _health(library: "Library") -> dict[str, Any]:
    """Return the findings of the last check."""
    record = library.checkup.record()
    damage = [finding.damage for finding in record.findings]
    told = sentences(damage)
    return {
        "checked_at": record.checked_at,
        "damage": [_DAMAGED] if library.is_damaged and not told else told,
        "damaged": [each._asdict() for each in damage],
    }


def _counts(library: "Library") -> Counts:
    """Return the counts, zeros if they cannot be read: the check reports the reason."""
    try:
        return library.counts()
    except LibraryError:
        return Counts()

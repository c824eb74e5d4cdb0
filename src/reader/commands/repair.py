"""``reader repair``: examine the library, and repair it if it is damaged."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands import copies
from reader.commands.library import existing
from reader.commands.terminal import clear_report, confirmed, print_failure_of, report, safe
from reader.damage import REPAIRABLE, STOPS_WRITING, Kind, entries, healed, sentences
from reader.errors import LibraryError, LibraryTooNew, NotALibrary

if TYPE_CHECKING:
    from reader.damage import Damage
    from reader.library.backup.copy import Copy
    from reader.library.repair.salvaged import Findings

_LISTED = 20
_LOSSES = frozenset(
    (
        Kind.UNREADABLE, Kind.GONE, Kind.TEXT, Kind.DETAILS, Kind.ENTRY, Kind.VALUE, Kind.VERSION,
        Kind.SOURCE,
    )
)  # fmt: skip
"""Damage of what cannot be derived from the rest: it is taken from the newest copy."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--yes", action="store_true", help="do not ask, even if parts are lost for good"
    )


def run(options: argparse.Namespace) -> int:
    """Examine the library, tell its damage, and repair it; the damaged file is kept."""
    from reader.instance import alone

    with alone(options.library):
        damage = _left(options)
        for sentence in sentences(damage or ()):
            print(safe(sentence))
        if damage is None or _has_any(damage, REPAIRABLE | _LOSSES):
            code = _repair(options, _newest(options))
        else:
            code = 1 if damage else 0
        return code or _merge_conflicts(options.library)


def _left(options: argparse.Namespace) -> "Sequence[Damage] | None":
    """Return the damage that is left after healing; None if the library does not even open.

    Nothing is healed in a file that is to be rewritten: it is kept as it is.
    """
    mended: Sequence[Damage] = ()
    try:
        with existing(options) as library:
            damage = library.checkup.damage(report)
            if damage and not _has_any(damage, STOPS_WRITING | _LOSSES):
                damage, mended = library.checkup.check_and_heal(report)
    except LibraryTooNew:
        raise
    except NotALibrary as error:
        clear_report()
        print(safe(str(error)))
        return None
    clear_report()
    if mended:
        print(safe(healed(mended)))
    if not damage:
        print("The library is whole." if mended else "The library is whole; nothing is damaged.")
    return damage


def _has_any(damage: "Sequence[Damage]", kinds: frozenset[Kind]) -> bool:
    return not kinds.isdisjoint(each.kind for each in damage)


def _newest(options: argparse.Namespace) -> "Copy | None":
    try:
        return copies.chosen(options, "newest")
    except LibraryError:
        return None


def _repair(options: argparse.Namespace, copy: "Copy | None") -> int:
    from reader.library.repair import rescue

    file: Path = options.library / "library.db"
    if copy is not None:
        print(safe(f"The newest copy is {copies.named(copy)}."))
    try:
        mended = rescue.mend(file, report, with_loss=options.yes)
    except NotALibrary as error:
        clear_report()
        return _restore(options, copy, error)
    clear_report()
    _print_findings(mended.findings)
    if mended.aside is None and mended.rows:
        if not _is_agreed(mended.rows):
            print("Nothing was changed.")
            return 1
        mended = rescue.mend(file, report, with_loss=True)
        clear_report()
    _print_origins(mended.findings)
    kept = f" The damaged file is kept as {mended.aside}." if mended.aside else ""
    print(safe(f"The library is repaired.{kept}"))
    return 0


def _is_agreed(lost: int) -> bool:
    return confirmed(
        f"Repair the library without {entries(lost)}? The damaged file is kept.",
        f"{entries(lost)} would be left out. Nothing was changed: say “--yes” if that is what you "
        "want; the damaged file is kept.",
    )


def _restore(options: argparse.Namespace, copy: "Copy | None", error: LibraryError) -> int:
    """Put the newest copy in the place of a file in which nothing can be read."""
    from reader.library.backup import restoring

    if copy is None:
        raise error
    what = f"Nothing can be read in the file of the library. Restore {copies.named(copy)}?"
    refusal = f"{error} “reader repair --yes” restores {copies.named(copy)} and keeps the file."
    if not options.yes and not confirmed(safe(what), safe(refusal)):
        print("Nothing was changed.")
        return 1
    aside = restoring.restore_library(copy, options.library, report)
    clear_report()
    kept = f" The damaged file is kept as {aside}." if aside else ""
    print(safe(f"Restored {copies.named(copy)}.{kept}"))
    return 0


def _merge_conflicts(folder: Path) -> int:
    """Merge the conflict copies that sync programs have put beside the library."""
    from reader.library import conflicts

    code = 0
    for each in conflicts.found(folder, report):
        try:
            merged, kept = conflicts.merge(folder, each.file, report)
        except LibraryError as error:
            clear_report()
            print_failure_of(each.file.name, str(error))
            code = 1
            continue
        clear_report()
        came, changed = phrases.plural(merged.added, "article"), f"{merged.changed:,} changed"
        print(safe(f"{each.file.name}: {came} came in, {changed}; kept as {kept}."))
    clear_report()
    return code


# ---- what is there, and what came from where


def _print_findings(found: "Findings") -> None:
    whole, articles = phrases.plural(found.whole, "article"), found.articles
    print(f"{whole} of {articles:,} {'is' if found.whole == 1 else 'are'} whole.")
    for sentence in sentences(found.damaged):
        print(safe(sentence))
    if found.lost:
        print(f"{entries(found.lost)} cannot be read.")


def _print_origins(found: "Findings") -> None:
    for each in found.origins[:_LISTED]:
        part = f"{each.field.replace('_', ' ')} of " if each.field else ""
        print(safe(f"{part}“{each.title}”: {_SOURCES[each.source]}"))
    if (rest := len(found.origins) - _LISTED) > 0:
        print(f"and {rest:,} more.")


_SOURCES = {
    "loose": "from a page of the file that nothing led to",
    "found again": "found again on a free page; it may be an older state",
    "index": "from an index",
    "log": "from the history",
    "version": "an older text, which is whole",
    "hash": "put right by its hash",
    "copy": "from the newest copy",
}

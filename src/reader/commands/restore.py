"""``reader restore``: bring back the library, or single articles, from a copy."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands import copies
from reader.commands.arguments import add_json, path, text
from reader.commands.library import existing, print_change
from reader.commands.terminal import (
    clear_report,
    confirmed,
    fitted,
    print_failure_of,
    print_json,
    report,
    safe,
)
from reader.errors import LibraryError, LibraryTooNew

if TYPE_CHECKING:
    from reader.library.backup.copy import Copy, Difference, Differing


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "copy", type=text, metavar="COPY",
        help="its number in “backup --list”, its id or the beginning of it, “newest”, a file, or "
        "a folder made by “backup --to”",
    )  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--into", type=path, metavar="DIR", help="make a library of its own in this folder instead"
    )
    how.add_argument(
        "--article", type=text, nargs="+", metavar="ID|UID", help="only these articles of the copy"
    )
    how.add_argument(
        "--list", action="store_true", help="list the articles that differ from the library"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_json(parser, "with “--list”, print JSON")


def run(options: argparse.Namespace) -> int:
    """Restore the library or articles from a copy, or list the differences."""
    copy = copies.chosen(options, options.copy)
    if options.list:
        _list(options, copy)
    elif options.article:
        return _articles(options, copy)
    elif options.into is not None:
        _beside(copy, Path(options.into).expanduser())
    else:
        _library(options, copy)
    return 0


# ---- what differs


def _difference(options: argparse.Namespace, copy: "Copy") -> "Difference":
    with existing(options) as library:
        found = library.backups.difference(copy, report)
    clear_report()
    return found


def _list(options: argparse.Namespace, copy: "Copy") -> None:
    found = _difference(options, copy)
    every = [*found.deleted, *found.changed, *found.added]
    if options.json:
        print_json([each._asdict() for each in every])
        return
    for each in every:
        print(_line(each))
    if not every:
        print("No article differs from the present.")


def _line(each: "Differing") -> str:
    from reader.backup_phrases import fields

    more = f"  {fields(each.fields)}" if each.fields else ""
    return f"{each.uid[:8]}  {each.change:<7}  {fitted(safe(each.title), 52)}{more}".rstrip()


# ---- restoring


def _articles(options: argparse.Namespace, copy: "Copy") -> int:
    from reader.library.backup import naming
    from reader.library.backup.restored_articles import FAILED

    with existing(options) as library:
        backups = copies.backups_of(library)
        with backups.opened(copy) as opened:
            uids = naming.uids_of(opened, options.article)
        found = backups.restore_articles(copy, uids, report)
        clear_report()
        print_change(library, 1 if found.step else 0)
    for each in found.rows:
        if each.outcome in FAILED:
            print_failure_of(each.title or each.uid, f"It is {each.outcome} in the copy.")
        elif each.missing:
            lost = phrases.plural(each.missing, "picture")
            print_failure_of(each.title, f"{lost} could not be found in the copy.")
    return 1 if found.count(*FAILED) else 0


def _beside(copy: "Copy", target: Path) -> None:
    from reader.library.backup import restoring

    restoring.write_beside(copy, target.absolute(), report)
    clear_report()
    print(safe(f"The library is in {target.absolute()}: {copies.named(copy)}."))


def _library(options: argparse.Namespace, copy: "Copy") -> None:
    from reader.instance import alone
    from reader.library.backup import restoring

    what = f"Restore {copies.named(copy)}? {_consequences(options, copy)}"
    if not options.yes and not confirmed(
        safe(what), safe(f"{what} Nothing was changed: say “--yes” if that is what you want.")
    ):
        print("Nothing was changed.")
        return
    with alone(options.library):
        aside = restoring.restore_library(copy, options.library, report)
    clear_report()
    kept = "in the newest copy" if aside is None else f"kept as {aside}"
    print(safe(f"Restored {copies.named(copy)}. The library as it was before is {kept}."))


def _consequences(options: argparse.Namespace, copy: "Copy") -> str:
    """Return the changes that a restore makes, in sentences."""
    from reader.backup_phrases import consequences

    try:
        found = _difference(options, copy)
    except LibraryTooNew:
        raise
    except LibraryError:
        return (
            "The library as it is now cannot be read, so what differs is not known; its file is "
            "kept."
        )
    counts: Sequence[int] = [len(each) for each in (found.deleted, found.changed, found.added)]
    return f"{consequences(*counts)} The present state is copied first."

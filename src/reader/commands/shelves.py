"""The commands for tags, duplicates and the trash."""

import argparse
import sys

from reader import phrases
from reader.commands.articles import existing, say_changed
from reader.commands.terminal import clear_report, fitted, print_json, report, safe
from reader.errors import LibraryError
from reader.library.library import Library
from reader.model import Article, Duplicate


def tags(told: argparse.Namespace) -> None:
    """List the tags with how many articles each has, those within it included."""
    with existing(told) as library:
        counts = library.counts()
    if told.json:
        colours = counts.colours
        print_json(
            [{"tag": tag, "articles": n, "colour": colours.get(tag, "")} for tag, n in counts.tags]
        )
        return
    wide = max((len(f"{number:,}") for _, number in counts.tags), default=0)
    for tag, number in counts.tags:
        print(f"{number:>{wide},} {safe(tag)}")


def tag_rename(told: argparse.Namespace) -> None:
    """Rename a tag, or make two tags one."""
    with existing(told) as library:
        say_changed(library, library.tags.rename(told.old, told.new))


def duplicates(told: argparse.Namespace) -> None:
    """List pairs of articles that seem to be one."""
    with existing(told) as library:
        found = library.duplicates.find(report)
        clear_report()
        pairs = [(each, _row(library, each[0]), _row(library, each[1])) for each in found]
    if told.json:
        print_json([_as_json(*each) for each in pairs])
        return
    for pair, older, newer in pairs:
        alike = f"{round(100 * pair.likeness)} % in common" if pair.likeness else ""
        address = "same address" if pair.same_address else ""
        print(", ".join(filter(None, (alike, address))))
        for each in (older, newer):
            print(f"  {each.id:>6} {fitted(safe(each.title), 50)} {safe(each.url)}")
    hint = "“reader merge A B” makes one of two." if pairs else ""
    print(f"{phrases.plural(len(pairs), 'pair')}. {hint}".rstrip())


def merge(told: argparse.Namespace) -> None:
    """Make one of two articles: the older."""
    with existing(told) as library:
        stays = library.duplicates.merge(told.one, told.other)
        print(safe(f"{library.undo_label()}; it is {stays}. “reader undo” parts them."))


def empty_trash(told: argparse.Namespace) -> None:
    """Delete for good what is in the trash, after a question."""
    with existing(told) as library:
        count = len(library.trash.outdated(told.older_than))
        if count and not told.yes and not _agreed(count):
            print("Nothing was deleted.")
            return
        deleted = library.trash.empty(told.older_than, report)
    clear_report()
    if deleted:
        log = told.library / "deleted.log"
        print(f"{phrases.plural(deleted, 'article')} deleted for good; which, is told in {log}.")
    else:
        print("There is nothing to delete.")


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise LibraryError(
            f"{phrases.plural(count, 'article')} would be deleted for good. Say “--yes” if that "
            "is what you want."
        )
    try:
        said = input(f"Delete {phrases.plural(count, 'article')} for good? [y/N] ")
    except EOFError:  # Ctrl+D
        return False
    return said.strip().casefold() in ("y", "yes")


def _row(library: Library, id: int) -> Article:
    return library.article(id)._replace(html="")


def _as_json(pair: Duplicate, older: Article, newer: Article) -> dict[str, object]:
    names = ("id", "title", "url", "site", "words", "added_at", "tags")
    one, other = ({name: getattr(each, name) for name in names} for each in (older, newer))
    return {
        "likeness": round(pair.likeness, 3),
        "same_address": pair.same_address,
        "older": one,
        "newer": other,
    }

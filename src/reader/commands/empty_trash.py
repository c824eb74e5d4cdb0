"""``reader empty-trash``: delete articles for good."""

import argparse

from reader import phrases
from reader.commands.arguments import positive
from reader.commands.library import existing
from reader.commands.terminal import clear_report, confirmed, report
from reader.errors import LibraryError, NotCopied


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--older-than",
        type=positive,
        default=0,
        metavar="DAYS",
        help="only articles that have been there for so long",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--without-copy", action="store_true", help="even if no copy can be made before"
    )


def run(options: argparse.Namespace) -> None:
    """Delete the articles in the trash, after asking for confirmation."""
    with existing(options) as library:
        count = len(library.trash.outdated(options.older_than))
        if count and not options.yes and not _confirmed(count):
            print("Nothing was deleted.")
            return
        try:
            deleted = library.trash.empty(
                options.older_than, report, without_copy=options.without_copy
            )
        except NotCopied as error:
            raise LibraryError(f"{error} “--without-copy” deletes it all the same.") from error
    clear_report()
    if deleted:
        log = options.library / "deleted.log"
        print(f"{phrases.plural(deleted, 'article')} deleted for good; {log} lists them.")
    else:
        print("There is nothing to delete.")


def _confirmed(count: int) -> bool:
    articles = phrases.plural(count, "article")
    refusal = f"{articles} would be deleted for good. Say “--yes” if that is what you want."
    return confirmed(f"Delete {articles} for good?", refusal)

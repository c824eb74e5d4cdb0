"""The commands of the command line: each has a file of its name, imported when it is called.

The file of a command has ``add_options``, which describes its options and arguments, and
``run``, which does its work and returns the exit code, None for 0. Building the package reads
all options without the packages that the program depends on: such imports belong in ``run``.
"""

import argparse
from importlib import import_module
from typing import Any

COMMANDS = {
    "add": "bring in addresses, files, folders, or “-” for standard input",
    "download": "fetch the text of articles that wait for it, or missing pictures",
    "extract": "print the article of a page, or find it anew in pages that are kept",
    "versions": "list, print or choose the texts an article has had",
    "clean": "take blocks out of an article, or bring them back",
    "rules": "list the rules for the pages of sites",
    "list": "list the articles of a shelf",
    "search": "find articles by what is in them",
    "show": "print an article",
    "open": "open the window on articles, files or addresses",
    "print": "put articles or files on paper",
    "archive": "done with them: into the archive",
    "queue": "list the queue in its order; put articles into it or elsewhere in it",
    "session": "pick from the queue what fits into some minutes",
    "trash": "into the trash",
    "favourite": "make them favourites",
    "tag": "tag articles",
    "tags": "list the tags",
    "tag-rename": "rename a tag, or make two tags one",
    "duplicates": "list articles that are there twice",
    "merge": "make one of two articles",
    "empty-trash": "delete for good what is in the trash",
    "undo": "take the last change back",
    "redo": "make it again",
    "stats": "how much was read, and when",
    "info": "where things lie, how many there are, whether all is well",
}
"""The summary of each command, in the order of the help."""

# Importing a command binds its name here: “list”, “open” and “print” are not the builtins.


def add_options(command: str, parser: argparse.ArgumentParser) -> None:
    """Add the options and arguments of a command to its parser."""
    _module(command).add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command of a parsed command line and return the exit code."""
    return _module(options.command or "open").run(options) or 0


def _module(command: str) -> Any:
    return import_module(f"reader.commands.{command.replace('-', '_')}")

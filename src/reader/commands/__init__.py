"""The commands of the command line: each has a file of its name, imported when it is called.

The file of a command has ``add_options``, which describes its options and arguments, and
``run``, which does its work and returns the exit code, None for 0. Building the package reads
all options without the packages that the program depends on: such imports belong in ``run``.
"""

import argparse
from importlib import import_module
from typing import Any

COMMANDS = {
    "add": "add URLs, files, folders, or “-” for standard input",
    "import": "import what other programs export, with tags, dates, texts and highlights",
    "download": "download the text of articles that wait for it, or missing pictures",
    "extract": "print the article of a page, or extract articles again from kept pages",
    "versions": "list, print or choose the texts an article has had",
    "clean": "remove blocks from an article, or restore them",
    "rules": "list the rules for the pages of sites",
    "export": "write articles in the formats that other programs read",
    "list": "list the articles of a shelf",
    "search": "search the articles",
    "show": "print an article",
    "lookup": "look up a word in the local dictionaries",
    "vocabulary": "list the words that were looked up, or write them for Anki",
    "open": "open the window on articles, files or URLs",
    "print": "print articles or files",
    "archive": "move articles to the archive",
    "queue": "list the queue; put articles into it, or move them within it",
    "session": "pick articles from the queue for a number of minutes",
    "trash": "move articles to the trash",
    "favourite": "mark articles as favourites",
    "tag": "tag articles",
    "tags": "list the tags",
    "tag-rename": "rename a tag, or merge two tags",
    "duplicates": "list articles that seem to be the same",
    "merge": "merge two articles",
    "empty-trash": "delete the articles in the trash for good",
    "history": "list the changes of the library, by step",
    "undo": "undo the last change, or a step by its number",
    "redo": "redo the last change that was undone, or a step by its number",
    "backup": "copy the library, or list its copies",
    "restore": "restore the library or articles from a copy",
    "repair": "repair a damaged library",
    "stats": "print statistics of your reading",
    "check": "look for damage in the library, and put right what is certain",
    "info": "print folders, counts, copies and known damage",
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

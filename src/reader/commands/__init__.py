"""The commands of the command line; each is imported when it is called."""

import argparse
from importlib import import_module

_ROOMS = {
    "print": "paper", "download": "web", "extract": "web",
    "stats": "stats", "queue": "queue", "session": "queue",
    "versions": "texts", "clean": "texts", "rules": "texts", "search": "search", "open": "window",
    **dict.fromkeys(("tags", "tag-rename", "duplicates", "merge", "empty-trash"), "shelves"),
}  # fmt: skip
_NAMES = {"list": "list_articles", "open": "open_window", "print": "print_pages"}


def run(told: argparse.Namespace) -> int | None:
    """Do the command of a command line and return its exit code, None for 0."""
    command = told.command or "open"
    module = import_module(f"reader.commands.{_ROOMS.get(command, 'articles')}")
    name = _NAMES.get(command, command.replace("-", "_"))
    code: int | None = getattr(module, name)(told)
    return code

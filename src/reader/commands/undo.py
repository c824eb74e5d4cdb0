"""``reader undo``: take the last change back."""

import argparse

from reader.commands.arguments import add_nothing
from reader.commands.library import existing
from reader.commands.terminal import safe

add_options = add_nothing


def run(options: argparse.Namespace) -> None:
    """Undo the last change and print its label."""
    with existing(options) as library:
        label = library.undo()
    print(safe(f"Undone: {label}" if label else "There is nothing to undo."))

"""``reader undo``: take the last change back."""

import argparse

from reader import phrases
from reader.commands.arguments import add_nothing
from reader.commands.library import existing
from reader.commands.terminal import safe

add_options = add_nothing


def run(options: argparse.Namespace) -> None:
    """Undo the last change and print its label."""
    with existing(options) as library:
        step = library.history.undo()
    print(safe(f"Undone: {phrases.step(step.label)}" if step else "There is nothing to undo."))

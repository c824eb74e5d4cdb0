"""``reader redo``: make a change again that was taken back."""

import argparse

from reader import phrases
from reader.commands.arguments import add_nothing
from reader.commands.library import existing
from reader.commands.terminal import safe

add_options = add_nothing


def run(options: argparse.Namespace) -> None:
    """Redo the last change that was undone and print its label."""
    with existing(options) as library:
        step = library.history.redo()
    print(safe(f"Done again: {phrases.step(step.label)}" if step else "There is nothing to redo."))

"""``reader redo``: make a change again that was taken back."""

import argparse

from reader import phrases
from reader.commands.arguments import step_number
from reader.commands.library import existing
from reader.commands.terminal import safe
from reader.errors import LibraryError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "step", nargs="?", type=step_number, default=0, metavar="STEP",
        help="an undone step by its number in “reader history”, the one undone last if not given",
    )  # fmt: skip


def run(options: argparse.Namespace) -> None:
    """Redo a step that was undone and print its label."""
    with existing(options) as library:
        step = library.history.redo(step=options.step)
    if step is None and options.step:
        raise LibraryError(
            f"There is no step {options.step} to redo: there is none, or it is not undone. "
            "“reader history” lists the steps. Nothing was changed."
        )
    print(safe(f"Done again: {phrases.step(step.label)}" if step else "There is nothing to redo."))

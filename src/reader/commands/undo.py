"""``reader undo``: take back the last change, or any other step."""

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
        help="a step by its number in “reader history”, the last one if not given",
    )  # fmt: skip
    parser.add_argument(
        "--part", action="store_true", help="leave what later changes depend on as it is"
    )


def run(options: argparse.Namespace) -> None:
    """Undo a step and print its label; exit with 1 if later changes depend on it."""
    with existing(options) as library:
        try:
            step = library.history.undo(step=options.step, part=options.part)
        except LibraryError as error:
            if not options.step or not library.history.dependents(options.step).free:
                raise
            hint = f"“reader undo {options.step} --part” undoes what can be undone."
            raise LibraryError(f"{error} {hint}") from error
    if step is None and options.step:
        raise LibraryError(
            f"There is no step {options.step} to undo: there is none, or it is undone already. "
            "“reader history” lists the steps. Nothing was changed."
        )
    print(safe(f"Undone: {phrases.step(step.label)}" if step else "There is nothing to undo."))

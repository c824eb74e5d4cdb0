"""``reader trash``: articles that are to be deleted."""

import argparse

from reader.commands.arguments import add_ids
from reader.commands.library import move
from reader.model import State

add_options = add_ids


def run(options: argparse.Namespace) -> None:
    """Move articles to the trash."""
    move(options, State.TRASH)

"""``reader clean``: remove blocks from an article, or restore them."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands.arguments import id_number, text
from reader.commands.library import existing, print_change
from reader.commands.terminal import safe
from reader.errors import IngestError
from reader.model import Edit

if TYPE_CHECKING:
    from reader.body.blocks import Block

_WIDTH = 76


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("id", type=id_number, help="without an option: list the blocks of its page")
    for verb, summary in (
        ("remove", "remove blocks with this text"),
        ("keep", "restore blocks with this text"),
    ):
        parser.add_argument(
            f"--{verb}",
            nargs="+",
            action="extend",
            type=text,
            default=[],
            metavar="TEXT",
            help=summary,
        )
    parser.add_argument(
        "--for-site", action="store_true", help="apply to every page of the site from now on"
    )


def run(options: argparse.Namespace) -> None:
    """Remove and restore blocks that contain a text; list all blocks if none is named."""
    from reader.ingest import reprocess

    with existing(options) as library:
        begun = reprocess.begin(library, options.id)
        before = [piece.kept for piece in begun.pieces]
        lines = [_line(piece.block) for piece in begun.pieces]
        if not (options.remove or options.keep):
            for kept, line in zip(before, lines, strict=True):
                print(safe(f"{'+' if kept else '-'} {line}"))
            return
        after = [*before]
        blocks = [piece.block for piece in begun.pieces]
        for wanted, texts in ((False, options.remove), (True, options.keep)):
            for index in _matching(blocks, texts, options.id):
                after[index] = wanted
        note = reprocess.finish(library, begun, after, Edit(options.id), for_site=options.for_site)
        _print_changes(lines, before, after)
        print_change(library, before != after)
    if note and before != after:
        print(safe(note))


def _matching(blocks: Sequence["Block"], texts: Sequence[str], id: int) -> list[int]:
    """Return the indexes of blocks that contain a text. Raises IngestError if none has one."""
    from reader.body.to_text import bare_text

    contents = [_folded(f"{_line(block)}\n{bare_text(block)}") for block in blocks]
    matching: list[int] = []
    for wanted in texts:
        folded = _folded(wanted)
        hits = [index for index, content in enumerate(contents) if folded and folded in content]
        if not hits:
            raise IngestError(
                f"No block of article {id} says “{wanted}”; nothing was changed. "
                f"“reader clean {id}” lists its blocks."
            )
        matching += hits
    return matching


def _line(block: "Block") -> str:
    """Return the text of a block on one line; for a picture without text, its source."""
    from reader.body.blocks import Body
    from reader.body.to_text import pictures, to_text

    body = Body((block,))
    sources = " ".join(picture.address or picture.name for picture in pictures(body))
    return " ".join(to_text(body).split()) or sources


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _print_changes(lines: Sequence[str], before: Sequence[bool], after: Sequence[bool]) -> None:
    for line, was, kept in zip(lines, before, after, strict=True):
        if was != kept:
            short = line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"
            print(safe(f"{'brought back' if kept else 'removed'}: {short}"))

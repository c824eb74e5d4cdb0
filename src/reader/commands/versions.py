"""``reader versions``: the texts that an article has had."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.commands.arguments import id_number, positive
from reader.commands.library import existing, print_change
from reader.commands.terminal import print_json, safe
from reader.errors import LibraryError
from reader.model import Making, Version

if TYPE_CHECKING:
    from reader.library.library import Library


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("id", type=id_number)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--use", type=positive, metavar="N", help="use a text for the article")
    how.add_argument("--show", type=positive, metavar="N", help="print a text")
    how.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """List the versions of an article, print one, or choose one as its text."""
    with existing(options) as library:
        library.article(options.id)
        versions = [*reversed(library.texts.versions(options.id))]  # the oldest is number 1
        if options.use is not None:
            chosen = _numbered(versions, options.use, options.id)
            changed = 0 if chosen.in_use else library.texts.use(options.id, chosen.id)
            print_change(library, changed)
        elif options.show is not None:
            chosen = _numbered(versions, options.show, options.id)
            print(safe(_text(library, options.id, chosen)))
        elif options.json:
            print_json([_as_json(*item) for item in reversed([*enumerate(versions, 1)])])
        else:
            _print(versions)


def _numbered(versions: Sequence[Version], number: int, id: int) -> Version:
    if 1 <= number <= len(versions):
        return versions[number - 1]
    raise LibraryError(f"Article {id} has no text {number}. “reader versions {id}” lists them.")


def _text(library: "Library", id: int, version: Version) -> str:
    from reader.body.from_html import body_of
    from reader.body.to_text import to_text

    html = library.article(id).html if version.in_use else library.texts.html(id, version.id)
    return to_text(body_of(html))


def _as_json(number: int, version: Version) -> dict[str, object]:
    fields = {**version._asdict(), "made_by": version.made_by or Making.ADDED}
    del fields["id"]
    return {"number": number, **fields}


def _print(versions: Sequence[Version]) -> None:
    if not versions:
        print("There is no other text of this article.")
    for number, version in reversed([*enumerate(versions, 1)]):
        made_at = datetime.fromisoformat(version.made_at).astimezone()
        size = f"{number:>3}  {made_at:%Y-%m-%d %H:%M}  {version.words:>7,} words"
        print(f"{size}  {version.made_by or Making.ADDED}{', in use' * version.in_use}")

"""The commands for the texts of articles: older ones, cleaning up, the rules for sites."""

import argparse
from collections.abc import Sequence
from datetime import datetime

from reader.body.blocks import Block, Body
from reader.body.to_text import bare_text, pictures, to_text
from reader.commands.articles import existing, say_changed
from reader.commands.terminal import print_json, safe
from reader.errors import IngestError, LibraryError
from reader.library.library import Library
from reader.model import Edit, Making, Version

_WIDE = 76


def versions(told: argparse.Namespace) -> None:
    """List the texts an article has had, print one, or make one the text that is read."""
    with existing(told) as library:
        library.article(told.id)
        found = list(enumerate(reversed(library.versions(told.id)), 1))
        if told.use is not None:
            chosen = _numbered(found, told.use, told.id)
            changed = 0 if chosen.in_use else library.use_version(told.id, chosen.id)
            say_changed(library, changed)
        elif told.show is not None:
            print(safe(_text(library, told.id, _numbered(found, told.show, told.id))))
        elif told.json:
            print_json([_as_json(*each) for each in reversed(found)])
        else:
            _print_versions(found)


def _numbered(found: Sequence[tuple[int, Version]], number: int, id: int) -> Version:
    for each, version in found:
        if each == number:
            return version
    raise LibraryError(
        f"Article {id} has no text {number}. “reader versions {id}” shows which there are."
    )


def _text(library: Library, id: int, version: Version) -> str:
    from reader.body.from_html import body_of

    html = library.article(id).html if version.in_use else library.text_of(id, version.id)
    return to_text(body_of(html))


def _as_json(number: int, version: Version) -> dict[str, object]:
    told = {**version._asdict(), "made_by": version.made_by or Making.ADDED}
    return {"number": number, **{name: value for name, value in told.items() if name != "id"}}


def _print_versions(found: Sequence[tuple[int, Version]]) -> None:
    if not found:
        print("There is no other text of this article.")
    for number, each in reversed(found):
        made_at = datetime.fromisoformat(each.made_at).astimezone()
        made = f"{number:>3}  {made_at:%Y-%m-%d %H:%M}  {each.words:>7,} words"
        print(f"{made}  {each.made_by or Making.ADDED}{', in use' * each.in_use}")


def clean(told: argparse.Namespace) -> None:
    """Take blocks out of an article and bring others back; without any, list them."""
    from reader.ingest import again

    with existing(told) as library:
        begun = again.begin(library, told.id)
        had = [piece.kept for piece in begun.pieces]
        said = [_said(piece.block) for piece in begun.pieces]
        if not (told.remove or told.keep):
            print(
                "\n".join(safe(f"{'+' if x else '-'} {y}") for x, y in zip(had, said, strict=True))
            )
            return
        kept = list(had)
        for wanted, texts in ((False, told.remove), (True, told.keep)):
            for index in _meant([piece.block for piece in begun.pieces], texts, told.id):
                kept[index] = wanted
        note = again.finish(library, begun, kept, Edit(told.id), for_site=told.for_site)
        _print_changes(said, had, kept)
        say_changed(library, had != kept)
    if note and had != kept:
        print(safe(note))


def _meant(blocks: Sequence[Block], texts: Sequence[str], id: int) -> list[int]:
    """Return which blocks say one of the texts. Raises IngestError where none says one."""
    said = [_plain(f"{_said(each)}\n{bare_text(each)}") for each in blocks]
    found: list[int] = []
    for text in texts:
        met = [index for index, each in enumerate(said) if _plain(text) and _plain(text) in each]
        if not met:
            raise IngestError(
                f"No block of article {id} says “{text}”; nothing was changed. "
                f"“reader clean {id}” lists its blocks."
            )
        found += met
    return found


def _said(block: Block) -> str:
    """Return what a block says in one line; a picture without words, where it is from."""
    body = Body((block,))
    shown = " ".join(each.address or each.name for each in pictures(body))
    return " ".join(to_text(body).split()) or shown


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _print_changes(said: Sequence[str], had: Sequence[bool], kept: Sequence[bool]) -> None:
    for text, before, now in zip(said, had, kept, strict=True):
        if before != now:
            short = text if len(text) <= _WIDE else f"{text[:_WIDE]}…"
            print(safe(f"{'brought back' if now else 'removed'}: {short}"))


def rules(told: argparse.Namespace) -> int:
    """List the rules for sites, those with a mistake as well, and name their file."""
    from reader.ingest.rules import FILE, read

    file = told.library / FILE
    found = read(told.library)
    if told.json:
        print_json({"file": str(file), "rules": [each._asdict() for each in found]})
    elif not found:
        print(f"There are no rules yet; they lie in {file}, to be written by hand as well.")
    else:
        print(safe(f"{file}:"))
        for each in found:
            rule = f"{each.line:>4}  {each.site}  {each.verb}  {each.selector}".rstrip()
            print(safe(f"{rule}\n      {each.trouble}" if each.trouble else rule))
    return int(any(each.trouble for each in found))

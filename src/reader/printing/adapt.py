"""Adapt a text to paper: hyphenation, numbers for links, pictures and notes left out.

All of it changes the tree before the layout, so layout and painting know nothing about it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from reader.body.blocks import (
    Block,
    Figure,
    Heading,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Runs,
    Style,
    Text,
    words_of,
)
from reader.body.rewrite import Change, prefixed, rewrite, rewrite_note
from reader.body.to_text import all_runs
from reader.document.hyphenation import divided, divider
from reader.sheet import Links, Notes, Sheet

_ADDRESS = re.compile(r"(?<=[/?&=#.:_-])(?=[^/\s])")
_WEB = ("http:", "https:", "mailto:")
_BREAK = "\N{ZERO WIDTH SPACE}"

Part = Block | Note
Gone = Callable[[Run], bool]


def for_paper(
    parts: Iterator[Part], sheet: Sheet, language: str = "", prefix: str = ""
) -> Iterator[Part | None]:
    """Yield the parts of an article as a sheet requires them, None for one that is left out.

    ``prefix`` is put before the names of all places, to keep those of several articles in one file
    apart.
    """
    numbers: dict[str, int] = {}
    changes: list[Change] = []
    if sheet.links is Links.NUMBERED:
        changes.append(lambda runs: _numbered(runs, numbers))
    divide = divider(language) if sheet.hyphenated else None
    if divide:
        changes.append(lambda runs: divided(runs, divide))
    if prefix:
        changes.append(lambda runs: prefixed(runs, prefix))

    def change(runs: Runs) -> Runs:
        for step in changes:
            runs = step(runs)
        return runs

    if sheet.notes is Notes.OFF:
        changes.append(_unmarked)
    gone = _is_silent if sheet.pictures else _is_picture
    for part in _without_pictures(parts, gone):
        if isinstance(part, Note):
            off = sheet.notes is Notes.OFF
            yield None if off else rewrite_note(part, change, prefix)
        else:
            yield None if part is None else rewrite(part, change, prefix)
    yield from _addresses(numbers)


def _unmarked(runs: Runs) -> Runs:
    """Return the runs without marks of notes."""
    return tuple(run for run in runs if not isinstance(run, NoteMark))


# ---- links


def _numbered(runs: Runs, numbers: dict[str, int]) -> Runs:
    """Return the runs with a number after every link that leads out of the article."""
    new_runs: list[Run] = []
    for index, run in enumerate(runs):
        new_runs.append(run)
        link = run.link if isinstance(run, Text | Picture) else ""
        following = runs[index + 1] if index + 1 < len(runs) else None
        goes_on = isinstance(following, Text | Picture) and following.link == link
        if link.startswith(_WEB) and not goes_on:
            number = numbers.setdefault(link, len(numbers) + 1)
            new_runs.append(Text(f"[{number}]", Style.SUP, link, added=True))
    return tuple(new_runs)


def _addresses(numbers: dict[str, int]) -> Iterator[Block]:
    if numbers:
        yield Heading(4, (Text("Links"),))
    for link, number in numbers.items():
        shown = _ADDRESS.sub(_BREAK, link.removeprefix("mailto:"))
        yield Paragraph((Text(f"[{number}] ", Style.SMALL), Text(shown, Style.SMALL, link)))


# ---- pictures


def _without_pictures(parts: Iterator[Part], gone: Gone) -> Iterator[Part | None]:
    """Yield the parts without some of their runs, None for one that is nothing else."""

    def change(runs: Runs) -> Runs:
        return tuple(run for run in runs if not gone(run))

    for part in parts:
        if not any(map(gone, chain.from_iterable(_runs_of(part)))):
            yield part
        elif isinstance(part, Note):
            yield rewrite_note(part, change)
        else:
            yield _without(part, gone, change)


def _runs_of(part: Part) -> Iterator[Runs]:
    blocks = part.blocks if isinstance(part, Note) else (part,)
    return chain.from_iterable(map(all_runs, blocks))


def _without(block: Block, gone: Gone, change: Change) -> Block | None:
    if isinstance(block, Figure) and all(_is_gone(inner, gone) for inner in block.blocks):
        return Paragraph(change(block.caption)) if block.caption else None
    return None if _is_gone(block, gone) else rewrite(block, change)


def _is_gone(block: Block, gone: Gone) -> bool:
    return isinstance(block, Paragraph) and all(
        gone(run) or (isinstance(run, Text) and not run.text.strip()) for run in block.runs
    )


def _is_picture(run: Run) -> bool:
    return isinstance(run, Picture)


def _is_silent(run: Run) -> bool:
    """Return whether a run is a missing picture for which a page has no words."""
    return isinstance(run, Picture) and not run.name and not words_of(run.alt)

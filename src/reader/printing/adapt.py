"""Adapt a text to paper: hyphenation, numbers for links, pictures and notes left out.

All of it changes the tree before the layout, so layout and painting know nothing about it.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

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
)
from reader.body.rewrite import Change, prefixed, rewrite, rewrite_note
from reader.sheet import Links, Notes, Sheet

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SHORTEST = 6
_LONGEST = 60
_WORDS = re.compile(rf"[^\W\d_]{{{_SHORTEST},{_LONGEST}}}")
_ADDRESS = re.compile(r"(?<=[/?&=#.:_-])(?=[^/\s])")
_WEB = ("http:", "https:", "mailto:")
_BREAK = "\N{ZERO WIDTH SPACE}"

Part = Block | Note


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
    divide = _divide(language) if sheet.hyphenated else None
    if divide:
        changes.append(lambda runs: _divided(runs, divide))
    if prefix:
        changes.append(lambda runs: prefixed(runs, prefix))

    def change(runs: Runs) -> Runs:
        for step in changes:
            runs = step(runs)
        return runs

    if sheet.notes is Notes.OFF:
        changes.append(_unmarked)
    for part in parts if sheet.pictures else _without_pictures(parts):
        if isinstance(part, Note):
            off = sheet.notes is Notes.OFF
            yield None if off else rewrite_note(part, change, prefix)
        else:
            yield None if part is None else rewrite(part, change, prefix)
    yield from _addresses(numbers)


def _unmarked(runs: Runs) -> Runs:
    """Return the runs without marks of notes."""
    return tuple(run for run in runs if not isinstance(run, NoteMark))


# ---- words that may be divided


@cache
def _divide(language: str) -> Callable[[str], str] | None:
    """Return a function that puts soft hyphens into a word, None if there is no dictionary."""
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_")) if language else None
    if not known:
        return None
    dictionary = pyphen.Pyphen(lang=known, left=2, right=3)
    return cache(lambda word: dictionary.inserted(word, SOFT_HYPHEN))


def _divided(runs: Runs, divide: Callable[[str], str]) -> Runs:
    return tuple(
        run._replace(text=_WORDS.sub(lambda word: divide(word[0]), run.text))
        if isinstance(run, Text) and Style.CODE not in run.style
        else run
        for run in runs
    )


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


def _without_pictures(parts: Iterator[Part]) -> Iterator[Part | None]:
    for part in parts:
        if isinstance(part, Note):
            yield rewrite_note(part, _only_words)
        else:
            yield _without(part)


def _without(block: Block) -> Block | None:
    if isinstance(block, Figure) and all(_is_pictures(inner) for inner in block.blocks):
        return Paragraph(_only_words(block.caption)) if block.caption else None
    return None if _is_pictures(block) else rewrite(block, _only_words)


def _is_pictures(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(
        isinstance(run, Picture) or (isinstance(run, Text) and not run.text.strip())
        for run in block.runs
    )


def _only_words(runs: Runs) -> Runs:
    return tuple(run for run in runs if not isinstance(run, Picture))

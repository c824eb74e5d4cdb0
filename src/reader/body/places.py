"""Targets of the links within a page: each link finds its paragraph or becomes text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from lxml import etree

from reader.body import elements
from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Definitions,
    Figure,
    Heading,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Text,
)
from reader.body.notes import Notes
from reader.body.rewrite import rewrite, rewrite_note
from reader.body.to_text import all_runs

_HOLDERS = frozenset("p h1 h2 h3 h4 h5 h6 li dd dt blockquote div section article".split())
_BLOCKS = _HOLDERS | {"main", "aside", "header", "footer", "a"}
_MOST_STEPS = 4
_LAST = 1_000_000_000


def move_names(root: etree._Element, notes: Notes) -> dict[str, str]:
    """Move the names of places inside a paragraph to it; return their other names.

    Only names that a link of the page leads to are moved, never those of notes and references.
    """
    links = (element.get("href") or "" for element in root.iter("a"))
    wanted = {link[1:] for link in links if link.startswith("#") and len(link) > 1}
    wanted -= {*notes.marks, *notes.names}
    aliases: dict[str, str] = {}
    for element in root.iter() if wanted else ():
        name = element.get("id") or ""
        if name in wanted and element.tag not in _BLOCKS:
            holder = next((x for x in element.iterancestors() if x.tag in _HOLDERS), None)
            if holder is None:
                continue
            if other := holder.get("id"):
                aliases[elements.name_of(name)] = elements.name_of(other)
            else:
                holder.set("id", name)
    return aliases


def resolved(body: Body, aliases: Mapping[str, str]) -> Body:
    """Return the body with links to existing places only; other inner links become text.

    The notes are put in the order in which the text refers to them.
    """
    blocks = [*body.blocks, *(block for note in body.notes for block in note.blocks)]
    notes = _in_order(body) if len(body.notes) > 1 else body.notes
    if not any(_leads_inside(run) for each in blocks for runs in all_runs(each) for run in runs):
        return body._replace(notes=notes)
    places = {*_names(blocks)}

    def change(runs: Runs) -> Runs:
        return tuple(
            run._replace(link=_led(run.link, places, aliases)) if _leads_inside(run) else run
            for run in runs
        )

    return body._replace(
        blocks=tuple(rewrite(block, change) for block in body.blocks),
        notes=tuple(rewrite_note(note, change) for note in notes),
    )


def _in_order(body: Body) -> tuple[Note, ...]:
    """Return the notes in the order in which the text refers to them."""
    runs = (run for block in body.blocks for runs in all_runs(block) for run in runs)
    first: dict[str, int] = {}
    for number, run in enumerate(runs):
        if isinstance(run, NoteMark):
            first.setdefault(run.note, number)
    return tuple(sorted(body.notes, key=lambda note: first.get(note.name, _LAST)))


def _leads_inside(run: Run) -> TypeGuard[Text | Picture]:
    return not isinstance(run, NoteMark) and run.link.startswith("#")


def _led(link: str, places: set[str], aliases: Mapping[str, str]) -> str:
    name = link[1:]
    for _ in range(_MOST_STEPS):
        if name in places:
            return f"#{name}"
        name = aliases.get(name, "")
    return ""


def _names(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the names of the paragraphs and headings in blocks."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                if block.anchor:
                    yield block.anchor
            case Quote() | Callout() | Figure():
                yield from _names(block.blocks)
            case List() | Definitions():
                yield from _names(inner for item in block.items for inner in item.blocks)
            case _:
                pass

"""Targets of the links within a page: each link finds its paragraph or becomes text."""

from collections.abc import Iterator, Mapping

from lxml import etree

from reader.body import elements
from reader.body.blocks import Body, Heading, NoteMark, Paragraph, Picture, Runs, Text
from reader.body.notes import Notes
from reader.body.rewrite import rewrite, rewrite_note

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
    places = {name for block in body.blocks for name in _names(block)}
    places |= {name for note in body.notes for block in note.blocks for name in _names(block)}

    def change(runs: Runs) -> Runs:
        if not any(isinstance(run, Text | Picture) and run.link.startswith("#") for run in runs):
            return runs
        return tuple(
            run._replace(link=_led(run.link, places, aliases))
            if isinstance(run, Text | Picture) and run.link.startswith("#")
            else run
            for run in runs
        )

    first = {name: number for number, name in reversed([*enumerate(_marks(body.blocks))])}
    notes = sorted(body.notes, key=lambda note: first.get(note.name, _LAST))
    return body._replace(
        blocks=tuple(rewrite(block, change) for block in body.blocks),
        notes=tuple(rewrite_note(note, change) for note in notes),
    )


def _led(link: str, places: set[str], aliases: Mapping[str, str]) -> str:
    name = link[1:]
    for _ in range(_MOST_STEPS):
        if name in places:
            return f"#{name}"
        name = aliases.get(name, "")
    return ""


def _names(part: object) -> Iterator[str]:
    if isinstance(part, Paragraph | Heading):
        if part.anchor:
            yield part.anchor
    elif isinstance(part, tuple):
        for item in part:
            yield from _names(item)


def _marks(part: object) -> Iterator[str]:
    if isinstance(part, NoteMark):
        yield part.note
    elif isinstance(part, tuple):
        for item in part:
            yield from _marks(item)

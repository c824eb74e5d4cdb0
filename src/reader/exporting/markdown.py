"""An article as a note of Markdown, as Obsidian reads it, with its pictures beside it."""

from reader.body.blocks import Picture
from reader.body.markdown_runs import escaped
from reader.body.to_markdown import quoted, to_markdown
from reader.entries import Highlight
from reader.exporting.front_matter import front_matter
from reader.exporting.pieces import Beside, Piece

LOOSE = "%% reader: without a place in the text %%"
"""The line above the notes and highlights that have no place in the text."""


def write(piece: Piece, beside: Beside) -> bytes:
    """Return the note of an article."""

    def source(picture: Picture) -> str:
        there = beside(picture.name) if picture.name else ""
        return there or picture.address

    text = to_markdown(piece.marked, source)
    parts = (front_matter(piece), text, _loose(piece.loose))
    return "\n".join(filter(None, parts)).encode(errors="replace")


def _loose(highlights: list[Highlight]) -> str:
    parts = [LOOSE] if highlights else []
    for each in highlights:
        parts += [quoted(escaped(each.quote)) if each.quote else "", escaped(each.note)]
    return "\n\n".join(filter(None, parts)) + "\n" if parts else ""

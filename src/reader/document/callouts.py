"""The look of callouts: a ground and a rule whose colour shows whether they help or warn."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QTextBlock

from reader.document.code_heads import is_first_line
from reader.document.formats import Mark, Role
from reader.model import Theme

ABOVE, BELOW, TRAIL = 1.35, 1.6, 0.7
"""The space above and below the text of a callout on screen, and at the end of its lines, in em."""

PANEL = 0.6
"""The height that the panel of code adds to a callout above and below, in em."""

_COLOURS = {
    "good": "tip hint success check done answer solution",
    "warn": "warning warn attention caution important deprecated",
    "bad": "danger error failure fail bug critical alert severe",
    "muted": "quote cite example abstract summary",
}
_COLOUR_OF = {kind: colour for colour, kinds in _COLOURS.items() for kind in kinds.split()}
_TINT = 0.07  # the share of the colour in the ground


def colour_of(kind: str) -> str:
    """Return the name of the colour of a theme for a kind of callouts."""
    return _COLOUR_OF.get(kind, "link")


def tinted(theme: Theme, name: str) -> QColor:
    """Return the page's colour with a little of another one."""
    page, over = QColor(theme.page), QColor(getattr(theme, name))
    parts = ((page.red(), over.red()), (page.green(), over.green()), (page.blue(), over.blue()))
    red, green, blue = (round(under + _TINT * (top - under)) for under, top in parts)
    return QColor(red, green, blue)


class Around(NamedTuple):
    """A quote or callout around blocks of a document, its indent in columns and lead in pixels.

    ``text`` is its form in ``Mark.QUOTES``; ``colour`` is ``""`` for a quote.
    """

    text: str
    indent: int
    colour: str
    lead: float


def around(block: QTextBlock) -> list[Around]:
    """Return the quotes and callouts around a block, the outermost first."""
    found: list[Around] = []
    for text in block.blockFormat().stringProperty(Mark.QUOTES).split():
        indent, _, colour, lead = text.split(":")
        found.append(Around(text, int(indent), colour, float(lead)))
    return found


def panels(
    blocks: Iterable[tuple[QTextBlock, QRectF]],
    em: float,
    head: float,
) -> Iterator[tuple[Around, QTextBlock, QRectF]]:
    """Yield the callouts around blocks with one of their blocks and the ground of all of them.

    ``head`` is the height of the head of a panel of code.
    """
    grounds: dict[str, tuple[Around, QTextBlock, QRectF]] = {}
    for block, rect in blocks:
        form = block.blockFormat()
        if not form.hasProperty(Mark.QUOTES):
            continue
        if form.intProperty(Mark.ROLE) == Role.CODE:
            above = PANEL * em + (head if is_first_line(form) else 0.0)
            rect = rect.adjusted(0, -above, 0, PANEL * em)  # with its own panel
        for each in around(block):
            if each.colour:
                _, first, ground = grounds.get(each.text, (each, block, rect))
                grounds[each.text] = each, first, ground.united(rect)
    yield from grounds.values()

"""The parts of a page and their places, in units of 1/1200 inch."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reader.printing.paginate import Slice
from reader.printing.qr import Code


class Part(Enum):
    """The galleys of a piece."""

    HEAD = 0
    BODY = 1
    NOTES = 2


class Placed(NamedTuple):
    """A slice of a piece's head, body or notes at a place on a page.

    One that is ``turned`` by a quarter goes up from there, with its top on the left.
    """

    piece: int
    part: Part
    slice: Slice
    x: float
    y: float
    turned: bool = False


class Line(NamedTuple):
    """A hairline between columns or above notes: its left end, its top, width and height."""

    x: float
    y: float
    width: float
    height: float


class Outline(NamedTuple):
    """A line of the outline: its level and text, and the page and height it leads to."""

    level: int
    text: str
    page: int
    y: float


class Reference(NamedTuple):
    """A line below the teaser of an article: a text, and the page on which it begins."""

    article: int
    text: str
    x: float
    y: float
    width: float


class Bar(NamedTuple):
    """A bar across the front, in colour in a magazine."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Page:
    """A page: its slices, rules, hairlines, QR code, and the marks of the front of a book."""

    piece: int
    placed: list[Placed] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    code: tuple[float, float, Code] | None = None
    marks: list[Reference | Bar] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[int, ...]:
        """Return the numbers of the pieces on the page."""
        return tuple(dict.fromkeys(placed.piece for placed in self.placed)) or (self.piece,)

    @property
    def begins_piece(self) -> bool:
        """Return whether a piece begins at the top of the page."""
        return not self.placed or self.placed[0].part is Part.HEAD

"""Paper and how articles stand on it, as values: millimetres and points."""

from enum import StrEnum
from typing import NamedTuple


class Links(StrEnum):
    """How links look on paper; in a PDF all of them can be followed."""

    PLAIN = "plain"
    UNDERLINED = "underlined"
    NUMBERED = "numbered"


class Header(StrEnum):
    """What stands above the pages."""

    NONE = "none"
    TITLE = "title"
    SECTION = "section"


class Imposition(StrEnum):
    """How pages stand on sheets: each on its own, two beside each other, or to be folded."""

    SINGLE = "single"
    TWO_UP = "two-up"
    FOLDED = "folded"


class Sheet(NamedTuple):
    """Paper and how articles stand on it.

    ``paper`` is a name (``A4``, ``A5``, ``Letter``, ``Legal``) or millimetres (``148x210``).
    ``run_on`` lets an article begin where the one before it ends. ``code`` prints the address
    as a QR code beside the title; ``tagged`` gives a PDF the structure that screen readers use.
    """

    paper: str = "A4"
    landscape: bool = False
    margin_mm: float = 20.0
    font: str = "serif"
    size_pt: float = 11.0
    leading: float = 1.42
    columns: int = 1
    justified: bool = False
    hyphenated: bool = False
    pictures: bool = True
    grey: bool = False
    links: Links = Links.UNDERLINED
    header: Header = Header.TITLE
    footer: bool = True
    code: bool = False
    imposition: Imposition = Imposition.SINGLE
    run_on: bool = False
    tagged: bool = False

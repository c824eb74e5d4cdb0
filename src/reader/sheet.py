"""Paper and the arrangement of articles on it, in millimetres and points."""

from enum import StrEnum
from typing import NamedTuple

TYPEFACES = ("serif", "sans", "legible", "mono")
"""The names of the bundled typefaces."""


class Links(StrEnum):
    """The look of links on paper; in a PDF all of them can be followed."""

    PLAIN = "plain"
    UNDERLINED = "underlined"
    NUMBERED = "numbered"


class Notes(StrEnum):
    """The place of notes: at the foot of the page or column with their mark, at the end, nowhere.

    If they are off, their marks are left out as well, because they would lead nowhere.
    """

    FOOT = "foot"
    END = "end"
    OFF = "off"


class Header(StrEnum):
    """The text above the pages."""

    NONE = "none"
    TITLE = "title"
    SECTION = "section"


class Imposition(StrEnum):
    """The arrangement of pages on sheets: alone, in pairs, or to be folded."""

    SINGLE = "single"
    TWO_UP = "two-up"
    FOLDED = "folded"


class Front(StrEnum):
    """The front of a book of several articles.

    It is a title page and contents; the first page of a newspaper, with teasers and an index; the
    cover and the contents of a magazine; or nothing.
    """

    CONTENTS = "contents"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    NONE = "none"


class Sheet(NamedTuple):
    """Paper and the arrangement of articles on it.

    ``paper`` is a name (``A4``, ``A5``, ``Letter``, ``Legal``) or millimetres (``148x210``).
    ``finely`` chooses all lines of a paragraph together, for even spaces. ``run_on`` starts an
    article on the page on which the previous one ends. ``code`` prints the URL as a QR code beside
    the title; ``tagged`` gives a PDF the structure for screen readers (PDF/UA-1), ``archived`` what
    archives ask for, and the articles as files (PDF/A-3b).
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
    finely: bool = False
    pictures: bool = True
    grey: bool = False
    links: Links = Links.UNDERLINED
    notes: Notes = Notes.FOOT
    header: Header = Header.TITLE
    footer: bool = True
    code: bool = False
    imposition: Imposition = Imposition.SINGLE
    run_on: bool = False
    tagged: bool = False
    archived: bool = False
    front: Front = Front.CONTENTS

"""Sheets: their sizes, their look, and named presets."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reader import themes
from reader.model import Look, Theme
from reader.sheet import Front, Header, Imposition, Links, Sheet

PAPERS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A4": (210.0, 297.0),
        "A5": (148.0, 210.0),
        "Letter": (215.9, 279.4),
        "Legal": (215.9, 355.6),
    }
)
"""Widths and heights in millimetres."""

PAPER_RANGE_MM = (50.0, 1200.0)

PRESETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "Article": Sheet(),
        "Newspaper": Sheet(
            size_pt=9.0, leading=1.34, columns=2, justified=True, hyphenated=True, finely=True,
            margin_mm=16.0, run_on=True, front=Front.NEWSPAPER,
        ),
        "Magazine": Sheet(
            size_pt=9.5, leading=1.4, columns=2, justified=True, hyphenated=True, finely=True,
            margin_mm=18.0, front=Front.MAGAZINE,
        ),
        "Large print": Sheet(size_pt=18.0, leading=1.5, margin_mm=18.0),
        "Save ink": Sheet(
            size_pt=9.5, leading=1.3, margin_mm=14.0, columns=2, pictures=False, grey=True,
            links=Links.PLAIN, hyphenated=True, run_on=True,
        ),
        "Booklet to fold": Sheet(
            size_pt=9.5, margin_mm=13.0, justified=True, hyphenated=True, finely=True,
            imposition=Imposition.FOLDED,
            links=Links.PLAIN,
        ),
        "For the files": Sheet(links=Links.NUMBERED, header=Header.SECTION, code=True),
    }
)  # fmt: skip

_MEASURED = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)(?:\s*mm)?", re.IGNORECASE)
_EDGE_MM = 7.0
_POINT_MM = 25.4 / 72
_LONGEST_LINE = 37.0  # em: 75 letters (Bringhurst, The Elements of Typographic Style, 2.1.2)
_LETTER = 0.5  # the width of an average letter in em
_LUMINANCE = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709


def paper_mm(paper: str) -> tuple[float, float] | None:
    """Return the width and height of a paper in millimetres, None if it is unknown.

    A paper is a name of ``PAPERS`` in any case, or two numbers from 50 to 1200: ``148x210``.
    """
    for name, size in PAPERS.items():
        if name.lower() == paper.strip().lower():
            return size
    match = _MEASURED.fullmatch(paper.strip())
    if not match:
        return None
    wide, high = float(match[1]), float(match[2])
    least, most = PAPER_RANGE_MM
    return (wide, high) if least <= min(wide, high) and max(wide, high) <= most else None


def sheet_mm(sheet: Sheet) -> tuple[float, float]:
    """Return the width and height of the printed sheets; two pages on a sheet turn it."""
    wide, high = paper_mm(sheet.paper) or PAPERS["A4"]
    if sheet.imposition is not Imposition.SINGLE:
        return max(wide, high), min(wide, high)
    return (high, wide) if sheet.landscape else (wide, high)


def page_mm(sheet: Sheet) -> tuple[float, float]:
    """Return the width and height of a laid out page."""
    wide, high = sheet_mm(sheet)
    if sheet.imposition is Imposition.FOLDED:
        return wide / 2, high
    return (high, wide) if sheet.imposition is Imposition.TWO_UP else (wide, high)


class Area(NamedTuple):
    """The text area of a page in millimetres; ``gap`` is the space between its columns."""

    left: float
    top: float
    width: float
    height: float
    columns: int
    gap: float

    @property
    def column(self) -> float:
        """Return the width of a column."""
        return (self.width - self.gap * (self.columns - 1)) / self.columns


def area_mm(sheet: Sheet) -> Area:
    """Return the text area of a page; margins take at most a quarter of a side.

    They are wider beside a column whose lines would be too long to read with ease.
    """
    wide, high = page_mm(sheet)
    margin = min(sheet.margin_mm, wide / 4, high / 4)
    above = margin + (_EDGE_MM if sheet.header is not Header.NONE else 0)
    below = margin + (_EDGE_MM if sheet.footer else 0)
    gap = 1.8 * sheet.size_pt * _POINT_MM
    width = wide - 2 * margin
    columns = max(1, min(sheet.columns, int(width / (12 * sheet.size_pt * _POINT_MM * _LETTER))))
    longest = columns * _LONGEST_LINE * sheet.size_pt * _POINT_MM + gap * (columns - 1)
    width = min(width, longest)
    return Area((wide - width) / 2, above, width, high - above - below, columns, gap)


def look_of(sheet: Sheet) -> Look:
    """Return the look on paper: dark on white, independent of the theme of the screen."""
    theme = themes.theme("paper")
    if sheet.grey:
        theme = _grey(theme)
    # Links are underlined in grey, and not blue as well: many of them would make a page restless.
    theme = theme._replace(link=theme.text)
    underlined = sheet.links is Links.UNDERLINED
    letters = area_mm(sheet).column / (sheet.size_pt * _POINT_MM * _LETTER)
    return Look(
        theme, sheet.font, sheet.size_pt, sheet.leading, max(12, int(letters)),
        justified=sheet.justified, underlined=underlined, grey=sheet.grey,
    )  # fmt: skip


def _grey(theme: Theme) -> Theme:
    """Return a theme without colours; panels become white, which saves ink."""
    named = {"name", "title", "dark", "code", "highlights"}
    grey: dict[str, Any] = {
        name: _without_colour(getattr(theme, name)) for name in {*Theme._fields} - named
    }
    grey["code"] = dict.fromkeys(theme.code, theme.text)
    grey["highlights"] = {
        name: _without_colour(colour) for name, colour in theme.highlights.items()
    }
    return theme._replace(**grey)._replace(panel=theme.page, stripe=theme.page)


def _without_colour(colour: str) -> str:
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    light = round(sum(part * share for part, share in zip(parts, _LUMINANCE, strict=True)))
    return "#" + f"{light:02x}" * 3

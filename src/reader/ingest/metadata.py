"""Metadata of articles, and dates as people write them."""

import re
from datetime import date, datetime
from typing import NamedTuple

from reader.body import clean

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WORDS = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})")
_MAX_TEXT = 500


class Metadata(NamedTuple):
    """The metadata of a page or a file; dates are in ISO format, ``""`` if unknown.

    ``tags`` are those in the user's own files, ``subjects`` the keywords of pages.
    """

    title: str = ""
    byline: str = ""
    site: str = ""
    published_at: str = ""
    modified_at: str = ""
    language: str = ""
    direction: str = ""
    excerpt: str = ""
    lead: str = ""
    canonical: str = ""
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def iso_date(value: object) -> str:
    """Return a date in ISO format with the precision of the value, ``""`` if it is not a date."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = line_of(value)
    if match := _ISO.fullmatch(text):
        parts = [part for part in match.groups() if part]
        return _valid([int(part) for part in parts])
    if match := _WORDS.search(text):
        before, month, after, year = match.groups()
        day = before or after
        if month[:3].lower() in _MONTHS:
            number = _MONTHS.index(month[:3].lower()) + 1
            return _valid([int(year), number, *([int(day)] if day else [])])
    return ""


def _valid(parts: list[int]) -> str:
    try:
        date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError:
        return ""
    return "-".join(f"{part:0{4 if index == 0 else 2}d}" for index, part in enumerate(parts))


def line_of(value: object) -> str:
    """Return a value of any type as one line, ``""`` if it is none."""
    if value is None or isinstance(value, dict | list | tuple | bool):
        return ""
    try:
        return clean.line(str(value), _MAX_TEXT)
    except ValueError:  # a number with thousands of digits
        return ""

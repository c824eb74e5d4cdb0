"""The values in the columns of a table: numbers, dates or words, by which it is sorted."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from reader.folding import folded

_MOSTLY = 0.8
_SAMPLE = 400
_NUMBER = re.compile(
    r"[^\w\d.,+\-−–()]*(?P<sign>[+\-−–(]?)\s*[^\w\d.,\s]*\s*"
    r"(?P<digits>\d[\d.,'’\u00a0\u202f ]*|[.,]\d+)\s*(?P<unit>[^\d\s][^\d]{0,12})?"
)
_UNITS = {
    "k": 1e3, "kb": 1e3, "kib": 2**10, "thousand": 1e3, "m": 1e6, "mb": 1e6, "mib": 2**20,
    "million": 1e6, "mio": 1e6, "g": 1e9, "gb": 1e9, "gib": 2**30, "bn": 1e9, "b": 1e9,
    "billion": 1e9, "tb": 1e12, "tib": 2**40, "trillion": 1e12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[^\W\d_]{3,9})\.?,?\s+(?:(?P<late>\d{1,2}),?\s+)?(?P<year>\d{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = re.compile(r"(\d+)")


class Kind(Enum):
    """The kind of most cells of a column."""

    WORDS = auto()
    NUMBERS = auto()
    DATES = auto()


class Key(NamedTuple):
    """The place of a cell in the order: its value, then its words; empty ones are the last."""

    rank: int
    value: float
    words: tuple[tuple[bool, int, str], ...]


def kind_of(texts: Iterable[str]) -> Kind:
    """Return the kind of most texts of a column."""
    some = [text for text in texts if not is_empty(text)][:_SAMPLE]
    for kind, value in ((Kind.DATES, date), (Kind.NUMBERS, number)):
        found = sum(value(text) is not None for text in some)
        if some and found >= _MOSTLY * len(some):
            return kind
    return Kind.WORDS


def order(texts: Sequence[str], kind: Kind, *, falling: bool) -> list[int]:
    """Return the places of texts in their order; equal ones keep theirs, empty ones are last."""
    keys = [key(text, kind) for text in texts]
    full = [place for place, each in enumerate(keys) if each.rank < _LAST]
    empty = [place for place, each in enumerate(keys) if each.rank == _LAST]
    return sorted(full, key=keys.__getitem__, reverse=falling) + empty


_LAST = 2


def key(text: str, kind: Kind) -> Key:
    """Return the key of a text in a column of a kind."""
    if is_empty(text):
        return Key(_LAST, 0.0, ())
    if kind is not Kind.WORDS:
        value = date(text) if kind is Kind.DATES else number(text)
        if value is not None:
            return Key(0, value, ())
    return Key(1, 0.0, _natural(text))


def is_empty(text: str) -> bool:
    """Return whether a cell has no value."""
    return text.strip() in ("", "-", "–", "—", "n/a", "N/A", "?")


def number(text: str) -> float | None:
    """Return the number that a text begins with, with its unit; None if there is none."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    digits = _decimal(re.sub(r"['’\u00a0\u202f ]", "", match["digits"]))
    if digits is None:
        return None
    unit = (match["unit"] or "").strip().casefold().rstrip(".")
    value = digits * _UNITS.get(unit, 1.0)
    return -value if match["sign"] in ("-", "−", "–", "(") else value


def _decimal(digits: str) -> float | None:
    """Return a number that is written with points or commas."""
    digits = digits.rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        sign, behind = digits[last], len(digits) - last - 1
        both = "." in digits and "," in digits
        groups = digits.count(sign) > 1 or (not both and sign == "," and behind == 3)
        whole = re.sub(r"[.,]", "", digits if groups else digits[:last])
        digits = whole if groups else f"{whole or 0}.{digits[last + 1 :]}"
    try:
        return float(digits)
    except ValueError:
        return None


def date(text: str) -> float | None:
    """Return a date as a number that grows with time, None if the text is none."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3] or 0))
    if match := _DAY_FIRST.fullmatch(text):
        one, two = int(match[1]), int(match[2])
        day, month = (two, one) if two > 12 else (one, two)
        return _day(int(match[3]), month, day)
    if match := _WORDED.fullmatch(text):
        start = match["month"][:3].casefold()
        if start in _MONTHS:
            day = int(match["day"] or match["late"] or 0)
            return _day(int(match["year"]), _MONTHS.index(start) + 1, day)
    return None


def _day(year: int, month: int, day: int) -> float | None:
    return float(year * 372 + month * 31 + day) if 1 <= month <= 12 and day <= 31 else None


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Return words in the order that people expect: 2 before 10, without regard to case."""
    parts = _PARTS.split(folded(text))
    return tuple(
        (False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part
    )

"""The size that a page gives a picture: attributes, style, dots for each pixel, emoji.

Only sizes that mean something for the picture count: not placeholders of one pixel, shares of a
column as wide as the page, or lengths that no screen has.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from reader.body.blocks import Given

_DECLARED = re.compile(
    r"(?:^|;)\s*(max-)?(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})\s*([a-z]{1,3}|%)",
    re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)\s*(px|%|)\s*", re.IGNORECASE | re.ASCII)
_DENSE = re.compile(r"@([2-4])x\.[a-z]{3,4}(?:$|[?#])", re.IGNORECASE | re.ASCII)
_DENSITY = re.compile(r"\d(?:\.\d{1,4})?", re.ASCII)
_PIXELS = {
    "px": 1.0,
    "": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
}
_EMS = {"em": 1.0, "rem": 1.0, "ex": 0.5, "ch": 0.5}
_COLUMN = 640.0
_LEAST_PIXELS, _MOST_PIXELS = 4.0, 4000.0
_LEAST_EMS, _MOST_EMS = 0.2, 100.0
_EMOJI_LETTERS = 12
_FIRST_EMOJI = "\u203c"
_NONE = Given()


class _Length(NamedTuple):
    value: float
    unit: str


def given_size(attributes: Mapping[str, str]) -> Given:
    """Return the size that the attributes of an ``<img>`` give it, of sides 0 if none is given."""
    declared = _declared(attributes.get("style", ""))
    # A browser ignores an attribute if the style declares the same side.
    stated = {} if "width" in declared else _attributes(attributes)
    sides = {side: length for side, length in {**stated, **declared}.items() if length}
    if sides:
        unit = next(iter(sides.values())).unit
        wide, high = (
            round(side.value, 2) if side and side.unit == unit else 0.0
            for side in (sides.get("width"), sides.get("height"))
        )
        return Given(wide, high, unit)
    if is_emoji(attributes.get("alt", "")):
        return Given(0.0, 1.0, "em")
    density = _density(attributes)
    return Given(density, density, "x") if density > 1 else _NONE


def _attributes(attributes: Mapping[str, str]) -> dict[str, _Length | None]:
    found = ((side, _ATTRIBUTE.fullmatch(attributes.get(side, ""))) for side in ("width", "height"))
    return {side: _length(match[1], match[2], side) for side, match in found if match}


def _declared(style: str) -> dict[str, _Length | None]:
    """Return the sides declared by a style, None for one that depends on the page.

    A greatest width is one unless a width is declared as well.
    """
    if not style:
        return {}
    found = sorted(_DECLARED.finditer(style), key=lambda match: not match[1])
    sides: dict[str, _Length | None] = {}
    for match in found:
        length = _length(match[3], match[4], match[2].lower())
        if length or not match[1]:
            sides[match[2].lower()] = length
    return sides


def _length(number: str, unit: str, side: str) -> _Length | None:
    """Return a length in pixels or em, None if it means nothing for the picture."""
    value, unit = float(number), unit.lower()
    if unit in _EMS:
        ems = value * _EMS[unit]
        return _Length(ems, "em") if _LEAST_EMS <= ems <= _MOST_EMS else None
    if unit == "%":
        # A share of the column shrinks a picture; one of half the column and more leaves it free.
        value = value / 100 * _COLUMN if side == "width" and value < 50 else 0.0
    elif unit in _PIXELS:
        value *= _PIXELS[unit]
    else:
        return None
    return _Length(value, "px") if _LEAST_PIXELS <= value <= _MOST_PIXELS else None


def _density(attributes: Mapping[str, str]) -> float:
    """Return how many dots of a picture make a pixel: 2 if it is for dense screens."""
    stated = _DENSITY.fullmatch(attributes.get("data-density", ""))
    named = _DENSE.search(attributes.get("src", "")[-200:])
    value = float(stated[0]) if stated else float(named[1]) if named else 1.0
    return min(value, 4.0)


def is_emoji(alt: str) -> bool:
    """Return whether the alternative text of a picture is the emoji that it shows."""
    if not alt or len(alt) > _EMOJI_LETTERS:
        return False
    kinds = {unicodedata.category(sign) for sign in alt}
    return "So" in kinds and kinds <= {"So", "Sk", "Mn", "Cf"} and max(alt) >= _FIRST_EMOJI

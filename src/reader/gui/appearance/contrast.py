"""The contrast of two colours, as the Web Content Accessibility Guidelines 2.2 judge it."""

from typing import NamedTuple

LEAST_TEXT, GOOD_TEXT, LEAST_SHAPE = 4.5, 7.0, 3.0


class Judgement(NamedTuple):
    """The contrast, its level in words, and whether it is enough."""

    ratio: float
    level: str
    is_enough: bool

    @property
    def text(self) -> str:
        """The contrast and its level: ``15.8 : 1  AAA``."""
        return f"{int(self.ratio * 10) / 10:.1f} : 1  {self.level}"


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours written as ``#rrggbb``, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def judge(one: str, other: str, *, is_text: bool = True) -> Judgement:
    """Judge a text on its ground, or a shape beside its neighbour."""
    found = ratio(one, other)
    if not is_text:
        is_enough = found >= LEAST_SHAPE
        return Judgement(found, "enough" if is_enough else "too weak", is_enough)
    level = "AAA" if found >= GOOD_TEXT else "AA" if found >= LEAST_TEXT else "too weak"
    return Judgement(found, level, found >= LEAST_TEXT)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

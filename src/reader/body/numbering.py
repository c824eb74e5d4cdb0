"""The numbers of ordered lists: decimal, letters or Roman, from any start, upwards or downwards.

Letters and Roman numerals follow the counter styles of CSS (W3C, CSS Counter Styles Level 3):
numbers that they cannot express are decimal.
"""

from collections.abc import Iterator

from reader.body.blocks import List

_LETTERS = 26
_LARGEST_ROMAN = 3999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numbers(block: List) -> Iterator[int]:
    """Yield the number of each item of a list."""
    number = block.start
    for item in block.items:
        number = number if item.value is None else item.value
        yield number
        number += -1 if block.descends else 1


def signs(block: List) -> Iterator[str]:
    """Yield the sign before each item of an ordered list, such as ``3.`` or ``c.``."""
    for number in numbers(block):
        yield f"{numeral(number, block.numerals)}."


def numeral(number: int, numerals: str) -> str:
    """Return a number in the numerals of a list."""
    if numerals.lower() == "a" and number > 0:
        written = _letters(number)
    elif numerals.lower() == "i" and 0 < number <= _LARGEST_ROMAN:
        written = _roman(number)
    else:
        return str(number)
    return written.upper() if numerals.isupper() else written


def _letters(number: int) -> str:
    written = ""
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        written = chr(ord("a") + letter) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written

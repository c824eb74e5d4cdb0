"""Fractional indexing: places in the queue as text, with room between any two.

The method is David Greenspan's "Implementing Fractional Indexing" (2020), in base 62: a
place is a length letter, a whole number and, between two whole numbers, a fraction.
Moving one article never renumbers another.
"""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
FIRST = "a0"


def between(before: str, after: str) -> str:
    """Return a place between two; ``""`` stands for the beginning or the end."""
    if not before:
        return FIRST if not after else _before(after)
    if not after:
        return _next(_whole(before))
    low, high = _whole(before), _whole(after)
    if low == high:
        return low + _middle(before[len(low) :], after[len(high) :])
    following = _next(low)
    return following if following < after else low + _middle(before[len(low) :], "")


def spread(before: str, after: str, count: int) -> list[str]:
    """Return a number of places between two, in order; they stay short for any number."""
    if before and after:
        return _halved(before, after, count)
    made = [after or before]
    for _ in range(count):
        made.append(between("", made[-1]) if after else between(made[-1], ""))
    return made[:0:-1] if after else made[1:]


def number_of(place: str) -> int:
    """Return the whole number of a place; that of ``FIRST`` is 0, smaller ones are negative."""
    whole = _whole(place)
    value = 0
    for digit in whole[1:]:
        value = value * _BASE + _DIGITS.index(digit)
    shorter = _count_below(len(whole) - 1)
    is_negative = whole[0] < "a"
    return value - _BASE ** (len(whole) - 1) - shorter if is_negative else value + shorter


def of_number(number: int) -> str:
    """Return the place that is a whole number."""
    value, size = (number, 1) if number >= 0 else (-number - 1, 1)
    while value >= _BASE**size:
        value -= _BASE**size
        size += 1
    letter = chr(ord("a") + size - 1) if number >= 0 else chr(ord("Z") - size + 1)
    value = value if number >= 0 else _BASE**size - 1 - value
    digits = []
    for _ in range(size):
        value, digit = divmod(value, _BASE)
        digits.append(_DIGITS[digit])
    return letter + "".join(reversed(digits))


def _count_below(size: int) -> int:
    """Return how many whole numbers have fewer digits, on one side of zero."""
    return sum(_BASE**each for each in range(1, size))


def is_place(text: str) -> bool:
    """Return whether a text is a place, or empty: an article without a place comes first."""
    return not text or (text[0].isalpha() and all(letter in _DIGITS for letter in text))


def _halved(before: str, after: str, count: int) -> list[str]:
    """Bisect recursively: places that are made one after another would grow long."""
    if not count:
        return []
    middle, left = between(before, after), count // 2
    return [*_halved(before, middle, left), middle, *_halved(middle, after, count - left - 1)]


def _before(after: str) -> str:
    whole = _whole(after)
    if whole < after:
        return whole
    return _previous(whole)


def _whole(place: str) -> str:
    letter = place[0]
    size = ord(letter) - ord("a") + 2 if letter >= "a" else ord("Z") - ord(letter) + 2
    return place[:size]


def _next(whole: str) -> str:
    digits = list(whole[1:])
    for index in range(len(digits) - 1, -1, -1):
        if digits[index] != _DIGITS[-1]:
            digits[index] = _DIGITS[_DIGITS.index(digits[index]) + 1]
            return whole[0] + "".join(digits)
        digits[index] = _DIGITS[0]
    if whole[0] == "Z":
        return FIRST
    letter = chr(ord(whole[0]) + 1)
    longer = len(digits) + (1 if letter > "a" else -1)
    return letter + _DIGITS[0] * longer


def _previous(whole: str) -> str:
    digits = list(whole[1:])
    for index in range(len(digits) - 1, -1, -1):
        if digits[index] != _DIGITS[0]:
            digits[index] = _DIGITS[_DIGITS.index(digits[index]) - 1]
            return whole[0] + "".join(digits)
        digits[index] = _DIGITS[-1]
    if whole[0] == "a":
        return "Z" + _DIGITS[-1]
    letter = chr(ord(whole[0]) - 1)
    longer = len(digits) + (1 if letter < "Z" else -1)
    return letter + _DIGITS[-1] * longer


def _middle(low: str, high: str) -> str:
    """Return a fraction between two; ``""`` as ``high`` stands for the next whole number."""
    shared = 0
    while high and shared < len(high) and (low[shared : shared + 1] or "0") == high[shared]:
        shared += 1
    if shared:
        return high[:shared] + _middle(low[shared:], high[shared:])
    first = _DIGITS.index(low[0]) if low else 0
    last = _DIGITS.index(high[0]) if high else len(_DIGITS)
    if last - first > 1:
        return _DIGITS[(first + last) // 2]
    if high and len(high) > 1:
        return high[0]
    return _DIGITS[first] + _middle(low[1:], "")

"""Amounts as other programs write them."""

import math


def fraction(value: object, whole: float = 1.0) -> float:
    """Return a part of a whole as 0 to 1, 0 if there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0.0
    try:
        part = float(value) / whole
    except (ValueError, OverflowError):
        return 0.0
    return min(max(part, 0.0), 1.0) if math.isfinite(part) else 0.0

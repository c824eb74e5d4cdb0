"""Values in exports, which may be of any type, as an entry has them."""

from collections.abc import Iterable
from functools import lru_cache

from reader.body import clean
from reader.entries import Highlight

_LONGEST_LINE = 20_000
_YES = frozenset({"true", "1", "yes", "y", "t", "x", "on"})
_NAMED = ("name", "label", "title", "slug")
"""The members of an object that stands for a tag."""


def text(value: object) -> str:
    """Return a value as text of several lines, ``""`` if it is none."""
    if isinstance(value, str):
        return clean.text(value).strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    try:
        return str(value)
    except ValueError:  # thousands of digits
        return ""


def line(value: object) -> str:
    """Return a value as one line, ``""`` if it is none."""
    if isinstance(value, str):
        return value.strip() if value.isprintable() else clean.line(value, _LONGEST_LINE)
    return text(value)


def truth(value: object) -> bool:
    """Return whether a value means yes."""
    return str(value).strip().lower() in _YES if isinstance(value, str | int) else False


def names(values: object) -> tuple[str, ...]:
    """Return the names in a list, which may be objects, each one once."""
    if isinstance(values, str):
        return split(values, ",")
    if not isinstance(values, Iterable) or isinstance(values, dict):
        return ()
    found = (line(_name(value)) for value in values)
    return tuple(dict.fromkeys(filter(None, found)))


@lru_cache(4096)
def split(joined: str, sign: str) -> tuple[str, ...]:
    """Return names that are joined by a sign, each one once."""
    return tuple(dict.fromkeys(filter(None, map(line, joined.split(sign)))))


def path(joined: str) -> tuple[str, ...]:
    """Return the names of a path of folders that is joined by slashes."""
    return tuple(filter(None, map(line, joined.split("/"))))


def note(value: object) -> tuple[Highlight, ...]:
    """Return a note on a whole article, if there is one."""
    written = text(value)
    return (Highlight("", written),) if written else ()


def _name(value: object) -> object:
    if isinstance(value, dict):
        return next((value[key] for key in _NAMED if value.get(key)), "")
    return value

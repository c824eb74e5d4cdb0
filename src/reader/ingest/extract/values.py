"""Normalise the metadata of pages."""

import re
from typing import Any

_LONGEST = 500
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]{0,200}>")
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*)\s*>")
_VOID = frozenset({"br", "hr", "img", "wbr"})


def first(values: dict[str, str], *keys: str) -> str:
    """Return the first of some values that is present."""
    return next((values[key] for key in keys if values.get(key)), "")


def plain(value: Any) -> str:
    """Return a text as one line, anything else as ``""``."""
    return line(value) if isinstance(value, str) else ""


def line(value: str | None) -> str:
    """Return a text without markup and line breaks, within bounds.

    The name of an element in a text is no markup: only pairs of tags, and tags with attributes.
    """
    from html import unescape

    text = (value or "")[: 4 * _LONGEST]
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        closed = {name.lower() for name in _CLOSING.findall(text)} | _VOID
        text = _TAG.sub(lambda tag: "" if _is_markup(tag, closed) else tag[0], text)
    return " ".join(text.split())[:_LONGEST]


def _is_markup(tag: re.Match[str], closed: set[str]) -> bool:
    return "=" in tag[0] or tag[1].lower() in closed

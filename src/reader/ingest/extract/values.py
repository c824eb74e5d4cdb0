"""Normalise the metadata of pages."""

import re
from typing import Any

_LONGEST = 500


def first(values: dict[str, str], *keys: str) -> str:
    """Return the first of some values that is present."""
    return next((values[key] for key in keys if values.get(key)), "")


def plain(value: Any) -> str:
    """Return a text as one line, anything else as ``""``."""
    return line(value) if isinstance(value, str) else ""


def line(value: str | None) -> str:
    """Return a text without markup and line breaks, within bounds."""
    from html import unescape

    text = value or ""
    if "&" in text:
        text = unescape(text)
    return " ".join(re.sub(r"<[^>]{1,200}>", "", text[: 4 * _LONGEST]).split())[:_LONGEST]

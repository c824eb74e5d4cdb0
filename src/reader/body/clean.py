"""Text and addresses made harmless: what Qt and terminals choke on is taken out.

Soft hyphens go as well: they would break every search and come along when text is copied.
"""

import re

_BAD = re.compile(
    "[\xad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
)
_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_EITHER = re.compile(f"{_BAD.pattern[:-1]}{_BREAKS.pattern[1:]}")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINE = 500
_LINKS = frozenset({"http", "https", "mailto"})
_MAX_LINK = 8000


def text(raw: str) -> str:
    """Return the text without controls, surrogates and noncharacters; line ends are ``\\n``."""
    if raw.isascii() and raw.isprintable():
        return raw
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n")
    if _EITHER.search(raw) is None:  # one look at a whole page, not two
        return raw
    return _BAD.sub("", _BREAKS.sub("\n", raw))


def spaced(raw: str) -> str:
    """Return the text with each run of white space as one space, as browsers show it."""
    return _SPACE.sub(" ", text(raw))


def line(raw: str, longest: int = _LONGEST_LINE) -> str:
    """Return a name or a title from outside as one line that changes nothing around it.

    Line breaks become spaces, and what overrides the direction of the text goes. ``""`` if there
    is nothing to see in it.
    """
    shown = " ".join(text(_TURNING.sub("", raw[: 8 * longest])).split())
    if not _UNSEEN.sub("", shown):
        return ""
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def link(href: str, address: str = "") -> str:
    """Return an address a person may follow (http, https, mailto, ``#place``), else ``""``.

    ``address`` is what relative ones are resolved against; without it they are nothing.
    """
    from urllib.parse import urljoin, urlsplit  # a start without links does not pay for it

    href = href.strip(" \t\r\n\f")
    if not href or len(href) > _MAX_LINK:
        return ""
    if href.startswith("#"):
        return "#" + _UNSEEN.sub("", href[1:]) if len(href) > 1 else ""
    try:
        full = urljoin(address, _UNSEEN.sub("", href)) if address else _UNSEEN.sub("", href)
        parts = urlsplit(full)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _LINKS or "\\" in parts.netloc:
        return ""
    if parts.scheme.lower() != "mailto" and not parts.hostname:
        return ""
    return full

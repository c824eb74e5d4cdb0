"""Text and URLs without anything that could harm Qt or a terminal.

Soft hyphens are removed as well: they would break searches and be copied with the text.
"""

import re

_BAD = re.compile(
    "[\xad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]"
)
_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_EITHER = re.compile(f"{_BAD.pattern[:-1]}{_BREAKS.pattern[1:]}")
_STRIPPED = "".join(map(chr, range(0x21)))
"""Characters that browsers strip from both ends of a URL (WHATWG URL Standard)."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_FOLDED = re.compile("[\t\n\r]")
_NO_HOST = re.compile(r"[/?#@%<>^|]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LONGEST_LINE = 500
_PLAIN_LINK = re.compile(
    r"https?://[a-z\d-]+(?:\.[a-z\d-]+)+(?::\d{1,5})?(?:/[!\"$-:<->@-~]*)?(?:\?[!\"$-~]+)?(?:#[!-~]+)?",
    re.ASCII,
)
"""URLs that stay as they are: absolute, in ASCII, without a user name."""

_LINKS = frozenset({"http", "https"})
_MAX_LINK = 8000


def text(raw: str) -> str:
    """Return the text without controls, surrogates and noncharacters, its line ends as ``\\n``."""
    if raw.isascii() and raw.isprintable():
        return raw
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n")
    return _EITHER.sub(_repaired, raw)


def _repaired(match: re.Match[str]) -> str:
    """Return the replacement of a match; one function for both kinds scans a page only once."""
    return "\n" if _BREAKS.match(match[0]) else ""


def spaced(raw: str) -> str:
    """Return the text with each run of white space as one space, as browsers display it."""
    shown = text(raw)
    if "  " not in shown and shown.isprintable():  # nearly always, and quicker to find out
        return shown
    return _SPACE.sub(" ", shown)


def line(raw: str, longest: int = _LONGEST_LINE) -> str:
    """Return a name or title from outside as one line that cannot affect the text around it.

    Line breaks become spaces, and characters that override the direction of text are removed.
    Returns ``""`` if nothing visible is left.
    """
    shown = " ".join(text(_TURNING.sub("", raw[: 8 * longest])).split())
    if not _UNSEEN.sub("", shown):
        return ""
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def link(href: str, address: str = "") -> str:
    """Return a URL that is safe to follow (http, https, mailto, ``#place``), else ``""``.

    ``address`` is the base of relative URLs; without it they are dropped. User names and passwords
    are removed, and a mailto URL keeps only its recipients and subject: a page must not attach
    files or write letters.
    """
    if len(href) <= _MAX_LINK and _PLAIN_LINK.fullmatch(href):
        return href
    from urllib.parse import (
        quote,
        unquote,
        urljoin,
        urlsplit,
    )  # imported only for pages with links

    href = _FOLDED.sub("", href.strip(_STRIPPED))
    if not href or len(href) > _MAX_LINK:
        return ""
    if href.startswith("#"):
        return "#" + _UNSEEN.sub("", href[1:]) if len(href) > 1 else ""
    href = _UNSEEN.sub(lambda match: quote(match[0], errors="replace"), href)
    try:
        full = urljoin(address, href) if address else href
        parts = urlsplit(full)
    except ValueError:
        return ""
    if parts.scheme.lower() == "mailto":
        return _letter(parts.path, parts.query)
    host = _UNSEEN.sub("", unquote(parts.netloc.rpartition("@")[2]))
    # Browsers treat a backslash as a slash; otherwise the host would depend on the program.
    odd = _NO_HOST.search(host) or "\\" in parts.netloc
    if parts.scheme.lower() not in _LINKS or not parts.hostname or odd:
        return ""
    return full if host == parts.netloc else parts._replace(netloc=host).geturl()


def _letter(recipients: str, query: str) -> str:
    """Return a mailto URL with its recipients and its subject alone (RFC 6068)."""
    from urllib.parse import quote, unquote

    fields = [part.partition("=") for part in query.split("&")]
    subject = next((value for name, _, value in fields if name.lower() == "subject"), "")
    to = quote(unquote(recipients), safe="@,!$'*+;:.-_~")
    if not to:
        return ""
    return f"mailto:{to}" + (f"?subject={quote(unquote(subject), safe='')}" if subject else "")

"""The addresses of entries: of the web, or made for texts that have none."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from reader.body import clean
from reader.entries import Entry, Unread
from reader.errors import IngestError
from reader.ingest.urls import both_forms, displayed, site_of
from reader.model import Clipping
from reader.outcomes import Outcome
from reader.reasons import Reason, Remark

_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z\d+.-]*:", re.IGNORECASE)
_PASTED = re.compile(r"paste:[0-9a-f]{64}")
_LONGEST_TITLE = 2_000
_LONGEST_NAME = 200


def addressed(entry: Entry, handed_over: Sequence[str] = ()) -> Entry | Unread:
    """Return an entry with the address by which the library knows it, and with clean words.

    A text that is not from the web gets an address of its own, always the same; without a text,
    such an entry cannot become an article. ``handed_over`` are the ``file:`` addresses of the
    imported files: the texts in them keep theirs.
    """
    if entry.own is not None:  # Reader's own addresses are as they should be
        return entry
    about = entry.clipping
    words = _cleaned(about)
    try:
        address, key = both_forms(about.url.strip())
    except IngestError:
        about = about._replace(**words)
        if entry.text is None:
            return _no_article(entry, about)
        own = _own_address(entry, handed_over)
        return entry._replace(clipping=about._replace(url=own, aliases=()))
    aliases = dict.fromkeys((key, *(each for alias in about.aliases for each in _both(alias))))
    aliases.pop(address, None)
    site = words.pop("site", about.site) or site_of(address)
    about = about._replace(url=address, aliases=tuple(aliases), site=site, **words)
    return entry._replace(clipping=about)


def is_web(entry: Entry) -> bool:
    """Return whether an entry has an address of the web."""
    return entry.clipping.url.startswith(("http://", "https://"))


def name_of(entry: Entry) -> str:
    """Return the title of an entry, else its address for display."""
    return entry.clipping.title or displayed(entry.clipping.url)


def line(text: str, longest: int = _LONGEST_TITLE) -> str:
    """Return a text as one line; most are already."""
    is_line = text.isascii() and text.isprintable() and len(text) <= longest
    return (
        text if is_line and "  " not in text and text == text.strip() else clean.line(text, longest)
    )


def _cleaned(about: Clipping) -> dict[str, Any]:
    """Return the words of an entry that have to change to be shown safely."""
    words: dict[str, Any] = {
        name: kept
        for name in ("title", "byline", "site")
        if (text := getattr(about, name)) and (kept := line(text)) != text
    }
    if about.title and about.title.strip() == about.url.strip():
        words["title"] = ""
    if about.excerpt and (kept := clean.text(about.excerpt)) != about.excerpt:
        words["excerpt"] = kept
    if about.tags and (tags := tuple(filter(None, map(line, about.tags)))) != about.tags:
        words["tags"] = tags
    return words


def _both(alias: str) -> tuple[str, ...]:
    try:
        return both_forms(alias)
    except IngestError:
        return ()


def _own_address(entry: Entry, handed_over: Sequence[str]) -> str:
    """Return an address for a text: that of its file or of this program, else one made of it."""
    url = entry.clipping.url.strip()
    is_file = any(url == each or url.startswith(f"{each.rstrip('/')}/") for each in handed_over)
    if is_file or _PASTED.fullmatch(url):
        return url
    if url:
        told = f"{url}\n{entry.clipping.title}".encode("utf-8", "surrogatepass")
    else:
        told = entry.text.load() if entry.text is not None else b""
    return f"paste:{sha256(told).hexdigest()}"


def _no_article(entry: Entry, about: Clipping) -> Unread:
    url = about.url
    is_other = _OTHER_SCHEME.match(url) is not None
    reason = Reason.NOT_AN_ADDRESS if url else Reason.NO_ADDRESS
    outcome = Outcome.SKIPPED if is_other else Outcome.FAILED
    name = about.title if not url or not is_other else displayed(url[: 4 * _LONGEST_NAME])
    shown = line(name or displayed(url[: 4 * _LONGEST_NAME]), _LONGEST_NAME)
    return Unread(entry.where, outcome, Remark(reason), shown)

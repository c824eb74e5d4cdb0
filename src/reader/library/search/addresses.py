"""Articles found by a URL as people copy it: with another scheme, tracking or a fragment."""

import re
from collections.abc import Iterator

import apsw

from reader.library.articles import add

_PARTS = re.compile(r"https?://(?:www\.)?([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_MOST_PARAMETERS = 12
_STARTS = ("https://", "https://www.", "http://", "http://www.")


def find(connection: apsw.Connection, url: str) -> int | None:
    """Return the article with a URL, or with the most similar one; None if there is none."""
    ids = (add.find(connection, form) for form in _forms(url))
    return next((id for id in ids if id is not None), None)


def _forms(url: str) -> Iterator[str]:
    """Yield the forms of a URL, the most similar first.

    Parameters that only track a reader are added at the end, so they are left out from there.
    """
    yield url
    parts = _PARTS.match(url)
    if parts is None:
        return
    host, path = parts[1].lower(), parts[2].rstrip("/")
    fields = parts[3].split("&")[:_MOST_PARAMETERS] if parts[3] else []
    for count in range(len(fields), -1, -1):
        query = f"?{'&'.join(fields[:count])}" if count else ""
        for start in _STARTS:
            yield f"{start}{host}{path or '/'}{query}"
            if path:
                yield f"{start}{host}{path}/{query}"

"""Redirects by HTML: ``<meta http-equiv="refresh">``."""

import re
from urllib.parse import urljoin

from reader.ingest.decode import decode

_SMALL_BYTES = 8192
"""The greatest size of a page that only redirects; larger pages are articles themselves."""

_AT_ONCE_SECONDS = 5
_CONTENT = re.compile(
    r"""\s*(\d{1,4})(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))""",
    re.IGNORECASE | re.DOTALL,
)


def redirect_target(data: bytes, encoding: str, address: str) -> str:
    """Return the URL that a page redirects to within a few seconds, ``""`` if there is none."""
    if len(data) >= _SMALL_BYTES or b"refresh" not in data.lower():
        return ""
    from reader.ingest.extract.page import parse

    root = parse(decode(data, encoding))
    for meta in [] if root is None else root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            return _followed(meta.get("content") or "", address)
    return ""


def _followed(content: str, address: str) -> str:
    match = _CONTENT.match(content)
    if match is None or int(match[1]) > _AT_ONCE_SECONDS:
        return ""
    try:
        further = urljoin(address, (match[2] or match[3] or match[4] or "").strip())
    except ValueError:
        return ""
    web = further.lower().startswith(("http://", "https://"))
    return further if web and further != address else ""

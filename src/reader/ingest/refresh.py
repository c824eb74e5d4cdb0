"""Redirects by a page instead of a status: ``Refresh``, as a header or as ``<meta>``, and scripts.

A refresh is read as by browsers (https://html.spec.whatwg.org/#attr-meta-http-equiv-refresh). No
script is run: it counts only if it does nothing but go to a URL, on a page without a text.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from reader.ingest.decode import decode
from reader.ingest.urls import is_url, requested_url

if TYPE_CHECKING:
    from reader.ingest.extract.measure import Element

_LARGEST_BYTES = 200_000
_SMALL_BYTES = 8192
"""The greatest size of a page that only redirects, unless it has hardly any text."""

_LITTLE_TEXT = 400
_AT_ONCE_SECONDS = 5
_MAYBE = re.compile(rb"refresh|location", re.IGNORECASE)
_CONTENT = re.compile(
    r"""\s*(?=[\d.])(\d{0,4})(?:\.[\d.]*)?\s*[;,\s]\s*(?:url\s*=\s*)?(?:"([^"]*)|'([^']*)|(.*))""",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "svg"})
_WINDOW = r"(?:(?:window|document|self|top|parent)\s*\.\s*)*"
_TARGET = r"""(?:"((?:[^"\\\n]|\\.){1,4000})"|'((?:[^'\\\n]|\\.){1,4000})')"""
_SCRIPT = re.compile(
    rf"\s*(?:<!--[^\n]*\n)?\s*(?:{_WINDOW}opener\s*=\s*null\s*;\s*)?{_WINDOW}location\s*"
    rf"(?:(?:\.\s*href\s*)?=\s*{_TARGET}|\.\s*(?:replace|assign)\s*\(\s*{_TARGET}\s*\))"
    r"\s*;?\s*(?://\s*)?(?:-->)?\s*"
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def redirect_target(data: bytes, encoding: str, address: str) -> str:
    """Return the URL that a page redirects to within a few seconds, ``""`` if there is none."""
    if len(data) > _LARGEST_BYTES or not _MAYBE.search(data):
        return ""
    from reader.ingest.extract.page import base_of, parse

    root = parse(decode(data, encoding))
    if root is None:
        return ""
    base = base_of(root, address)
    has_text = _has_text(root)
    if len(data) < _SMALL_BYTES or not has_text:
        for content in _refreshes(root):
            return refresh_target(content, base)
    scripts = [] if has_text else [script.text or "" for script in root.iter("script")]
    return _resolved(_of_script(scripts[0]), base) if len(scripts) == 1 else ""


def refresh_target(content: str, base: str) -> str:
    """Return the URL that a refresh leads to within a few seconds, ``""`` if there is none."""
    match = _CONTENT.match(content)
    if match is None or int(match[1] or 0) > _AT_ONCE_SECONDS:
        return ""
    return _resolved(match[2] or match[3] or match[4] or "", base)


def _refreshes(root: "Element") -> Iterator[str]:
    for meta in root.iter("meta"):
        unseen = any(element.tag in _UNSEEN for element in meta.iterancestors())
        if not unseen and (meta.get("http-equiv") or "").strip().lower() == "refresh":
            yield meta.get("content") or ""


def _has_text(root: "Element") -> bool:
    """Return whether a page has more text than a note that it has moved."""
    length = 0
    for element in root.iter():
        own = "" if element.tag in _UNSEEN else element.text
        length += len((own or "").strip()) + len((element.tail or "").strip())
        if length > _LITTLE_TEXT:
            return True
    return False


def _of_script(script: str) -> str:
    """Return the string that a script goes to and does nothing else, ``""`` for other scripts."""
    match = _SCRIPT.fullmatch(script)
    return "" if match is None else _ESCAPE.sub(_character, next(filter(None, match.groups())))


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else match[3]


def _resolved(target: str, base: str) -> str:
    """Return a target as a URL to request, ``""`` if it is none."""
    target = target.strip()
    try:
        further = urljoin(base, target) if target else ""
        return requested_url(further) if is_url(further) else ""
    except ValueError:
        return ""

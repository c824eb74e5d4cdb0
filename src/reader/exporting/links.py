"""Links of exported articles, so that every reader takes them as valid."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

_SCHEMES = ("https", "http", "mailto")
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_BROKEN = re.compile(r"%(?![0-9a-fA-F]{2})")
_HOST = re.compile(
    r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?", re.I
)
_NUMBER = re.compile(r"(?:[^.]*\.)*[0-9]\w*\.?")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)", re.ASCII)


@lru_cache(4096)
def valid(address: str) -> str:
    """Return an address in ASCII as RFC 3986 has it, ``""`` if it can be none."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES:
        return ""
    if parts.scheme == "mailto":
        return f"mailto:{_quoted(parts.path)}" + (f"?{_quoted(parts.query)}" if parts.query else "")
    host = _host(parts.hostname or "")
    if not host:
        return ""
    place = f"{parts.scheme}://{host}{'' if port is None else f':{port}'}{_quoted(parts.path)}"
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    return place + query + (f"#{_quoted(parts.fragment)}" if parts.fragment else "")


def _host(name: str) -> str:
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return ""
    if _NUMBER.fullmatch(name) and name.rsplit(".", 1)[-1].isdecimal():
        return name if _IPV4.fullmatch(name) else ""
    return name if _HOST.fullmatch(name) else ""


def _quoted(part: str) -> str:
    kept = _KEPT.replace("#", "").replace("[", "").replace("]", "")
    return _BROKEN.sub("%25", quote(part, safe=kept, errors="replace"))

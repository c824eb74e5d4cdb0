"""Cookies within one download, for sites that check whether they are kept."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_COOKIE = re.compile(r"([!#$%&'*+.^`|~\w-]{1,256})=([\x21-\x3a\x3c-\x7e]{0,4096})", re.ASCII)
_MOST = 50


class Cookies:
    """The cookies set during one download; each returns only to its own host and scheme."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def keep(self, address: str, lines: Sequence[str]) -> None:
        """Store the cookies of the ``Set-Cookie`` lines of a response."""
        for line in lines:
            match = _COOKIE.fullmatch(line.partition(";")[0].strip())
            if match and len(self._kept) < _MOST:
                self._kept[_jar(address), match[1]] = match[2]

    def header(self, address: str) -> dict[str, str]:
        """Return the cookie header for a request to a URL."""
        jar = _jar(address)
        pairs = "; ".join(
            f"{name}={value}" for (at, name), value in self._kept.items() if at == jar
        )
        return {"Cookie": pairs} if pairs else {}


def _jar(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"

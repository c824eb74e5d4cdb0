"""Cookies from one hop of a fetch to the next, for sites that ask whether they are kept."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

_COOKIE = re.compile(r"([!#$%&'*+.^`|~\w-]{1,256})=([\x21-\x3a\x3c-\x7e]{0,4096})", re.ASCII)
_MOST = 50


class Cookies:
    """What hosts set during one fetch; each goes back to the very host and scheme it came from."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def keep(self, address: str, lines: Sequence[str]) -> None:
        """Keep what the ``Set-Cookie`` lines of an answer say."""
        for line in lines:
            found = _COOKIE.fullmatch(line.partition(";")[0].strip())
            if found and len(self._kept) < _MOST:
                self._kept[_jar(address), found[1]] = found[2]

    def header(self, address: str) -> dict[str, str]:
        """Return the header to ask an address with."""
        jar = _jar(address)
        told = "; ".join(f"{name}={value}" for (at, name), value in self._kept.items() if at == jar)
        return {"Cookie": told} if told else {}


def _jar(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"

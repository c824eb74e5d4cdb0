"""Cookies within one download, for sites that check whether they are kept (RFC 6265).

The jar of the standard library decides about hosts, paths and expiry. It lives as long as the
download, and nothing of it is stored.
"""

from collections.abc import Sequence
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

_MOST = 50
_MOST_BYTES = 4096
"""The greatest size of a cookie, and of all in one request: servers refuse longer headers."""


class Cookies:
    """The cookies set during one download."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def keep(self, address: str, lines: Sequence[str]) -> None:
        """Store the cookies of the ``Set-Cookie`` lines of a response."""
        usable = [line for line in lines if _is_usable(line)][:_MOST]
        if not usable:
            return
        if self._jar is None:
            self._jar = _empty_jar()
        answer: Any = _Headers(usable)
        asked: Any = _Asked(address)
        self._jar.extract_cookies(answer, asked)

    def header(self, address: str) -> dict[str, str]:
        """Return the cookie header for a request to a URL."""
        if self._jar is None:
            return {}
        asked: Any = _Asked(address)
        self._jar.add_cookie_header(asked)
        pairs, length = [], 0
        for pair in asked.told.split("; "):
            length += len(pair) + 2
            if pair and length <= _MOST_BYTES:
                pairs.append(pair)
        return {"Cookie": "; ".join(pairs)} if pairs else {}


def _is_usable(line: str) -> bool:
    return line.isascii() and line.isprintable() and len(line) <= _MOST_BYTES


def _empty_jar() -> "CookieJar":
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    # By default a cookie without a domain is sent to the subdomains of its host as well.
    own_host = DefaultCookiePolicy.DomainStrictNonDomain
    return CookieJar(DefaultCookiePolicy(rfc2965=False, strict_ns_domain=own_host))


class _Headers:
    """The headers of a response, as the jar asks for them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._message = Message()
        for line in lines:
            self._message["Set-Cookie"] = line

    def info(self) -> Message:
        """Return the headers."""
        return self._message


class _Asked:
    """A request, as the jar asks about it; ``told`` is the header that the jar makes."""

    unverifiable = False

    def __init__(self, address: str) -> None:
        self._address, self.told = address, ""
        self.type = urlsplit(address).scheme
        self.host = self.origin_req_host = urlsplit(address).hostname or ""

    def get_full_url(self) -> str:
        """Return the URL."""
        return self._address

    def has_header(self, _: str) -> bool:
        """Return that no cookie is there yet."""
        return False

    def get_header(self, _: str, default: str = "") -> str:
        """Return the default: the host is in the URL."""
        return default

    def add_unredirected_header(self, _: str, value: str) -> None:
        """Take the header."""
        self.told = value

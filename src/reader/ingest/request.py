"""A request to one host: its URL, its headers, and its limits."""

import base64
import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from reader import __version__
from reader.ingest.cookies import Cookies
from reader.ingest.urls import PORTS, Login, server_of

_AGENT = (
    f"Mozilla/5.0 (compatible; Reader/{__version__}; "
    "an offline article reader, fetches what a person asked for)"
)
"""Many sites refuse programs that do not say they are compatible with Mozilla."""

_ENCODINGS = {"http": "gzip, deflate", "https": "gzip, deflate, br, zstd"}
"""As in browsers: old proxies damage codings they do not know where they can see them."""

_CLOSE_SECONDS = 0.05


class Validators(NamedTuple):
    """The validators of a page: its URL, ETag and Last-Modified."""

    address: str
    tag: str
    date: str


class Request(NamedTuple):
    """One hop: its URL, whether the user typed its host and port, and its limits.

    ``silent`` are the hosts that did not answer before, as ``host:port``; ``referrer`` is the page
    that a picture belongs to.
    """

    address: str
    trusted: bool
    accept: str
    most: int | None
    until: float
    validators: Validators | None
    login: Login | None
    cookies: Cookies
    silent: set[str]
    referrer: str = ""

    @property
    def host(self) -> str:
        """Return the host."""
        return urlsplit(self.address).hostname or ""

    @property
    def secure(self) -> bool:
        """Return whether it is https."""
        return self.address.startswith("https:")

    @property
    def port(self) -> int:
        """Return the port."""
        return urlsplit(self.address).port or PORTS[urlsplit(self.address).scheme]

    @property
    def place(self) -> str:
        """Return the host and the port as in ``silent``."""
        return f"{self.host}:{self.port}"

    @property
    def is_late(self) -> bool:
        """Return whether the deadline has passed."""
        return time.monotonic() >= self.until - _CLOSE_SECONDS

    def head(self, to_proxy: Mapping[str, str] | None) -> bytes:
        """Return the bytes to send; ``to_proxy`` are headers for a proxy that reads them."""
        whole = self.address.partition("#")[0]
        scheme, _, rest = whole.partition("://")
        host, slash, path = rest.partition("/")
        headers = {
            "Host": host, "User-Agent": _AGENT, "Accept": self.accept,
            "Accept-Encoding": _ENCODINGS[scheme], "Connection": "close",
            **self._if_changed(), **self._authorization(), **self.cookies.header(self.address),
            **self._referer(), **(to_proxy or {}),
        }  # fmt: skip
        lines = [f"GET {slash + path if to_proxy is None else whole} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()

    def _if_changed(self) -> dict[str, str]:
        tag, date = self.validators[1:] if self.validators else ("", "")
        wanted = {"If-None-Match": tag, "If-Modified-Since": date}
        return {name: value for name, value in wanted.items() if value}

    def _referer(self) -> dict[str, str]:
        """Return what is told about the page: all of its URL to its own origin, else the origin.

        This is what browsers do by default (Referrer Policy, strict-origin-when-cross-origin).
        """
        page = urlsplit(self.referrer)
        if not page.netloc or (page.scheme == "https" and not self.secure):
            return {}
        if server_of(self.referrer) == server_of(self.address):
            return {"Referer": self.referrer.partition("#")[0]}
        return {"Referer": f"{page.scheme}://{page.netloc}/"}

    def _authorization(self) -> dict[str, str]:
        if self.login is None or self.login.place != server_of(self.address):
            return {}
        secret = base64.b64encode(f"{self.login.name}:{self.login.password}".encode()).decode()
        return {"Authorization": f"Basic {secret}"}

"""The proxy named by the operating system, if any; nothing is configured here."""

import base64
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from reader.errors import IngestError

_USUAL_PORT = 8080


class Proxy(NamedTuple):
    """A machine that forwards requests, and the credentials for it."""

    host: str
    port: int
    headers: dict[str, str]


def proxy_for(address: str) -> Proxy | None:
    """Return the proxy for a URL, None if there is none.

    It comes from ``http_proxy``, ``https_proxy``, ``all_proxy`` and ``no_proxy``, and on macOS and
    Windows from the system. Raises IngestError if its protocol is not supported.
    """
    from urllib.request import getproxies, proxy_bypass  # slow to import, and rarely needed

    parts = urlsplit(address)
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all")
    return _read(proxy) if proxy and not proxy_bypass(parts.netloc) else None


def _read(address: str) -> Proxy:
    """Return the proxy of a URL; a user name and password become a header."""
    whole = address if "://" in address else f"http://{address}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port or _USUAL_PORT
    except ValueError as error:
        raise _wrong("an invalid URL") from error
    if parts.scheme.lower() != "http" or not host:
        raise _wrong(f"{parts.scheme}://{host}")  # never with its password
    if parts.username is None:
        return Proxy(host, port, {})
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    secret = base64.b64encode(pair.encode()).decode()
    return Proxy(host, port, {"Proxy-Authorization": f"Basic {secret}"})


def _wrong(shown: str) -> IngestError:
    return IngestError(
        f"The proxy of this computer ({shown}) is not supported by Reader; "
        "use one that begins with http://, or name the site in no_proxy."
    )

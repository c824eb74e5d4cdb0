"""The network, all of it: one guarded way to fetch a page or a picture.

Only http and https. Every hop is judged anew: the host is looked up once, its addresses are
judged, and the connection goes to exactly one of those, so that a name cannot mean another
machine a moment later. Nothing goes to this computer or the local network unless a person
typed that very host. There is one deadline over everything, and bounds for what comes, packed
and unpacked. No cookies, no netrc, no proxy, no referrer.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from reader import __version__
from reader.errors import IngestError
from reader.ingest.address import normal

MOST_HOPS = 10
PAGE_BYTES, PICTURE_BYTES = 20_000_000, 30_000_000
_UNPACKED = 2
_DEADLINE_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_PIECE = 65_536
_AGENT = f"Reader/{__version__} (an offline article reader; fetches what a person asked for)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_META = re.compile(
    rb"""<meta[^>]{0,200}http-equiv\s*=\s*["']?refresh["']?[^>]{0,200}content\s*=\s*["']?\s*(\d{1,2})\s*;\s*url\s*=\s*['"]?([^"'>\s]+)""",
    re.IGNORECASE,
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")

Resolve = Callable[[str, int], list[str]]


class Unreachable(IngestError):
    """There is no way to the site now; it may be tried again later."""


class Fetched(NamedTuple):
    """What came: from where at last, its media type and encoding, and whether it is whole."""

    address: str
    data: bytes
    media_type: str
    encoding: str
    whole: bool


def fetch(
    address: str,
    *,
    most: int = PAGE_BYTES,
    typed: bool = False,
    accept: str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    seconds: float = _DEADLINE_SECONDS,
) -> Fetched:
    """Return what an address gives. Raises Unreachable, or IngestError with the reason.

    ``typed`` says that a person typed this very host: then it may be one of the local network.
    """
    until = time.monotonic() + seconds
    trusted = urlsplit(normal(address)).hostname if typed else None
    for _ in range(MOST_HOPS + 1):
        address = normal(address)
        host = urlsplit(address).hostname or ""
        answer = _ask(address, host == trusted, accept, most, until)
        if isinstance(answer, str):
            address = answer
            continue
        further = _refreshed(answer)
        if not further:
            return answer
        address = further
    raise IngestError(f"{urlsplit(address).hostname} sends from page to page without end.")


def _refreshed(answer: Fetched) -> str:
    """Return where a page sends a browser at once, ``""`` where it does not."""
    found = _META.search(answer.data[:4096]) if len(answer.data) < 8192 else None
    if found is None or int(found[1]) > 5 or "html" not in answer.media_type:
        return ""
    further = urljoin(answer.address, found[2].decode("utf-8", "replace").replace("&amp;", "&"))
    return (
        further
        if further.lower().startswith(("http://", "https://")) and further != answer.address
        else ""
    )


# ---- one hop


def _ask(address: str, trusted: bool, accept: str, most: int, until: float) -> Fetched | str:
    """Return what one address answers, or the address it sends to."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connected(parts.scheme, host, port, trusted, until)
    alarm = threading.Timer(max(0.01, until - time.monotonic()), _hang_up, (connection,))
    alarm.daemon = True
    alarm.start()
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Host": parts.netloc, "User-Agent": _AGENT, "Accept": accept,
            "Accept-Encoding": "gzip, deflate", "Connection": "close",
        }  # fmt: skip
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as response:
            return _answer(address, response, most, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= until - 0.05:
            raise Unreachable(f"{host} takes too long; it will be tried again.") from error
        raise Unreachable(f"{host} does not answer as it should; try again later.") from error
    finally:
        alarm.cancel()
        connection.close()


def _hang_up(connection: http.client.HTTPConnection) -> None:
    held = connection.sock
    if held is not None:
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:
            held.close()


def _connected(
    scheme: str, host: str, port: int, trusted: bool, until: float
) -> http.client.HTTPConnection:
    trouble: Exception | None = None
    for found in _judged(host, port, trusted):
        left = min(_CONNECT_SECONDS, until - time.monotonic())
        if left <= 0:
            break
        try:
            held = socket.create_connection((found, port), timeout=left)
        except OSError as error:
            trouble = error
            continue
        held.settimeout(max(0.5, until - time.monotonic()))
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _secured(held, host) if scheme == "https" else held
        return connection
    raise Unreachable(f"There is no way to {host} now; it will be tried again.") from trouble


def _secured(held: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(held, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        held.close()
        why = error.verify_message or "it cannot be verified"
        raise IngestError(
            f"The certificate of {host} is wrong: {why}. Nothing was fetched."
        ) from error
    except (OSError, ssl.SSLError, ValueError) as error:
        held.close()
        raise Unreachable(f"No safe connection to {host} could be made.") from error


def _judged(host: str, port: int, trusted: bool) -> list[str]:
    """Return the addresses of a host that may be asked. Raises Unreachable or IngestError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"There is no way to {host} now; it will be tried again.") from error
    known = list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))
    public = [each for each in known if trusted or is_public(each)]
    if known and not public:
        raise IngestError(
            f"{host} is on this computer or the local network; it is asked only if you type it."
        )
    return public


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open network, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found in _SIX_TO_FOUR:
            inner = ipaddress.IPv4Address((int(found) >> 80) & 0xFFFFFFFF)
        elif found in _TEREDO:
            return False
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_loopback or found.is_unspecified
    )


# ---- what is answered


def _answer(
    address: str, response: http.client.HTTPResponse, most: int, until: float
) -> Fetched | str:
    host = urlsplit(address).hostname
    if response.status in _REDIRECTS and (where := response.getheader("Location")):
        return urljoin(address, where.strip())
    if response.status in (404, 410):
        raise IngestError(f"{host} has no such page any longer ({response.status}).")
    if response.status in (401, 403, 451):
        raise IngestError(
            f"{host} does not give this page to us ({response.status}); save it in your browser "
            "and add the file."
        )
    if response.status in (408, 425, 429) or response.status >= 500:
        raise Unreachable(f"{host} cannot answer now ({response.status}); it will be tried again.")
    if response.status != 200:
        raise IngestError(f"{host} answered with {response.status}; there is no page.")
    kind = (response.getheader("Content-Type") or "").lower()
    data, whole = _body(response, most, until, host or "")
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", kind)
    return Fetched(address, data, kind.partition(";")[0].strip(), found[1] if found else "", whole)


def _body(
    response: http.client.HTTPResponse, most: int, until: float, host: str
) -> tuple[bytes, bool]:
    """Return the unpacked body, and whether it is all there. Raises IngestError past the bounds."""
    packing = (response.getheader("Content-Encoding") or "").lower().strip()
    unpack = _unpacker(packing)
    raw = size = 0
    pieces: list[bytes] = []
    whole = True
    while True:
        if time.monotonic() >= until:
            raise Unreachable(f"{host} takes too long; it will be tried again.")
        try:
            piece = response.read1(_PIECE)
        except (http.client.IncompleteRead, ConnectionError, TimeoutError):
            whole = False
            break
        if not piece:
            break
        raw += len(piece)
        made = unpack(piece, most * _UNPACKED - size)
        size += len(made)
        if raw > most or size >= most * _UNPACKED:
            raise IngestError(
                f"What {host} sends is larger than {most // 1_000_000} MB; it was not kept."
            )
        pieces.append(made)
    said = response.getheader("Content-Length")
    if said and said.isdecimal() and raw < int(said):
        whole = False
    return b"".join(pieces), whole


def _unpacker(packing: str) -> Callable[[bytes, int], bytes]:
    if packing in ("", "identity"):
        return lambda piece, _left: piece
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise IngestError(f"The page is packed in a way we did not ask for ({packing}).")
    held = [zlib.decompressobj(47)]
    tried = [False]

    def unpack(piece: bytes, left: int) -> bytes:
        try:
            made = held[0].decompress(piece, max(1, left))
        except zlib.error as error:
            if packing != "deflate" or tried[0]:
                raise IngestError("What came is packed wrongly; it cannot be read.") from error
            held[0] = zlib.decompressobj(-15)  # as some servers write it
            tried[0] = True
            return unpack(piece, left)
        tried[0] = True
        return made

    return unpack

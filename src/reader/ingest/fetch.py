"""The network, all of it: one guarded way to fetch a page, a picture or a file.

Only http and https. Every hop is judged anew: the host is looked up once, its addresses are
judged, and the connection goes to exactly one of those, so that a name cannot mean another
machine a moment later. Nothing goes to this computer or the local network unless a person
typed that very host. There is one deadline over everything, and bounds for what comes, packed
and unpacked. No cookies, no netrc, no referrer. Where the system names a proxy it is asked
instead; it looks the name up itself, so that only what the name tells here can be judged.
"""

import http.client
import re
import socket
import ssl
import threading
import time
from functools import cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from reader import __version__
from reader.errors import IngestError
from reader.ingest.address import is_local, is_public, normal
from reader.ingest.proxy import Proxy, proxy_for
from reader.ingest.unpack import unpacker

MOST_HOPS = 10
PAGE_BYTES, PICTURE_BYTES, FILE_BYTES = 20_000_000, 30_000_000, 60_000_000
_UNPACKED = 2
_DEADLINE_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_PIECE = 65_536
_LONGEST_VALIDATOR = 500
_AGENT = f"Reader/{__version__} (an offline article reader; fetches what a person asked for)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = ("text/", "application/xhtml", "application/xml", "application/json")
_META = re.compile(
    rb"""<meta[^>]{0,200}http-equiv\s*=\s*["']?refresh["']?[^>]{0,200}content\s*=\s*["']?\s*(\d{1,2})\s*;\s*url\s*=\s*['"]?([^"'>\s]+)""",
    re.IGNORECASE,
)


class Unreachable(IngestError):
    """There is no way to the site now; it may be tried again later."""


class Validators(NamedTuple):
    """What a site knows the state of a page by: its address, its ETag, its Last-Modified."""

    address: str
    tag: str
    date: str


class Fetched(NamedTuple):
    """What came: from where at last, its media type and encoding, and whether it is whole.

    ``unchanged`` says that it is still what its validators stood for; then ``data`` is empty.
    """

    address: str
    data: bytes
    media_type: str
    encoding: str
    whole: bool
    validators: Validators | None = None
    unchanged: bool = False


class _Question(NamedTuple):
    """One address to ask, as the person meant it, and the bounds of the answer."""

    address: str
    trusted: bool
    accept: str
    most: int | None
    until: float
    validators: Validators | None

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def secure(self) -> bool:
        return self.address.startswith("https:")

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or (443 if self.secure else 80)


def fetch(
    address: str,
    *,
    most: int | None = None,
    typed: bool = False,
    accept: str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    seconds: float = _DEADLINE_SECONDS,
    validators: Validators | None = None,
) -> Fetched:
    """Return what an address gives. Raises Unreachable, or IngestError with the reason.

    ``typed`` says that a person typed this very host: then it may be one of the local network.
    ``most`` bounds the bytes; left out, a file may be larger than a picture, and that than a page.
    ``validators`` are those of what is there already; only the address they are of is told them.
    """
    until = time.monotonic() + seconds
    trusted = urlsplit(normal(address)).hostname if typed else None
    for _ in range(MOST_HOPS + 1):
        address = normal(address)
        told = validators if validators and validators.address == address else None
        host = urlsplit(address).hostname or ""
        answer = _ask(_Question(address, host == trusted, accept, most, until, told))
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


def _ask(question: _Question) -> Fetched | str:
    """Return what one address answers, or the address it sends to."""
    host, until = question.host, question.until
    proxy = _proxy(question)
    connection = _connected(question, proxy)
    alarm = threading.Timer(max(0.01, until - time.monotonic()), _hang_up, (connection,))
    alarm.daemon = True
    alarm.start()
    try:
        if question.secure:
            if proxy:
                _tunnel(connection.sock, question, proxy)
            _secure(connection, host)
        connection.request("GET", _target(question, proxy), headers=_headers(question, proxy))
        with connection.getresponse() as response:
            return _answer(question, response)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= until - 0.05:
            raise Unreachable(f"{host} takes too long; it will be tried again.") from error
        raise Unreachable(f"{host} does not answer as it should; try again later.") from error
    finally:
        alarm.cancel()
        connection.close()


def _target(question: _Question, proxy: Proxy | None) -> str:
    if proxy and not question.secure:
        return question.address
    parts = urlsplit(question.address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _headers(question: _Question, proxy: Proxy | None) -> dict[str, str]:
    headers = {
        "Host": urlsplit(question.address).netloc, "User-Agent": _AGENT,
        "Accept": question.accept, "Accept-Encoding": "gzip, deflate", "Connection": "close",
    }  # fmt: skip
    if question.validators and question.validators.tag:
        headers["If-None-Match"] = question.validators.tag
    if question.validators and question.validators.date:
        headers["If-Modified-Since"] = question.validators.date
    # Through a tunnel the site itself would read what lets us into the proxy.
    return headers | (proxy.headers if proxy and not question.secure else {})


def _hang_up(connection: http.client.HTTPConnection) -> None:
    held = connection.sock
    if held is not None:
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:
            held.close()


# ---- the way to it


def _proxy(question: _Question) -> Proxy | None:
    """Return the proxy to ask; what is local is never asked through another machine.

    Raises IngestError where the host is local and nobody typed it.
    """
    host = question.host
    if is_local(host):
        if not question.trusted:
            raise _refused(host)
        return None
    proxy = proxy_for(question.address)
    if proxy and not question.trusted:
        try:
            known = _looked_up(host, question.port)
        except Unreachable:
            return proxy  # it may know more names than this computer
        if not any(is_public(each) for each in known):
            raise _refused(host)
    return proxy


def _connected(question: _Question, proxy: Proxy | None) -> http.client.HTTPConnection:
    host, port = (proxy.host, proxy.port) if proxy else (question.host, question.port)
    trouble: Exception | None = None
    for found in _looked_up(host, port) if proxy else _judged(question):
        left = min(_CONNECT_SECONDS, question.until - time.monotonic())
        if left <= 0:
            break
        try:
            held = socket.create_connection((found, port), timeout=left)
        except OSError as error:
            trouble = error
            continue
        held.settimeout(max(0.5, question.until - time.monotonic()))
        connection = http.client.HTTPConnection(host, port)
        connection.sock = held
        return connection
    named = f"the proxy {host}" if proxy else host
    raise Unreachable(f"There is no way to {named} now; it will be tried again.") from trouble


def _judged(question: _Question) -> list[str]:
    """Return the addresses of a host that may be asked. Raises Unreachable or IngestError."""
    known = _looked_up(question.host, question.port)
    public = [each for each in known if question.trusted or is_public(each)]
    if known and not public:
        raise _refused(question.host)
    return public


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"There is no way to {host} now; it will be tried again.") from error
    return list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))


def _refused(host: str) -> IngestError:
    return IngestError(
        f"{host} is on this computer or the local network; it is asked only if you type it."
    )


def _tunnel(held: socket.socket, question: _Question, proxy: Proxy) -> None:
    """Have a proxy connect us through to the host."""
    place = f"[{question.host}]" if ":" in question.host else question.host
    lines = [f"CONNECT {place}:{question.port} HTTP/1.1", f"Host: {place}:{question.port}"]
    lines += [f"{name}: {value}" for name, value in proxy.headers.items()]
    held.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii"))
    answer = http.client.HTTPResponse(held, method="CONNECT")
    try:
        answer.begin()
    finally:
        answer.close()
    if answer.status == 407:
        raise _shut_out()
    if answer.status != 200:
        raise Unreachable(
            f"The proxy {proxy.host} does not let us through to {question.host} "
            f"({answer.status}); it will be tried again."
        )


@cache
def _context() -> ssl.SSLContext:
    """Return what judges certificates: to load all of them takes as long as a small picture."""
    return ssl.create_default_context()


def _secure(connection: http.client.HTTPConnection, host: str) -> None:
    try:
        held = _context().wrap_socket(
            connection.sock, server_hostname=host, do_handshake_on_connect=False
        )
        connection.sock = held  # before the first word, so that the alarm can hang up
        held.do_handshake()
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message or "it cannot be verified"
        raise IngestError(
            f"The certificate of {host} is wrong: {why}. Nothing was fetched."
        ) from error
    except (OSError, ssl.SSLError, ValueError) as error:
        raise Unreachable(f"No safe connection to {host} could be made.") from error


def _shut_out() -> IngestError:
    return IngestError(
        "The proxy wants a name and a password (407); write them into its address, "
        "as in http://name:password@proxy:8080."
    )


# ---- what is answered


def _answer(question: _Question, response: http.client.HTTPResponse) -> Fetched | str:
    address, host = question.address, question.host
    if response.status in _REDIRECTS and (where := response.getheader("Location")):
        return urljoin(address, where.strip())
    if response.status == 304 and question.validators:
        return Fetched(address, b"", "", "", True, question.validators, unchanged=True)
    _refuse(response.status, host)
    kind = (response.getheader("Content-Type") or "").lower()
    media_type = kind.partition(";")[0].strip()
    data, whole = _body(response, question.most or most_of(media_type), question.until, host)
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", kind)
    encoding = found[1] if found else ""
    # What came in part must not count as known: the rest would never come.
    validators = _validators(address, response) if whole else None
    return Fetched(address, data, media_type, encoding, whole, validators)


def _refuse(status: int, host: str) -> None:
    """Raise Unreachable or IngestError where an answer is no page."""
    if status == 407:
        raise _shut_out()
    if status in (404, 410):
        raise IngestError(f"{host} has no such page any longer ({status}).")
    if status in (401, 403, 451):
        raise IngestError(
            f"{host} does not give this page to us ({status}); save it in your browser "
            "and add the file."
        )
    if status in (408, 425, 429) or status >= 500:
        raise Unreachable(f"{host} cannot answer now ({status}); it will be tried again.")
    if status not in (200, 203):  # 203: a proxy has changed something
        raise IngestError(f"{host} answered with {status}; there is no page.")


def most_of(media_type: str) -> int:
    """Return how many bytes of a media type are taken: of files more than of pages."""
    if media_type.startswith("image/"):
        return PICTURE_BYTES
    is_file = media_type.startswith("application/") and not media_type.startswith(_PAGES)
    return FILE_BYTES if is_file else PAGE_BYTES


def _validators(address: str, response: http.client.HTTPResponse) -> Validators | None:
    """Return what an answer can be asked for again by, None where it says nothing usable."""
    said = [response.getheader(name) or "" for name in ("ETag", "Last-Modified")]
    tag, date = (each if _is_usable(each) else "" for each in said)
    return Validators(address, tag, date) if tag or date else None


def _is_usable(value: str) -> bool:
    return value.isprintable() and len(value) <= _LONGEST_VALIDATOR


def _body(
    response: http.client.HTTPResponse, most: int, until: float, host: str
) -> tuple[bytes, bool]:
    """Return the unpacked body, and whether it is all there. Raises IngestError past the bounds."""
    packing = (response.getheader("Content-Encoding") or "").lower().strip()
    unpack = unpacker(packing)
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

"""All network access: one guarded way to download a page, a picture or a file.

Only http and https. Each hop is checked separately: the host is resolved once, its addresses are
checked, and the connection goes to one of exactly those, so that a name cannot point to another
machine a moment later. Nothing connects to this computer, the local network or the port of another
service, unless the user typed that very host and port. There is one deadline for everything, and
there are limits for packed and unpacked sizes. No netrc; cookies only within one download; the page
that a picture belongs to is named only as far as browsers do by default; a user name and password
only for the place they were typed for. If the system names a proxy, it is used and resolves the
host itself, so that only the name can be checked here.
"""

import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from functools import cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from reader.errors import IngestError
from reader.ingest import refusals
from reader.ingest.cookies import Cookies
from reader.ingest.proxy import Proxy, proxy_for
from reader.ingest.refresh import redirect_target, refresh_target
from reader.ingest.refusals import Unreachable
from reader.ingest.request import Request, Validators
from reader.ingest.response import BadResponse, Response
from reader.ingest.unpack import Unpacker
from reader.ingest.urls import (
    Login,
    document_fragment,
    is_blocked,
    is_local,
    is_public,
    login_of,
    origin_of,
    requested_url,
)
from reader.model import FailureKind

MOST_HOPS = 10
PAGE_BYTES, PICTURE_BYTES, FILE_BYTES = 20_000_000, 30_000_000, 60_000_000
_UNPACKED = 2
_DEADLINE_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_STALLED_SECONDS = 5.0
_LONGEST_VALIDATOR = 500
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GATEWAY = frozenset({502, 504})
_PAGES = ("text/", "application/xhtml", "application/xml", "application/json")


class Fetched(NamedTuple):
    """A response: its final URL, media type and encoding, and whether it is complete.

    ``unchanged`` means that the server confirmed the validators; then ``data`` is empty.
    ``refresh`` is the URL that its header redirects to.
    """

    address: str
    data: bytes
    media_type: str
    encoding: str
    whole: bool
    validators: Validators | None = None
    unchanged: bool = False
    refresh: str = ""


def fetch(
    address: str,
    *,
    most: int | None = None,
    allow_private_network: bool = False,
    login: Login | None = None,
    silent: set[str] | None = None,
    accept: str = _ACCEPT,
    seconds: float = _DEADLINE_SECONDS,
    validators: Validators | None = None,
    referrer: str = "",
) -> Fetched:
    """Download a URL. Raises Unreachable, or IngestError with the reason.

    ``allow_private_network`` is for a host and port that the user typed: they may be on the local
    network, and a user name and password in the URL are sent; ``login`` is used if the URL has
    none. Hosts that do not answer are added to ``silent``, and not contacted if they are in it.
    ``most`` limits the bytes; by default the limit depends on the media type. ``validators`` are
    those of the previous response and only sent to their URL; ``referrer`` is the page that a
    picture belongs to.
    """
    until = time.monotonic() + seconds
    login = login or (login_of(address) if allow_private_network else None)
    trusted = origin_of(requested_url(address)) if allow_private_network else None
    silent = set() if silent is None else silent
    request = Request("", False, accept, most, until, None, login, Cookies(), silent, referrer)
    shown: Fetched | None = None
    for _ in range(MOST_HOPS + 1):
        address = requested_url(address)
        own_validators = validators if validators and validators.address == address else None
        is_trusted = origin_of(address) == trusted
        request = request._replace(address=address, trusted=is_trusted, validators=own_validators)
        had = request.cookies.header(address)
        answer = _ask(request)
        if isinstance(answer, Fetched):
            further = _further(answer)
            # A page that sends to itself may only want its cookie back.
            if not further or (further == address and request.cookies.header(address) == had):
                return answer
            shown, answer = shown or answer, further
        # A redirect inherits the fragment (Fetch standard).
        address = answer if "#" in answer else answer + document_fragment(address)
    if shown is not None:  # a series of pages that turn by themselves
        return shown
    raise IngestError(f"{urlsplit(address).hostname} redirects without end.")


def _further(answer: Fetched) -> str:
    """Return the URL that a page redirects to by itself, ``""`` if there is none."""
    if answer.refresh:
        return answer.refresh
    is_page = "html" in answer.media_type
    return redirect_target(answer.data, answer.encoding, answer.address) if is_page else ""


# ---- one hop


class _Line:
    """A connection that another thread can close."""

    def __init__(self, held: socket.socket) -> None:
        self.held = held

    def hang_up(self) -> None:
        with suppress(OSError):
            # The timeout of the inner socket: a TLS socket would lose its encryption.
            socket.socket.shutdown(self.held, socket.SHUT_RDWR)


def _ask(request: Request) -> Fetched | str:
    """Return the response of one URL, or the URL that it redirects to."""
    host, until = request.host, request.until
    if request.place in request.silent:
        raise refusals.no_way(host)
    proxy = _proxy(request)
    line = _connected(request, proxy)
    alarm = threading.Timer(max(0.01, until - time.monotonic()), line.hang_up)
    alarm.daemon = True
    alarm.start()
    try:
        _send(line, request, proxy)
        with line.held.makefile("rb") as stream:
            response = Response(stream, line.held.settimeout)
            if proxy and response.status in _GATEWAY:
                request.silent.add(request.place)
            return _answer(request, response)
    except (OSError, ValueError) as error:
        if request.is_late:
            request.silent.add(request.place)
            raise refusals.too_long(host) from error
        text = f"{host} sent an invalid response; try again later."
        raise Unreachable(text, FailureKind.SERVER) from error
    finally:
        alarm.cancel()
        line.held.close()


def _send(line: _Line, request: Request, proxy: Proxy | None) -> None:
    """Send the request, through a tunnel and encrypted if necessary."""
    if request.secure:
        if proxy:
            _tunnel(line.held, request, proxy)
        _secure(line, request)
    # Through a tunnel, the site itself would read the credentials of the proxy.
    line.held.sendall(request.head(proxy.headers if proxy and not request.secure else None))


# ---- the way to it


def _proxy(request: Request) -> Proxy | None:
    """Return the proxy to use; local hosts are never contacted through another machine.

    Raises IngestError if the host is local, or the port belongs to another service, and the user
    did not type it.
    """
    host = request.host
    if is_blocked(request.port) and not request.trusted:
        raise refusals.blocked(host, request.port)
    if is_local(host):
        if not request.trusted:
            raise refusals.refused(host)
        return None
    proxy = proxy_for(request.address)
    if proxy and not request.trusted:
        try:
            known = _looked_up(host, request.port)
        except Unreachable:
            return proxy  # the proxy may know more names than this computer
        if not any(is_public(address) for address in known):
            raise refusals.refused(host)
    return proxy


def _connected(request: Request, proxy: Proxy | None) -> _Line:
    host, port = (proxy.host, proxy.port) if proxy else (request.host, request.port)
    named, place = (f"The proxy {host}" if proxy else host), f"{host}:{port}"
    if place in request.silent:
        raise refusals.no_way(named)
    trouble: Exception | None = None
    try:
        for ip in _looked_up(host, port) if proxy else _judged(request):
            left = min(_CONNECT_SECONDS, request.until - time.monotonic())
            if left <= 0:
                break
            try:
                held = socket.create_connection((ip, port), timeout=left)
            except OSError as error:
                trouble = error
                continue
            held.settimeout(max(0.5, request.until - time.monotonic()))
            return _Line(held)
    except Unreachable as error:
        trouble = error
    request.silent.add(place)
    raise refusals.no_way(named) from trouble


def _judged(request: Request) -> list[str]:
    """Return the permitted IP addresses of a host. Raises Unreachable or IngestError."""
    known = _looked_up(request.host, request.port)
    public = [address for address in known if request.trusted or is_public(address)]
    if known and not public:
        raise refusals.refused(request.host)
    return public


def _looked_up(host: str, port: int) -> list[str]:
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise refusals.no_way(host) from error
    return list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in infos))


def _tunnel(held: socket.socket, request: Request, proxy: Proxy) -> None:
    """Open a tunnel through a proxy to the host."""
    place = f"[{request.host}]" if ":" in request.host else request.host
    lines = [f"CONNECT {place}:{request.port} HTTP/1.1", f"Host: {place}:{request.port}"]
    lines += [f"{name}: {value}" for name, value in proxy.headers.items()]
    held.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii"))
    with held.makefile("rb") as stream:
        status = Response(stream, held.settimeout).status
    if status == 407:
        raise refusals.shut_out()
    if status in _GATEWAY:
        request.silent.add(request.place)
    if status != 200:
        raise Unreachable(
            f"The proxy {proxy.host} refuses the connection to {request.host} "
            f"({status}); it will be tried again.",
            FailureKind.SERVER,
            status,
        )


@cache
def _context() -> ssl.SSLContext:
    """Return the context that verifies certificates; loading them takes a while."""
    return ssl.create_default_context()


def _secure(line: _Line, request: Request) -> None:
    host = request.host
    try:
        line.held = _context().wrap_socket(
            line.held, server_hostname=host, do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )  # fmt: skip
        line.held.do_handshake()
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message or "it cannot be verified"
        raise IngestError(
            f"The certificate of {host} is wrong: {why}. Nothing was downloaded.",
            FailureKind.UNSAFE,
        ) from error
    except ssl.SSLError as error:
        if request.is_late:
            raise  # the deadline has passed
        raise IngestError(_unsafe(host), FailureKind.UNSAFE) from error
    except (OSError, ValueError) as error:
        if request.is_late:
            raise  # the deadline has passed
        raise Unreachable(_unsafe(host), FailureKind.OFFLINE) from error


def _unsafe(host: str) -> str:
    return f"No secure connection to {host} could be made."


# ---- what is answered


def _answer(request: Request, response: Response) -> Fetched | str:
    address, host = request.address, request.host
    request.cookies.keep(address, response.headers("Set-Cookie"))
    if response.status in _REDIRECTS and (where := response.location):
        return urljoin(address, where)
    if response.status == 304 and request.validators:
        return Fetched(address, b"", "", "", True, request.validators, unchanged=True)
    refusals.check(response.status, host, response.header("Retry-After"))
    kind = (response.headers("Content-Type") or [""])[-1].lower()
    media_type = kind.partition(";")[0].strip()
    data, whole = _body(request, response, request.most or most_of(media_type))
    if not data and not whole:
        raise BadResponse("a body of which nothing arrived")
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", kind)
    encoding = match[1] if match else ""
    # An incomplete page must not count as known: the rest would never be downloaded.
    validators = _validators(address, response) if whole else None
    refresh = refresh_target(response.header("Refresh"), address)
    return Fetched(address, data, media_type, encoding, whole, validators, refresh=refresh)


def most_of(media_type: str) -> int:
    """Return the size limit of a media type in bytes, greater for files than for pages."""
    if media_type.startswith("image/"):
        return PICTURE_BYTES
    is_file = media_type.startswith("application/") and not media_type.startswith(_PAGES)
    return FILE_BYTES if is_file else PAGE_BYTES


def _validators(address: str, response: Response) -> Validators | None:
    """Return the validators of a response, None if it has no usable ones."""
    values = [response.header(name) for name in ("ETag", "Last-Modified")]
    tag, date = (value if _is_usable(value) else "" for value in values)
    return Validators(address, tag, date) if tag or date else None


def _is_usable(value: str) -> bool:
    return value.isprintable() and len(value) <= _LONGEST_VALIDATOR


def _body(request: Request, response: Response, most: int) -> tuple[bytes, bool]:
    """Return the unpacked body, and whether it is complete. Raises IngestError beyond limits."""
    unpacker = Unpacker(response.header("Content-Encoding"), most * _UNPACKED)
    raw = 0
    last = time.monotonic()
    pieces: list[bytes] = []
    for piece in response.body():
        last = time.monotonic()
        raw += len(piece)
        pieces.append(unpacker.feed(piece))
        if request.is_late:
            break
        if raw > most or unpacker.full:
            raise IngestError(
                f"The response of {request.host} is larger than {most // 1_000_000} MB; "
                "it was not kept.",
                FailureKind.LARGE,
            )
    if request.is_late:
        if time.monotonic() - last > _STALLED_SECONDS:  # not slow but silent
            request.silent.add(request.place)
        raise refusals.too_long(request.host)
    return b"".join(pieces), response.whole and unpacker.whole

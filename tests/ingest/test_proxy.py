"""Through the proxy of the system: judged all the same, and its secret stays with it."""

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.errors import IngestError
from reader.ingest.fetch import fetch
from reader.ingest.proxy import proxy_for
from reader.ingest.refusals import Unreachable

_PEM = Path(__file__).resolve().parents[1] / "samples" / "site.example.pem"
_PAGE = b"<html><body><p>Through the proxy.</p></body></html>"
_NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_SECRET = "Basic " + base64.b64encode(b"anna:wood@7").decode()


def _answer(data: bytes = _PAGE, status: str = "200 OK", *lines: str) -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(data)}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + data


class _Proxy:
    """A proxy on this computer that plays every site itself, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.tunnel = b"HTTP/1.1 200 Connection established\r\n\r\n"
        self.answer = _answer()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                held, _ = self._socket.accept()
            except OSError:
                return
            with held:
                try:
                    self._play(held)
                except OSError:
                    continue

    def _play(self, held: socket.socket) -> None:
        asked = held.recv(65_536)
        self.told.append(asked.decode())
        if not asked.startswith(b"CONNECT"):
            held.sendall(self.answer)
            return
        held.sendall(self.tunnel)
        if b" 200 " in self.tunnel:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(_PEM)
            with context.wrap_socket(held, server_side=True) as secure:
                self.told.append(secure.recv(65_536).decode())
                secure.sendall(self.answer)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Proxy]:
    """The proxy of the system; this computer itself knows no names but local ones."""
    made = _Proxy()
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://anna:wood%407@127.0.0.1:{made.port}")
    _names(monkeypatch, {})
    yield made
    made.close()


def _names(monkeypatch: pytest.MonkeyPatch, known: dict[str, str]) -> None:
    def lookup(host: str, port: int, *_: int, **__: int) -> object:
        if host in known or host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known.get(host, host), port))]
        raise socket.gaierror(f"{host} is not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate of site.example is good here."""
    context = ssl.create_default_context(cafile=str(_PEM))
    monkeypatch.setattr("reader.ingest.fetch._context", lambda: context)


def test_a_page_comes_through_the_proxy(proxy: _Proxy) -> None:
    got = fetch("http://site.example/page?a=1")
    assert got.data == _PAGE and got.whole
    (told,) = proxy.told
    assert told.startswith("GET http://site.example/page?a=1 HTTP/1.1\r\n")
    assert "\r\nHost: site.example\r\n" in told
    assert f"\r\nProxy-Authorization: {_SECRET}\r\n" in told


@pytest.mark.usefixtures("trusting")
def test_a_safe_page_comes_through_a_tunnel_and_the_site_hears_no_secret(proxy: _Proxy) -> None:
    assert fetch("https://site.example/page").data == _PAGE
    to_proxy, to_site = proxy.told
    assert to_proxy.startswith("CONNECT site.example:443 HTTP/1.1\r\n")
    assert _SECRET in to_proxy
    assert to_site.startswith("GET /page HTTP/1.1\r\n")
    assert "Proxy" not in to_site


def test_the_certificate_in_a_tunnel_is_that_of_the_site(proxy: _Proxy) -> None:
    with pytest.raises(IngestError, match=r"certificate of .* is wrong"):
        fetch("https://site.example/page")


@pytest.mark.parametrize(
    "host", ["localhost", "wiki", "printer.local", "a.localhost", "db.internal", "192.168.1.4",
             "[::1]", "169.254.169.254"],
)  # fmt: skip
def test_what_is_local_by_its_name_is_refused(proxy: _Proxy, host: str) -> None:
    for scheme in ("http", "https"):
        with pytest.raises(IngestError, match="only if you type it"):
            fetch(f"{scheme}://{host}/")
    assert not proxy.told


def test_a_name_that_is_local_here_is_refused(
    proxy: _Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    _names(monkeypatch, {"rebinding.example": "10.0.0.7", "127.1": "127.0.0.1"})
    for host in ("rebinding.example", "127.1"):
        with pytest.raises(IngestError, match="only if you type it"):
            fetch(f"http://{host}/")
    assert not proxy.told
    _names(monkeypatch, {"site.example": "93.184.216.34"})
    assert fetch("http://site.example/").data == _PAGE


def test_a_page_cannot_send_the_proxy_to_the_local_network(proxy: _Proxy) -> None:
    proxy.answer = _answer(b"", "302 Found", "Location: http://192.168.0.1/admin")
    with pytest.raises(IngestError, match="only if you type it"):
        fetch("http://site.example/")
    assert len(proxy.told) == 1


def test_what_is_local_and_typed_is_asked_without_the_proxy(proxy: _Proxy) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 cannot be reached"):
        fetch("http://127.0.0.1:1/", allow_private_network=True)
    assert not proxy.told


def test_a_site_may_be_left_out(proxy: _Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "example.org,.site.example")
    assert proxy_for("http://www.site.example/") is None
    assert proxy_for("https://example.org/") is None
    assert proxy_for("https://example.net/") is not None
    monkeypatch.setenv("no_proxy", "*")
    assert proxy_for("https://example.net/") is None


def test_without_a_proxy_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert proxy_for("https://example.net/") is None


@pytest.mark.parametrize("status", [200, 404, 500, 502, 503, 504])
def test_a_site_that_the_proxy_cannot_reach_is_not_asked_again(proxy: _Proxy, status: int) -> None:
    proxy.answer = _answer(_PAGE, f"{status} Said")
    silent: set[str] = set()
    for _ in range(2):
        with suppress(IngestError):
            fetch("http://site.example/", silent=silent)
    is_reached = status not in (502, 504)
    assert silent == (set() if is_reached else {"site.example:80"})
    assert len(proxy.told) == (2 if is_reached else 1)


@pytest.mark.parametrize("status", ["403 Forbidden", "502 Bad Gateway"])
def test_a_proxy_that_does_not_let_us_through_is_named(proxy: _Proxy, status: str) -> None:
    proxy.tunnel = f"HTTP/1.1 {status}\r\n\r\n".encode()
    with pytest.raises(Unreachable, match=f"refuses the connection.*{status[:3]}"):
        fetch("https://site.example/")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_says_how_to_give_it(proxy: _Proxy, scheme: str) -> None:
    proxy.tunnel = b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"
    proxy.answer = _answer(b"", "407 Proxy Authentication Required")
    with pytest.raises(IngestError, match="name:password@proxy"):
        fetch(f"{scheme}://site.example/")


def test_a_proxy_that_is_not_there_is_named(proxy: _Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "127.0.0.1:1")
    with pytest.raises(Unreachable, match=r"The proxy \S+ cannot be reached"):
        fetch("http://site.example/")


@pytest.mark.parametrize(
    "said", ["socks5://anna:wood@10.0.0.1:1080", "https://10.0.0.1", "http://a:b"]
)
def test_a_proxy_of_another_kind_is_told_of_without_its_password(
    proxy: _Proxy, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("http_proxy", said)
    with pytest.raises(IngestError, match="not supported") as caught:
        fetch("http://site.example/")
    assert "wood" not in str(caught.value)


def test_a_proxy_that_says_nothing_ends_at_the_deadline(proxy: _Proxy) -> None:
    proxy.tunnel = b""
    with pytest.raises(Unreachable):
        fetch("https://site.example/", seconds=0.6)

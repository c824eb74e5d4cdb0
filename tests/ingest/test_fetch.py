"""The network: bounds, deadlines, redirects, and nobody's own computer unless it was typed."""

import gzip
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest

from reader.errors import IngestError
from reader.ingest.fetch import fetch, most_of
from reader.ingest.refusals import Unreachable
from reader.ingest.urls import is_public, login_of

_PAGE = b"<html><body><p>" + b"A page. " * 40 + b"</body></html>"


class _Handler(BaseHTTPRequestHandler):
    asked: list[str]
    told: list[tuple[str | None, str | None]]
    authorized: list[str | None]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        name = self.path.partition("?")[0].strip("/")
        answer = getattr(self, f"answer_{name.replace('-', '_')}", None)
        if answer is None:
            self._send(404)
        else:
            answer()

    def _send(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def answer_page(self) -> None:
        self._send(200, _PAGE, Content_Type="text/html; charset=utf-8")

    def answer_gzip(self) -> None:
        self._send(200, gzip.compress(_PAGE), Content_Encoding="gzip", Content_Type="text/html")

    def answer_raw_deflate(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        data = packer.compress(_PAGE) + packer.flush()
        self._send(200, data, Content_Encoding="deflate", Content_Type="text/html")

    def answer_wrongly_packed(self) -> None:
        self._send(200, b"\xff" * 400, Content_Encoding="deflate", Content_Type="text/html")

    def answer_bomb(self) -> None:
        self._send(200, gzip.compress(b"0" * 8_000_000), Content_Encoding="gzip")

    def answer_large(self) -> None:
        self._send(200, b"x" * 3_000_000, Content_Type="text/html")

    def answer_short(self) -> None:
        self._send(200, _PAGE, Content_Length=str(len(_PAGE) + 5000), Content_Type="text/html")

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"<p>x")
            self.wfile.flush()
            time.sleep(0.05)

    def answer_silent(self) -> None:
        time.sleep(3)

    def answer_there(self) -> None:
        self._send(302, Location="/page")

    def answer_loop(self) -> None:
        self._send(302, Location="/loop")

    def answer_file(self) -> None:
        self._send(302, Location="file:///etc/passwd")

    def answer_local(self) -> None:
        self._send(302, Location=f"http://localhost:{self.headers['Host'].rpartition(':')[2]}/page")

    def answer_meta(self) -> None:
        page = b'<meta http-equiv="refresh" content="0; url=/page">'
        self._send(200, page, Content_Type="text/html")

    def answer_meta_file(self) -> None:
        page = b'<meta http-equiv="refresh" content="0; url=file:///etc/passwd">'
        self._send(200, page, Content_Type="text/html")

    def answer_known(self) -> None:
        if self.headers["If-None-Match"] == '"one"':
            self._send(304)
        else:
            date = "Tue, 03 Mar 2026 10:00:00 GMT"
            self._send(200, _PAGE, ETag='"one"', Last_Modified=date, Content_Type="text/html")

    def answer_known_moved(self) -> None:
        self.told.append((self.headers["If-None-Match"], self.headers["If-Modified-Since"]))
        self._send(302, Location="/known")

    def answer_dated(self) -> None:
        self.told.append((self.headers["If-None-Match"], self.headers["If-Modified-Since"]))
        date = "Tue, 03 Mar 2026 10:00:00 GMT"
        if self.headers["If-Modified-Since"] == date:
            self._send(304)
        else:
            self._send(200, _PAGE, Last_Modified=date, Content_Type="text/html")

    def answer_long_tag(self) -> None:
        self._send(200, _PAGE, ETag='"' + "x" * 5000 + '"', Content_Type="text/html")

    def answer_short_tag(self) -> None:
        length = str(len(_PAGE) + 5000)
        self._send(200, _PAGE, ETag='"a"', Content_Length=length, Content_Type="text/html")

    def answer_unasked_304(self) -> None:
        self._send(304)

    def answer_pdf(self) -> None:
        self._send(200, b"%PDF-1.7 " + b"x" * 3000, Content_Type="application/pdf")

    def answer_busy(self) -> None:
        self._send(503)

    def answer_wants_login(self) -> None:
        self.authorized.append(self.headers["Authorization"])
        self._send(200, _PAGE, Content_Type="text/html")

    def answer_to_login(self) -> None:
        self._send(302, Location=f"http://eve:pw@{self.headers['Host']}/wants-login")

    def answer_wants_cookie(self) -> None:
        if self.headers["Cookie"] == "seen=1":
            self._send(200, _PAGE, Content_Type="text/html")
        else:
            self._send(302, Location="/wants-cookie", Set_Cookie="seen=1; Path=/; HttpOnly")

    def answer_raw_place(self) -> None:
        self.wfile.write("HTTP/1.1 302 Found\r\nLocation: /café\r\n\r\n".encode())

    def answer_hop(self) -> None:
        left = int(self.path.partition("?")[2])
        self._send(302, Location=f"/hop?{left - 1}" if left > 1 else "/page")

    def answer_elsewhere(self) -> None:
        self._send(302, Location=f"http://{self.path.partition('?')[2]}/page")


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer of whoever runs the tests may well have one."""
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def handler() -> type[_Handler]:
    return type("Handler", (_Handler,), {"asked": [], "told": [], "authorized": []})


@pytest.fixture
def server(handler: type[_Handler]) -> Iterator[str]:
    held = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    held.daemon_threads = True
    threading.Thread(target=held.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{held.server_address[1]}"
    held.shutdown()
    held.server_close()


Play = Callable[[bytes], str]


@pytest.fixture
def play() -> Iterator[Play]:
    """Return what makes a server that sends these bytes to everybody, and closes."""
    held: list[socket.socket] = []

    def serve(listening: socket.socket, answer: bytes) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line, suppress(OSError):
                    line.recv(65_536)
                    line.sendall(answer)

    def made(answer: bytes) -> str:
        held.append(socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=serve, args=(held[-1], answer), daemon=True).start()
        return f"http://127.0.0.1:{held[-1].getsockname()[1]}/page"

    yield made
    for each in held:
        with suppress(OSError):  # wakes the thread that waits for it, where the system does that
            each.shutdown(socket.SHUT_RDWR)
        each.close()


def _answer(body: bytes, *headers: str) -> bytes:
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", 'ETag: "one"', *headers, "", ""]
    return "\r\n".join(head).encode() + body


_PACKED = gzip.compress(_PAGE[:70]) + gzip.compress(_PAGE[70:])


@pytest.mark.parametrize("framing", ["close", "length", "chunked"])
def test_a_packed_body_cut_anywhere_is_whole_and_the_same_or_not_whole(
    play: Play, framing: str
) -> None:
    packed = gzip.compress(_PAGE) if framing == "close" else _PACKED
    body, headers = packed, ["Content-Encoding: gzip"]
    if framing == "length":
        headers.append(f"Content-Length: {len(packed)}")
    if framing == "chunked":
        headers.append("Transfer-Encoding: chunked")
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    whole = 0
    for at in range(len(body) + 1):
        try:
            got = fetch(play(_answer(body[:at], *headers)), allow_private_network=True)
        except Unreachable:
            assert at < 40  # nothing of the page arrived
            continue
        whole += got.whole
        assert _PAGE.startswith(got.data)
        assert (got.data == _PAGE) or not got.whole
        assert (got.validators is not None) == got.whole
    # Whole is the whole, and a chunked body whose last line ends were not sent.
    assert whole == (3 if framing == "chunked" else 1)


def test_a_connection_that_is_reset_gives_what_came(handler: type[_Handler], server: str) -> None:
    def answer_reset(self: _Handler) -> None:
        self.wfile.write(_answer(_PAGE[:50], "Content-Length: 999"))
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    handler.answer_reset = answer_reset  # type: ignore[attr-defined]
    with suppress(Unreachable):  # the reset may overtake the answer
        assert not fetch(f"{server}/reset", allow_private_network=True).whole


def test_a_length_that_is_too_small_loses_nothing_and_is_not_whole(play: Play) -> None:
    got = fetch(play(_answer(_PAGE, "Content-Length: 100")), allow_private_network=True)
    assert (got.data, got.whole, got.validators) == (_PAGE, False, None)


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"<p>A page without a head.</p>", _answer(_PAGE, "Transfer-Encoding: chunked"),
        _answer(b"", "Content-Length: 99"), _answer(b"\x1f\x8b", "Content-Encoding: gzip"),
    ],
)  # fmt: skip
def test_an_answer_without_a_byte_of_the_page_is_asked_for_again_later(
    play: Play, answer: bytes
) -> None:
    with pytest.raises(Unreachable, match="invalid response"):
        fetch(play(answer), allow_private_network=True)


def test_megabytes_of_cookies_are_left_out(handler: type[_Handler], server: str) -> None:
    def answer_full(self: _Handler) -> None:
        if self.headers["Cookie"]:
            self._send(200, str(len(self.headers["Cookie"])).encode(), Content_Type="text/html")
            return
        lines = [f"Set-Cookie: a{n}={'x' * (100 if n < 90 else 60_000)}" for n in range(190)]
        self.wfile.write(
            "\r\n".join(["HTTP/1.1 302 A", "Location: /full", *lines, "", ""]).encode()
        )

    handler.answer_full = answer_full  # type: ignore[attr-defined]
    got = fetch(f"{server}/full", allow_private_network=True)
    assert 1000 < int(got.data) <= 4096


def test_hints_before_the_answer_are_no_answer(play: Play) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3
    assert fetch(play(hints + _answer(_PAGE)), allow_private_network=True).data == _PAGE


def test_a_body_without_a_length_that_the_deadline_cuts_is_not_taken_for_whole(
    server: str, handler: type[_Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer_stalls(self: _Handler) -> None:
        self.wfile.write(_answer(_PAGE))
        self.rfile.read(1)

    handler.answer_stalls = answer_stalls  # type: ignore[attr-defined]
    monkeypatch.setattr("reader.ingest.fetch._STALLED_SECONDS", 0.1)
    silent: set[str] = set()
    with pytest.raises(Unreachable, match="too long"):
        fetch(f"{server}/stalls", allow_private_network=True, seconds=0.5, silent=silent)
    assert silent == {server.partition("//")[2]}


def test_a_packing_that_nobody_asked_for_is_read_or_says_what_to_do(play: Play) -> None:
    with pytest.raises(IngestError, match="save it in your browser"):
        fetch(play(_answer(b"rubbish", "Content-Encoding: dcz")), allow_private_network=True)
    packed = {"br": brotli.compress(_PAGE), "utf-8": _PAGE, "none": _PAGE}
    for packing, data in packed.items():
        address = play(_answer(data, f"Content-Encoding: {packing}"))
        assert fetch(address, allow_private_network=True).data == _PAGE


# ---- hosts that do not answer


def test_a_host_that_did_not_answer_is_not_asked_again(
    server: str, handler: type[_Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent: set[str] = set()
    with pytest.raises(Unreachable, match="too long"):
        fetch(f"{server}/silent", allow_private_network=True, seconds=0.3, silent=silent)
    for _ in range(3):
        with pytest.raises(Unreachable, match="cannot be reached"):
            fetch(f"{server}/page", allow_private_network=True, silent=silent)
    assert handler.asked == ["/silent"]
    assert fetch(f"{server}/page", allow_private_network=True).whole

    looked: list[str] = []

    def lookup(host: str, *_: object, **__: object) -> object:
        looked.append(host)
        raise socket.gaierror("no name service")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for path in ("a", "b"):
        with pytest.raises(Unreachable, match="cannot be reached"):
            fetch(f"https://gone.example/{path}", silent=silent)
    assert looked == ["gone.example"]


def test_a_port_where_nobody_listens_is_asked_once_and_the_others_go_on(server: str) -> None:
    silent: set[str] = set()
    with pytest.raises(Unreachable):
        fetch("http://127.0.0.1:1/a", allow_private_network=True, silent=silent)
    assert silent == {"127.0.0.1:1"}
    assert fetch(f"{server}/page", allow_private_network=True, silent=silent).whole


@pytest.mark.parametrize("path", ["busy", "drip", "gone"])
def test_a_host_that_answers_badly_or_slowly_did_answer(server: str, path: str) -> None:
    silent: set[str] = set()
    with pytest.raises(IngestError):
        fetch(f"{server}/{path}", allow_private_network=True, seconds=1.0, silent=silent)
    assert not silent


# ---- who is trusted


def test_only_the_port_that_was_typed_is_trusted(
    server: str, play: Play, handler: type[_Handler]
) -> None:
    other = play(_answer(_PAGE)).partition("//")[2].partition("/")[0]
    with pytest.raises(IngestError, match="only if you type it"):
        fetch(f"{server}/elsewhere?{other}", allow_private_network=True)
    here = server.partition("//")[2]
    assert fetch(f"{server}/elsewhere?{here}", allow_private_network=True).data == _PAGE


def test_a_port_of_another_service_is_asked_only_if_it_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def lookup(host: str, port: int, **_: object) -> object:
        looked.append(port)
        raise socket.gaierror("no name service")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(IngestError, match="other than the web") as caught:
        fetch("http://example.org:25/")
    assert not isinstance(caught.value, Unreachable)
    with pytest.raises(Unreachable):
        fetch("http://example.org:25/", allow_private_network=True)
    assert looked == [25]


def test_a_name_and_a_password_go_only_where_they_were_typed_for(
    server: str, handler: type[_Handler]
) -> None:
    place = server.partition("//")[2]
    fetch(f"http://anna:wood@{place}/wants-login", allow_private_network=True)
    fetch(
        f"{server}/wants-login",
        allow_private_network=True,
        login=login_of(f"http://anna:wood@{place}/"),
    )
    fetch(
        f"{server}/wants-login",
        allow_private_network=True,
        login=login_of("http://anna:wood@127.0.0.1:1/"),
    )
    fetch(
        f"{server}/wants-login",
        allow_private_network=True,
        login=login_of(f"https://anna:wood@{place}/"),
    )
    assert handler.authorized == ["Basic YW5uYTp3b29k"] * 2 + [None] * 2


def test_a_password_in_a_redirect_is_not_sent(server: str, handler: type[_Handler]) -> None:
    got = fetch(f"{server}/to-login", allow_private_network=True)
    assert got.address == f"{server}/wants-login"
    assert handler.authorized == [None]


# ---- what sites do before they give a page


def test_a_cookie_is_kept_from_one_hop_to_the_next_and_no_longer(
    server: str, handler: type[_Handler]
) -> None:
    for _ in range(2):
        assert fetch(f"{server}/wants-cookie", allow_private_network=True).data == _PAGE
    assert handler.asked == ["/wants-cookie"] * 4


def test_a_redirect_in_plain_letters_is_followed(server: str, handler: type[_Handler]) -> None:
    with pytest.raises(IngestError, match="no longer has this page"):
        fetch(f"{server}/raw-place", allow_private_network=True)
    assert handler.asked == ["/raw-place", "/caf%C3%A9"]


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("/café?ä".encode(), "/caf%C3%A9?%C3%A4"), ("/café".encode("latin-1"), "/caf%E9"),
        (b"  /a b ", "/a%20b"), (b"page", "/page"), (b"?x=/../y", "/sent?x=/../y"),
        (b"/a%7e\\b?|", "/a%7e/b?|"),
    ],
)  # fmt: skip
def test_a_redirect_leads_where_its_bytes_say(
    handler: type[_Handler], server: str, place: bytes, asked: str
) -> None:
    def answer_sent(self: _Handler) -> None:
        if not self.path.partition("?")[2]:
            self.wfile.write(b"HTTP/1.1 302 Found\r\nLocation:" + place + b"\r\n\r\n")

    handler.answer_sent = answer_sent  # type: ignore[attr-defined]
    with suppress(IngestError):
        fetch(f"{server}/sent", allow_private_network=True)
    assert handler.asked == ["/sent", asked]


def test_whatever_way_pages_send_on_they_are_followed_in_any_order(
    handler: type[_Handler], server: str
) -> None:
    def page(text: str, **headers: str) -> Callable[[_Handler], None]:
        return lambda self: self._send(200, text.encode(), Content_Type="text/html", **headers)

    handler.answer_one = page("<p>Wait.</p>", Refresh="0; URL='/two'")  # type: ignore[attr-defined]
    handler.answer_two = page('<script>location.href = "three"</script>')  # type: ignore[attr-defined]
    handler.answer_three = page("<meta content='1;/there' http-equiv=refresh>")  # type: ignore[attr-defined]
    got = fetch(f"{server}/one", allow_private_network=True)
    assert (got.address, got.data) == (f"{server}/page", _PAGE)
    assert handler.asked == ["/one", "/two", "/three", "/there", "/page"]


@pytest.mark.parametrize("way", ["header", "meta"])
def test_a_page_that_sends_to_itself_is_asked_again_for_a_cookie_alone(
    handler: type[_Handler], server: str, way: str
) -> None:
    def answer_self(self: _Handler) -> None:
        headers = {"Content_Type": "text/html", "Set_Cookie": "seen=1"}
        if way == "header":
            headers["Refresh"] = "0; url=/self"
        text = b'<meta http-equiv="refresh" content="0; url=/self">' if way == "meta" else b""
        self._send(200, text + (self.headers["Cookie"] or "").encode(), **headers)

    handler.answer_self = answer_self  # type: ignore[attr-defined]
    got = fetch(f"{server}/self", allow_private_network=True)
    assert got.data.endswith(b"seen=1")
    assert handler.asked == ["/self"] * 2


def test_a_picture_for_readers_of_its_page_alone_is_given(
    handler: type[_Handler], server: str
) -> None:
    def answer_picture(self: _Handler) -> None:
        self._send(200 if self.headers["Referer"] == f"{server}/page?a" else 403)

    handler.answer_picture = answer_picture  # type: ignore[attr-defined]
    page = f"{server}/page?a#part"
    fetch(f"{server}/picture", allow_private_network=True, referrer=page)
    with pytest.raises(IngestError, match="refuses"):
        fetch(f"{server}/picture", allow_private_network=True)


def test_a_refresh_is_judged_as_every_hop(server: str, handler: type[_Handler]) -> None:
    def answer_inside(self: _Handler) -> None:
        self._send(200, b"", Content_Type="text/html", Refresh="0; url=http://localhost:9/")

    handler.answer_inside = answer_inside  # type: ignore[attr-defined]
    with pytest.raises(IngestError, match="only if you type its address"):
        fetch(f"{server}/inside", allow_private_network=True)


def test_of_pages_that_turn_without_end_the_first_is_read(
    handler: type[_Handler], server: str
) -> None:
    def answer_slide(self: _Handler) -> None:
        number = int(self.path.partition("?")[2])
        refresh = f"3; url=/slide?{number + 1}"
        self._send(200, b"<p>%d</p>" % number, Content_Type="text/html", Refresh=refresh)

    handler.answer_slide = answer_slide  # type: ignore[attr-defined]
    assert fetch(f"{server}/slide?1", allow_private_network=True).data == b"<p>1</p>"


def test_a_redirect_keeps_the_fragment_that_chooses_the_document(server: str) -> None:
    got = fetch(f"{server}/there#!/two", allow_private_network=True)
    assert got.address == f"{server}/page#!/two"
    assert fetch(f"{server}/there#two", allow_private_network=True).address == f"{server}/page"


def test_what_is_packed_wrongly_is_told_of(server: str) -> None:
    with pytest.raises(IngestError, match="compressed incorrectly"):
        fetch(f"{server}/wrongly-packed", allow_private_network=True)


@pytest.mark.parametrize("path", ["page", "gzip", "raw-deflate", "there", "meta"])
def test_a_page_comes_whole(server: str, path: str) -> None:
    got = fetch(f"{server}/{path}", allow_private_network=True)
    assert got.data == _PAGE
    assert got.whole
    assert got.media_type == "text/html"


def test_this_computer_is_asked_only_where_it_was_typed(server: str) -> None:
    with pytest.raises(IngestError, match="only if you type it"):
        fetch(f"{server}/page")
    with pytest.raises(IngestError, match="only if you type it"):
        fetch(f"{server}/local", allow_private_network=True)


@pytest.mark.parametrize("path", ["bomb", "large"])
def test_what_is_too_large_is_not_kept(server: str, path: str) -> None:
    with pytest.raises(IngestError, match="larger than 1 MB"):
        fetch(f"{server}/{path}", allow_private_network=True, most=1_000_000)


def test_what_did_not_come_whole_is_marked(server: str) -> None:
    assert not fetch(f"{server}/short", allow_private_network=True, seconds=5).whole


@pytest.mark.parametrize("path", ["drip", "silent"])
def test_there_is_one_deadline_over_everything(server: str, path: str) -> None:
    before = time.monotonic()
    with pytest.raises(Unreachable, match="too long"):
        fetch(f"{server}/{path}", allow_private_network=True, seconds=0.6)
    assert time.monotonic() - before < 2.5


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 ", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_whoever_drips_without_end_is_hung_up_on(
    server: str, handler: type[_Handler], begun: bytes
) -> None:
    noticed = threading.Event()

    def answer_drips(self: _Handler) -> None:
        self.wfile.write(begun)
        try:
            for _ in range(150):  # each comes in time for the one read that waits for it
                self.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            noticed.set()

    handler.answer_drips = answer_drips  # type: ignore[attr-defined]
    with pytest.raises(Unreachable, match="too long"):
        fetch(f"{server}/drips", allow_private_network=True, seconds=0.3)
    assert noticed.wait(2)


def test_ten_redirects_are_followed_and_eleven_are_not(server: str) -> None:
    assert fetch(f"{server}/hop?10", allow_private_network=True).data == _PAGE
    with pytest.raises(IngestError, match="without end"):
        fetch(f"{server}/hop?11", allow_private_network=True)


@pytest.mark.parametrize(
    ("path", "said"),
    [("loop", "without end"), ("file", "not the URL"), ("gone", "no longer has")],
)
def test_what_cannot_be_is_said(server: str, path: str, said: str) -> None:
    with pytest.raises(IngestError, match=said) as caught:
        fetch(f"{server}/{path}", allow_private_network=True)
    assert not isinstance(caught.value, Unreachable)


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    first = fetch(f"{server}/known", allow_private_network=True)
    assert first.data == _PAGE and not first.unchanged
    again = fetch(f"{server}/known", allow_private_network=True, validators=first.validators)
    assert again.unchanged and again.whole and not again.data
    assert again.validators == first.validators


def test_a_date_alone_tells_of_a_change_too(server: str) -> None:
    first = fetch(f"{server}/dated", allow_private_network=True)
    assert fetch(
        f"{server}/dated", allow_private_network=True, validators=first.validators
    ).unchanged


def test_validators_go_only_to_the_address_they_are_of(
    server: str, handler: type[_Handler]
) -> None:
    first = fetch(f"{server}/known-moved", allow_private_network=True)
    again = fetch(f"{server}/known-moved", allow_private_network=True, validators=first.validators)
    assert again.unchanged
    assert first.validators and first.validators.address.endswith("/known")
    fetch(f"{server}/dated", allow_private_network=True, validators=first.validators)
    assert handler.told == [(None, None)] * 3


def test_a_page_without_usable_validators_has_none(server: str) -> None:
    assert fetch(f"{server}/page", allow_private_network=True).validators is None
    assert fetch(f"{server}/long-tag", allow_private_network=True).validators is None


def test_what_came_in_part_does_not_count_as_known(server: str) -> None:
    assert fetch(f"{server}/short-tag", allow_private_network=True, seconds=5).validators is None


def test_an_answer_of_no_change_that_nobody_asked_for_is_no_page(server: str) -> None:
    with pytest.raises(IngestError, match="304"):
        fetch(f"{server}/unasked-304", allow_private_network=True)


def test_a_file_may_be_larger_than_a_page(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.fetch.PAGE_BYTES", 400)
    assert fetch(f"{server}/pdf", allow_private_network=True).media_type == "application/pdf"
    with pytest.raises(IngestError, match="larger than"):
        fetch(f"{server}/large", allow_private_network=True)
    assert most_of("image/png") < most_of("application/epub+zip")
    assert most_of("application/xhtml+xml") == most_of("")


def test_what_is_just_as_large_as_it_may_be_is_kept(server: str) -> None:
    size = len(_PAGE)
    got = fetch(f"{server}/page", allow_private_network=True, most=size)
    assert (got.data, got.whole) == (_PAGE, True)
    with pytest.raises(IngestError, match="larger"):
        fetch(f"{server}/page", allow_private_network=True, most=size - 1)


def test_a_page_that_sends_to_a_file_stays_where_it_is(server: str) -> None:
    assert fetch(f"{server}/meta-file", allow_private_network=True).address.endswith("/meta-file")


def test_a_busy_or_absent_server_is_tried_again(server: str) -> None:
    with pytest.raises(Unreachable):
        fetch(f"{server}/busy", allow_private_network=True)
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetch("http://127.0.0.1:1/", allow_private_network=True)


def test_a_name_is_looked_up_once_and_its_addresses_judged(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def lookup(host: str, port: int, **_: object) -> list[object]:
        looked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(IngestError, match="only if you type it"):
        fetch("http://rebinding.example/page")
    assert looked == ["rebinding.example"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.1.1", "0.0.0.0", "224.0.0.1", "::1",
        "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "nonsense",
        "2001:0:1::1",
        "100.64.0.1", "255.255.255.255", "ff02::1",
    ],
)  # fmt: skip
def test_what_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["localhost", "wiki", "printer.local", "db.internal", "10.0.0.8"])
def test_local_names_are_refused_unlooked_at(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda name, *_, **__: looked.append(name))
    with pytest.raises(IngestError, match="only if you type it"):
        fetch(f"http://{host}/")
    assert not looked


def test_public_addresses_are_known() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")

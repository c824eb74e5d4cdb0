"""Requests: what is told to whom."""

from reader import __version__
from reader.ingest.cookies import Cookies
from reader.ingest.request import Request, Validators
from reader.ingest.urls import Login

_REQUEST = Request(
    "http://example.org:81/a?b", False, "*/*", None, float("inf"), None, None,
    Cookies(), set(),
)  # fmt: skip


def test_a_site_is_told_its_path_and_a_proxy_the_address() -> None:
    assert _REQUEST.head(None).startswith(b"GET /a?b HTTP/1.1\r\nHost: example.org:81\r\n")
    told = _REQUEST.head({"Proxy-Authorization": "Basic x"})
    assert told.startswith(b"GET http://example.org:81/a?b HTTP/1.1\r\n")
    assert told.endswith(b"\r\nProxy-Authorization: Basic x\r\n\r\n")
    assert (_REQUEST.place, _REQUEST.secure, _REQUEST.is_late) == ("example.org:81", False, False)


def test_only_what_is_known_is_told() -> None:
    head = _REQUEST.head(None)
    assert b"Authorization" not in head and b"If-" not in head and b"Cookie" not in head
    known = _REQUEST._replace(
        validators=Validators("", '"é"', ""), login=Login("http://example.org:81", "a", "b")
    )
    assert 'If-None-Match: "é"\r\n'.encode() in known.head(None)
    assert b"Authorization: Basic YTpi\r\n" in known.head(None)
    elsewhere = known._replace(address="https://example.org:81/")
    assert b"Authorization" not in elsewhere.head(None)


def test_a_request_says_who_asks_and_nothing_of_the_person() -> None:
    lines = _REQUEST.head(None).decode().split("\r\n")
    told = dict(line.split(": ", 1) for line in lines[1:] if line)
    assert set(told) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert told["User-Agent"].startswith(f"Reader/{__version__} ")
    assert told["Accept-Encoding"] == "gzip, deflate"
    assert (told["Accept"], told["Connection"]) == ("*/*", "close")
    assert _REQUEST._replace(address="https://example.org/").port == 443

"""Requests: what is told to whom."""

import re

import pytest

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
    assert told["User-Agent"].startswith(f"Mozilla/5.0 (compatible; Reader/{__version__}; ")
    assert told["Accept-Encoding"] == "gzip, deflate"
    encrypted = _REQUEST._replace(address="https://example.org/").head(None)
    assert b"\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" in encrypted
    assert (told["Accept"], told["Connection"]) == ("*/*", "close")
    assert _REQUEST._replace(address="https://example.org/").port == 443


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("https://example.org/a?", b"/a?"), ("https://example.org/?a?b=%zz&&", b"/?a?b=%zz&&"),
        ("https://example.org//a/../b", b"//a/../b"), ("https://example.org/a#!/b", b"/a"),
    ],
)  # fmt: skip
def test_path_and_query_are_sent_as_they_are(address: str, line: bytes) -> None:
    asked = _REQUEST._replace(address=address)
    assert asked.head(None).startswith(b"GET " + line + b" HTTP/1.1\r\nHost: example.org\r\n")
    assert asked.head({}).startswith(b"GET https://example.org" + line + b" HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("page", "picture", "told"),
    [
        ("https://a.example/p?q#!/r", "https://a.example/i", "https://a.example/p?q"),
        ("https://a.example/p", "https://b.example/i", "https://a.example/"),
        ("http://a.example:81/p", "http://a.example/i", "http://a.example:81/"),
        ("http://a.example/p", "https://a.example/i", "http://a.example/"),
        ("https://a.example/p", "http://a.example/i", ""),
        ("", "https://a.example/i", ""),
        ("file:///home/p.html", "https://a.example/i", ""),
    ],
)
def test_of_the_page_of_a_picture_as_much_is_told_as_browsers_tell(
    page: str, picture: str, told: str
) -> None:
    head = _REQUEST._replace(address=picture, referrer=page).head(None).decode()
    assert re.findall(r"\r\nReferer: (.*)\r\n", head) == ([told] if told else [])

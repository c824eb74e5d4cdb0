"""Cookies of one fetch: back to whom they came from, and nothing else."""

import pytest

from reader.ingest.cookies import Cookies

_HERE = "https://example.org/a/b?c"


def _sent(line: str, to: str, at: str = _HERE) -> str:
    cookies = Cookies()
    cookies.keep(at, [line])
    return cookies.header(to).get("Cookie", "")


@pytest.mark.parametrize(
    ("line", "goes_to", "and_not_to"),
    [
        ("a=1", "https://example.org/a/", "https://www.example.org/a/"),
        ("a=1", "https://example.org/a/b", "https://example.org/b"),
        ("a=1; Path=/", "https://example.org/b", "https://example.com/b"),
        ("a=1; Path=/x", "https://example.org/x/y", "https://example.org/xy"),
        ("a=1; Domain=example.org; Path=/", "https://www.example.org/", "https://badexample.org/"),
        ("a=1; Secure; Path=/", "https://example.org/", "http://example.org/"),
    ],
)
def test_a_cookie_goes_back_where_it_belongs(line: str, goes_to: str, and_not_to: str) -> None:
    assert _sent(line, goes_to) == "a=1"
    assert _sent(line, and_not_to) == ""


@pytest.mark.parametrize(
    "line",
    ["a=1; Domain=org", "a=1; Domain=other.example", "a=1; Max-Age=0",
     "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
)  # fmt: skip
def test_a_cookie_for_others_or_the_past_goes_nowhere(line: str) -> None:
    assert _sent(line, _HERE) == ""
    assert _sent(line, "https://other.example/") == ""


def test_an_ip_address_has_cookies_as_well() -> None:
    assert _sent("a=1; Path=/", "http://127.0.0.1:81/", "http://127.0.0.1:81/x") == "a=1"
    assert _sent("a=1; Path=/", "http://localhost/", "http://localhost/x") == "a=1"
    assert _sent("a=1; Path=/", "http://[::1]/", "http://[::1]/x") == "a=1"


def test_a_cookie_is_taken_as_it_is_and_replaced() -> None:
    cookies = Cookies()
    cookies.keep(_HERE, ["a=1", 'b=two="2"', "a=3, 4"])
    assert cookies.header(_HERE) == {"Cookie": 'a=3, 4; b=two="2"'}


def test_what_could_change_the_request_is_no_cookie_and_there_are_not_many() -> None:
    cookies = Cookies()
    cookies.keep(_HERE, ["a=1\r\nX: y", "=b", "ä=1", f"long={'x' * 5000}", "", "\udce9=1"])
    assert cookies.header(_HERE) == {}
    cookies.keep(_HERE, [f"n{n}={'x' * 200}" for n in range(10_000)])
    assert 1000 < len(cookies.header(_HERE)["Cookie"]) <= 4096

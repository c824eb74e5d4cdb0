"""Cookies of one fetch: back to whom they came from, and nothing else."""

from reader.ingest.cookies import Cookies

_HERE = "https://example.org/a"


def test_a_cookie_goes_back_to_its_own_host_and_scheme_alone() -> None:
    cookies = Cookies()
    cookies.keep(_HERE, ["a=1; Path=/; Domain=org", "b=two=2; Secure", "a=3"])
    assert cookies.header("https://example.org/b") == {"Cookie": "a=3; b=two=2"}
    for other in ("http://example.org/", "https://www.example.org/", "https://example.org:81/"):
        assert cookies.header(other) == {}


def test_what_could_change_the_request_is_no_cookie_and_there_are_not_many() -> None:
    cookies = Cookies()
    cookies.keep(_HERE, ["a=1\r\nX: y", "no value", "=b", "ä=1", f"long={'x' * 5000}", ""])
    assert cookies.header(_HERE) == {}
    cookies.keep(_HERE, [f"n{n}=1" for n in range(1000)])
    assert cookies.header(_HERE)["Cookie"].count("=") == 50

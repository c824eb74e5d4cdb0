"""Addresses: one form for each article, and a sentence for what is none."""

import pytest

from reader.errors import IngestError
from reader.ingest.address import is_address, normal, site_of


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("HTTPS://Example.ORG/a", "https://example.org/a"),
        ("example.org/a", "https://example.org/a"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=y", "https://example.org/a?id=3"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a?b=%2F&c=", "https://example.org/a?b=%2F&c="),
        (" <https://example.org/a> ", "https://example.org/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org/a b", "https://example.org/a%20b"),
    ],
)
def test_an_address_has_one_form(said: str, meant: str) -> None:
    assert normal(said) == meant
    assert normal(meant) == meant


@pytest.mark.parametrize(
    "said",
    [
        "", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "https://",
        "no address",
        "http://[bad", "https://user:secret@example.org/", "https://exa mple.org/",
        "data:text/html,x",
        "https://example.org:99999/", "//example.org/x", "https://" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(IngestError, match=r"\.$"):
        normal(said)
    assert not is_address(said)


def test_a_site_is_its_host() -> None:
    assert site_of("https://www.example.org/a") == "example.org"

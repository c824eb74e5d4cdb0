"""Links: what a page may lead to, and nothing that acts for it."""

import pytest

from reader.body import clean


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("mailto:a@example.org,b@example.org", "mailto:a@example.org,b@example.org"),
        ("MAILTO:a@example.org?SUBJECT=Hello%20you", "mailto:a@example.org?subject=Hello%20you"),
        ("mailto:a@example.org?attach=/etc/passwd&subject=x", "mailto:a@example.org?subject=x"),
        ("mailto:a@example.org?cc=b@example.org&bcc=c@example.org&body=x", "mailto:a@example.org"),
        ("mailto:a@example.org?subject=x%0D%0ABcc:c@example.org", "mailto:a@example.org?subject=x"
         "%0D%0ABcc%3Ac%40example.org"),
        ("mailto:?attach=/etc/passwd", ""),
    ],
)  # fmt: skip
def test_a_letter_has_recipients_and_a_subject_alone(link: str, kept: str) -> None:
    assert clean.link(link) == kept


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://name:secret@example.org/x", "https://example.org/x"),
        ("https://example.org@evil.example/", "https://evil.example/"),
        ("https://a@b@example.org:8080/x?y#z", "https://example.org:8080/x?y#z"),
    ],
)
def test_a_link_has_no_credentials(link: str, kept: str) -> None:
    assert clean.link(link) == kept


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        (" https://example.org/two words \n", "https://example.org/two%20words"),
        ("https://example.org/a\n\tb", "https://example.org/ab"),
        ("https://example.org/می\u200cخواهم", "https://example.org/می%E2%80%8Cخواهم"),
        ("https://example.org/\u202egnp.exe", "https://example.org/%E2%80%AEgnp.exe"),
        ("https://example.org/a\x01b", "https://example.org/a%01b"),
        ("https://\u200bexample.org/", "https://example.org/"),
        ("https://example.org%2F@evil.example/", "https://evil.example/"),
        ("https://example.org%2Fevil.example/", ""),
        ("https://example.org\\@evil.example/", ""),
        ("java\nscript:alert(1)", ""),
    ],
)
def test_a_link_leads_where_browsers_go(link: str, kept: str) -> None:
    assert clean.link(link) == kept


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a;b?c=d#e",
        "https://example.org/?",
        "https://example.org/#",
        "https://example.org/a\\b",
        "https://example.org:80/",
        "https://a_b.example/",
        "http://1.2.3.4/it's(so)?x=[1]",
    ],
)
def test_an_ordinary_link_is_read_as_any_other(address: str) -> None:
    for base in ("", "https://base.example/"):
        assert clean.link(address, base) == clean.link(f" {address} ", base)

"""Hosts: one spelling for machines, one for people, and each leads back to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.hosts import canonical, in_letters


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EXAMPLE.org..", "example.org"),
        ("ex%61mple.org", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER。example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("a_b.example", "a_b.example"),
        ("ex\u200b\u00adample.org", "example.org"),
        ("017700000001", "127.0.0.1"),
        ("1.2", "1.0.0.2"),
        ("0x", "0.0.0.0"),
        ("0:0:0:0:0:0:0:1", "::1"),
    ],
)
def test_a_host_has_one_spelling(written: str, meant: str) -> None:
    assert canonical(written) == meant
    assert canonical(meant) == meant


@pytest.mark.parametrize(
    "written",
    [
        "", ".", "a..b", "a b", "a<b", "a%00b", "a%2fb", "a℀b", "256.1", "1.2.3.4.5", "08.1",
        "4294967296", "a.1", "fe80::1%eth0", "a:b", "x" * 64, "x." * 130, "%ff", "a@b",
    ],
)  # fmt: skip
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(written)


def test_a_letter_that_stands_for_a_dot_is_one() -> None:
    assert canonical("127\u20240\u20240\u20241") == "127.0.0.1"
    assert canonical("example\u2024org") == "example.org"


@given(st.text(max_size=20))
def test_whatever_is_written_letters_lead_back_to_the_same_host(written: str) -> None:
    try:
        host = canonical(written)
    except ValueError:
        return
    assert host.isascii()
    assert canonical(host) == host
    assert canonical(in_letters(host)) == host

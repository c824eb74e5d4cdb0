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


@pytest.mark.parametrize(
    "written",
    ["127\u20240\u20240\u20241", "a\u200db.example", "\u0301a.example", "\u05d0a.example"],
)
def test_a_host_that_browsers_refuse_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("faß.de", "xn--fa-hia.de"),
        ("ΣΊΣΥΦΟΣ.example", "xn--kxa6akbbkh.example"),
        ("\U0001f4a9.la", "xn--ls8h.la"),
        ("क्\u200dष.example", "xn--11b2ezcw70k.example"),
        ("\u1e9e.example", "xn--zca.example"),
        ("\U0001e900.example", "xn--9d6h.example"),
    ],
)
def test_letters_are_mapped_by_the_tables_of_today(written: str, meant: str) -> None:
    assert canonical(written) == meant


@given(st.text(max_size=20))
def test_whatever_is_written_letters_lead_back_to_the_same_host(written: str) -> None:
    try:
        host = canonical(written)
    except ValueError:
        return
    assert host.isascii()
    assert canonical(host) == host
    assert canonical(in_letters(host)) == host

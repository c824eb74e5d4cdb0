"""What the status of a response means: as data, never by its text."""

import time
from email.utils import formatdate

import pytest

from reader.errors import IngestError
from reader.ingest import refusals
from reader.ingest.refusals import Unreachable
from reader.model import FailureKind


@pytest.mark.parametrize("status", [200, 203])
def test_a_page_is_no_refusal(status: int) -> None:
    refusals.check(status, "example.org")


@pytest.mark.parametrize(
    ("status", "kind", "passes"),
    [
        (404, FailureKind.GONE, False), (410, FailureKind.GONE, False),
        (401, FailureKind.LOGIN, False), (407, FailureKind.LOGIN, False),
        (403, FailureKind.REFUSED, False), (451, FailureKind.REFUSED, False),
        (429, FailureKind.REFUSED, True), (408, FailureKind.SLOW, True),
        (425, FailureKind.SERVER, True), (500, FailureKind.SERVER, True),
        (503, FailureKind.SERVER, True), (599, FailureKind.SERVER, True),
        (204, FailureKind.OTHER, False), (300, FailureKind.OTHER, False),
        (400, FailureKind.OTHER, False), (206, FailureKind.OTHER, False),
        (402, FailureKind.REFUSED, False), (405, FailureKind.REFUSED, False),
        (418, FailureKind.REFUSED, False), (999, FailureKind.REFUSED, False),
    ],
)  # fmt: skip
def test_each_status_is_a_kind_of_failure(status: int, kind: FailureKind, passes: bool) -> None:
    with pytest.raises(IngestError) as caught:
        refusals.check(status, "example.org")
    assert (caught.value.kind, caught.value.status) == (kind, status)
    assert isinstance(caught.value, Unreachable) == passes


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0), ("120", 120), (" 120 ", 120), ("-5", 0), ("soon", 0), ("1e3", 0), ("１２", 0),
        ("9" * 5000, 10 * 86_400), ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 10 * 86_400), ("Mon, 99 Foo 2026", 0),
    ],
)  # fmt: skip
def test_a_pause_is_read_from_any_header(header: str, seconds: int) -> None:
    assert refusals.pause_of(header) == seconds


def test_a_pause_may_be_a_date() -> None:
    assert 3590 <= refusals.pause_of(formatdate(time.time() + 3600, usegmt=True)) <= 3600


def test_too_many_requests_means_a_pause_even_if_none_is_named() -> None:
    for header, pause in (("", 900), ("3600", 3600)):
        with pytest.raises(Unreachable) as caught:
            refusals.check(429, "example.org", header)
        assert caught.value.pause == pause
